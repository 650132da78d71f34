#include "process/expression/temporal_literal.hpp"

namespace yunzhi::process {

Value duration_literal(std::string_view text) {
  if (auto const days = parse_days_duration(text)) return *days;
  return parse_months_duration(text);
}

Value temporal_literal(std::string_view text) {
  if (auto const date = parse_date(text)) return *date;
  if (auto const date_time = parse_date_time(text)) return *date_time;
  if (auto const time = parse_time(text)) return *time;
  return duration_literal(text);
}

}  // namespace yunzhi::process

#include "monitor/query/format.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "monitor/query/token.hpp"

namespace yunzhi::monitor {

std::string format_number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  double const size = std::fabs(value);
  bool const exponent = size != 0 && (size < 1e-6 || size >= 1e21);
  char buffer[64];
  auto const end = std::to_chars(buffer, buffer + sizeof buffer, value,
                                 exponent ? std::chars_format::scientific : std::chars_format::fixed);
  return {buffer, end.ptr};
}

bool parse_number(std::string_view text, double& value) {
  auto rest = text;
  if (!rest.empty() && (rest.front() == '+' || rest.front() == '-')) rest.remove_prefix(1);
  if (rest.empty()) return false;
  bool const negative = text.front() == '-';
  if (rest.front() == '.' || (rest.front() >= '0' && rest.front() <= '9')) {
    auto const parsed = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (parsed.ptr != rest.data() + rest.size()) return false;
    if (parsed.ec == std::errc::result_out_of_range) {
      auto const mark = rest.find_first_of("eE");
      bool const tiny = mark != rest.npos && mark + 1 < rest.size() && rest[mark + 1] == '-';
      value = tiny ? 0 : std::numeric_limits<double>::infinity();
    } else if (parsed.ec != std::errc()) {
      return false;
    }
  } else {
    auto const word = lower(rest);
    if (word != "inf" && word != "infinity" && word != "nan") return false;
    value =
        word == "nan" ? std::numeric_limits<double>::quiet_NaN() : std::numeric_limits<double>::infinity();
  }
  if (negative) value = -value;
  return true;
}

}  // namespace yunzhi::monitor

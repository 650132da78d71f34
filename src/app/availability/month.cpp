#include "app/availability/month.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace yunzhi::app {
namespace {

using std::chrono::year_month;

Instant begin_of(year_month month, calendar::Zone const& zone) {
  return zone.instant({std::chrono::local_days{month / std::chrono::day{1}}, {}});
}

year_month month_at(Instant at, calendar::Zone const& zone) {
  std::chrono::year_month_day const day{zone.reading(at).day};
  return day.year() / day.month();
}

}  // namespace

Month::Month(year_month month, calendar::Zone const& zone)
    : month_(month),
      zone_(zone),
      stretch_{begin_of(month, zone), begin_of(month + std::chrono::months{1}, zone)} {}

Month::Month(Instant at, calendar::Zone const& zone) : Month(month_at(at, zone), zone) {}

Result<Month> Month::read(std::string_view text, calendar::Zone const& zone) {
  auto const is_digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  if (text.size() == 7 && text[4] == '-' && std::count_if(text.begin(), text.end(), is_digit) == 6) {
    int const year = std::stoi(std::string(text.substr(0, 4)));
    auto const number = static_cast<unsigned>(std::stoi(std::string(text.substr(5))));
    if (year >= 1970 && number >= 1 && number <= 12)
      return Month(std::chrono::year{year} / std::chrono::month{number}, zone);
  }
  return refuse(Why::invalid, "month", "must be a month as in 2026-11");
}

Month Month::before() const {
  return {month_ - std::chrono::months{1}, zone_};
}

std::string Month::text() const {
  return fmt::format("{:04}-{:02}", static_cast<int>(month_.year()), static_cast<unsigned>(month_.month()));
}

}  // namespace yunzhi::app

#include "calendar/recurrence.hpp"

#include <memory>
#include <utility>

#include <libical/ical.h>

namespace yunzhi::calendar {
namespace {

using Iterator = std::unique_ptr<icalrecur_iterator, decltype(&icalrecur_iterator_free)>;

constexpr std::size_t rule_bytes = 500;
constexpr int steps_most = 200'000;  // occurrences walked over to reach the window, for rules with COUNT
constexpr int same_calendar_years = 28;

icaltimetype to_library(Reading reading) {
  auto const days = std::chrono::floor<std::chrono::days>(reading.time);
  std::chrono::year_month_day const date{reading.day + days};
  std::chrono::hh_mm_ss const clock{reading.time - days};
  auto time = icaltime_null_time();
  time.year = static_cast<int>(date.year());
  time.month = static_cast<int>(static_cast<unsigned>(date.month()));
  time.day = static_cast<int>(static_cast<unsigned>(date.day()));
  time.hour = static_cast<int>(clock.hours().count());
  time.minute = static_cast<int>(clock.minutes().count());
  time.second = static_cast<int>(clock.seconds().count());
  return time;
}

Reading from_library(icaltimetype const& time) {
  Day const day{std::chrono::year{time.year} / time.month / time.day};
  return {day, std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
                   std::chrono::seconds{time.second}};
}

Result<icalrecurrencetype> parse(std::string_view rule) {
  auto const bad = [&] {
    return refuse(Why::invalid, "", "'{}' is not a recurrence rule as in FREQ=WEEKLY;BYDAY=MO",
                  rule.substr(0, 64));
  };
  if (rule.empty() || rule.size() > rule_bytes || rule.find('\0') != std::string_view::npos) return bad();
  // The library reads over parts it does not know and keeps memory for RSCALE.
  if (rule.find("RSCALE") != std::string_view::npos || rule.find("SKIP") != std::string_view::npos)
    return bad();
  auto const parsed = icalrecurrencetype_from_string(std::string(rule).c_str());
  if (parsed.freq == ICAL_NO_RECURRENCE || parsed.interval < 1) return bad();
  if (parsed.freq == ICAL_SECONDLY_RECURRENCE || parsed.freq == ICAL_MINUTELY_RECURRENCE)
    return refuse(Why::invalid, "", "a rule recurs at most hourly");
  return parsed;
}

// The library may give DTSTART first although the rule does not match it. 28 years earlier the calendar
// is the same, so the rule laid there tells whether it comes by the start of its own accord.
bool matches_start(icalrecurrencetype rule, icaltimetype const& start) {
  rule.interval = 1;
  rule.count = 0;
  rule.until = icaltime_null_time();
  auto earlier = start;
  earlier.year -= same_calendar_years;
  Iterator const walk(icalrecur_iterator_new(rule, earlier), icalrecur_iterator_free);
  if (!walk || icalrecur_iterator_set_start(walk.get(), start) == 0) return true;
  auto const next = icalrecur_iterator_next(walk.get());
  return !icaltime_is_null_time(next) && icaltime_compare(next, start) == 0;
}

// UNTIL may be given in UTC; the walk compares wall-clock readings.
void localise_until(icalrecurrencetype& rule, Zone const& zone) {
  if (icaltime_is_null_time(rule.until) || !icaltime_is_utc(rule.until)) return;
  auto const reading = from_library(rule.until);
  rule.until = to_library(zone.reading(Instant{reading.day.time_since_epoch() + reading.time}));
}

}  // namespace

Result<> check_rule(std::string_view rule) {
  auto const parsed = parse(rule);
  if (!parsed) return parsed.error();
  return {};
}

Result<std::vector<Instant>> occurrences(Recurrence const& recurrence, Zone const& zone, Instant from,
                                         Instant to, std::size_t most) {
  auto parsed = parse(recurrence.rule);
  if (!parsed) return parsed.error();
  auto rule = *parsed;
  localise_until(rule, zone);
  auto const start = to_library(recurrence.start);
  bool const start_counts = matches_start(rule, start);
  int const count = std::exchange(rule.count, 0);  // counted here, where a start that does not match is known
  Iterator const walk(icalrecur_iterator_new(rule, start), icalrecur_iterator_free);
  std::vector<Instant> found;
  if (!walk) return found;
  // A day of margin covers every difference between wall clock and instant.
  auto const near = to_library(zone.reading(from - std::chrono::days{1}));
  if (count == 0 && icaltime_compare(near, start) > 0) icalrecur_iterator_set_start(walk.get(), near);
  int passed = 0;
  for (int step = 0; step < steps_most && found.size() < most && (count == 0 || passed < count); ++step) {
    auto const next = icalrecur_iterator_next(walk.get());
    if (icaltime_is_null_time(next)) break;
    if (!start_counts && icaltime_compare(next, start) == 0) continue;
    ++passed;
    auto const at = zone.instant(from_library(next));
    if (at >= to) break;
    if (at >= from) found.push_back(at);
  }
  return found;
}

}  // namespace yunzhi::calendar

#include "process/model/timer_rule.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

Instant at(std::string_view text) {
  return parse_instant(text).value();
}

std::string next(std::string_view cron, std::string_view after) {
  auto const parsed = Cron::parse(cron);
  if (!parsed) return parsed.error().english();
  auto const found = parsed->next(at(after), {});
  return found ? format_instant(*found).substr(0, 16) : "never";
}

std::string fires(TimerRule::Form form, std::string_view text, std::string_view now) {
  auto const rule = read_timer(form, text);
  if (!rule) return rule.error().english();
  auto const moment = timer_moment(*rule, {}, {at(now), {}});
  if (!moment) return moment.error().english();
  return format_instant(moment->at.value_or(at(now) + moment->after)).substr(0, 16) +
         (moment->repeats == 0 ? "" : " x" + std::to_string(moment->repeats));
}

}  // namespace

TEST_CASE("cron texts come true when they say") {
  CHECK(next("*/15 * * * *", "2026-11-02T10:07:00Z") == "2026-11-02T10:15");
  CHECK(next("0 0 12 * * ?", "2026-11-02T12:00:00Z") == "2026-11-03T12:00");
  CHECK(next("0 15 10 ? * 6L", "2026-11-02T00:00:00Z") == "2026-11-27T10:15");  // Quartz: 6 is Friday
  CHECK(next("0 15 10 ? * 6#3", "2026-11-02T00:00:00Z") == "2026-11-20T10:15");
  CHECK(next("0 0 8 L * ?", "2026-02-03T00:00:00Z") == "2026-02-28T08:00");
  CHECK(next("0 9 * * 1-5", "2026-11-06T09:00:00Z") == "2026-11-09T09:00");  // Friday to Monday
  CHECK(next("0 0 0 29 FEB *", "2026-01-01T00:00:00Z") == "2028-02-29T00:00");
  CHECK(next("0 0 0 13 * 5", "2026-11-02T00:00:00Z") == "2026-11-06T00:00");  // either day is enough
  CHECK(next("@daily", "2026-11-02T10:00:00Z") == "2026-11-03T00:00");
  CHECK(next("0 0 0 31 2 *", "2026-01-01T00:00:00Z") == "never");
  CHECK(next("61 * * * *", "2026-01-01T00:00:00Z").find("is no field") != std::string::npos);
  CHECK(next("* *", "2026-01-01T00:00:00Z").find("five to seven fields") != std::string::npos);
}

TEST_CASE("durations, dates and cycles fire when they say") {
  auto const* now = "2026-01-31T08:00:00Z";
  using Form = TimerRule::Form;
  CHECK(fires(Form::duration, "PT2H", now) == "2026-01-31T10:00");
  CHECK(fires(Form::duration, "P1M", now) == "2026-02-28T08:00");
  CHECK(fires(Form::date, "2026-03-01", now) == "2026-03-01T00:00");
  CHECK(fires(Form::cycle, "R3/PT10M", now) == "2026-01-31T08:10 x3");
  CHECK(fires(Form::cycle, "R/2026-01-31T07:55:00Z/PT10M", now) == "2026-01-31T08:05 x-1");
  CHECK(fires(Form::cycle, "0 0 9 * * ?", now) == "2026-01-31T09:00 x-1");
  CHECK(fires(Form::cycle, "\"R2/PT1H\"", now) == "2026-01-31T09:00 x2");
  CHECK(fires(Form::duration, "PT", now).find("is not a duration") != std::string::npos);
  CHECK(fires(Form::cycle, "R/PT0.1S", now).find("too short") != std::string::npos);
}

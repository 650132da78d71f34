#include "duty/duties.hpp"

#include <doctest/doctest.h>

#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::duty;

namespace {

Instant at(char const* text) {
  return parse_instant(text).value();
}

calendar::Zone shanghai() {
  return calendar::Zone::find("Asia/Shanghai").value();
}

Calendars office() {
  calendar::CalendarData data;
  data.id = "office";
  data.zone = "Asia/Shanghai";
  for (std::size_t day = 1; day <= 5; ++day) data.week[day] = {{9 * 60, 17 * 60}};
  return {{"office", std::make_shared<calendar::WorkingCalendar const>(
                         calendar::WorkingCalendar::make(std::move(data)).value())}};
}

Duty daily() {
  Duty duty;
  duty.id = "daily-inspection";
  duty.clause = "3.2.1";
  duty.role = "system_operator";
  duty.rrule = "FREQ=DAILY";
  duty.start = "2026-01-05T08:30";
  duty.within = std::chrono::hours{2};
  return duty;
}

std::int64_t count(store::Store& store, std::string const& state) {
  return *store.read([&](store::Reader& reader) {
    return reader.one<std::int64_t>("select count(*) from duty_occurrence where state = :state", state);
  });
}

}  // namespace

TEST_CASE("a daily duty is due at its wall-clock time and missed two hours later") {
  auto const found =
      occurrences(daily(), {}, shanghai(), at("2026-11-23T00:00:00+08:00"), at("2026-11-25T00:00:00+08:00"));
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 2);
  CHECK(found->front().due_at == at("2026-11-23T08:30:00+08:00"));
  CHECK(found->front().until_at == at("2026-11-23T10:30:00+08:00"));
}

TEST_CASE("an occurrence on a day off moves to the next opening, and two of them become one") {
  auto duty = daily();
  duty.calendar = "office";
  auto const found = occurrences(duty, office(), shanghai(), at("2026-11-21T00:00:00+08:00"),
                                 at("2026-11-24T00:00:00+08:00"));
  REQUIRE(found->size() == 1);
  CHECK(found->front().due_at == at("2026-11-23T09:00:00+08:00"));
}

TEST_CASE("a duty that cannot be read is refused") {
  auto wrong_start = daily();
  wrong_start.start = "monday";
  CHECK(occurrences(wrong_start, {}, shanghai(), at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"))
            .has_error());
  auto wrong_rule = daily();
  wrong_rule.rrule = "FREQ=NEVER";
  CHECK(occurrences(wrong_rule, {}, shanghai(), at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"))
            .has_error());
  auto wrong_calendar = daily();
  wrong_calendar.calendar = "moon";
  CHECK(occurrences(wrong_calendar, {}, shanghai(), at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"))
            .has_error());
}

TEST_CASE(
    "given published occurrences, when nobody does them in time, then each is missed once, with its date") {
  auto const migrations = store::migrations_of({"store", "duty"});
  store::for_each_database(migrations, [](store::Store& store) {
    Duties duties(store, {daily()}, {}, shanghai());
    auto const now = at("2026-11-23T00:00:00+08:00");
    CHECK(duties.publish(now).value() == 35);
    CHECK(duties.publish(now).value() == 0);
    CHECK(duties.mark_missed(at("2026-11-23T10:29:59+08:00"), 100) == 0);
    CHECK(duties.mark_missed(at("2026-11-24T10:30:00+08:00"), 100) == 2);
    CHECK(duties.mark_missed(at("2026-11-24T10:30:00+08:00"), 100) == 0);
    CHECK(count(store, "missed") == 2);
    CHECK(count(store, "planned") == 33);
    CHECK(duties.publish(at("2026-11-25T00:00:00+08:00")).value() == 2);
  });
}

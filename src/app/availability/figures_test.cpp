#include "app/availability/figures.hpp"

#include <doctest/doctest.h>

#include "app/availability/month.hpp"
#include "app/availability/watch.hpp"
#include "calendar/calendar_file.hpp"

using namespace yunzhi;
using namespace yunzhi::app;
using namespace std::chrono_literals;

namespace {

Instant at(char const* text) {
  return parse_instant(text).value();
}

calendar::Zone shanghai() {
  return calendar::Zone::find("Asia/Shanghai").value();
}

regulation::AvailabilityObjective promise(double percent, std::string const& calendar) {
  auto read =
      calendar::load_calendar(std::string(YUNZHI_SOURCE) + "/packs/standard/calendars/" + calendar + ".yaml");
  return {percent, calendar, std::make_shared<calendar::WorkingCalendar const>(std::move(read).value())};
}

// November 2026 of Shanghai has 30 days of 24 hours.
calendar::Stretch november() {
  return Month::read("2026-11", shanghai()).value().stretch();
}

Observed watched(calendar::Stretches down) {
  return {{november()}, std::move(down), {}};
}

}  // namespace

TEST_CASE("a month is read and counted on the organisation's wall clock") {
  CHECK(november().from == at("2026-11-01T00:00:00+08:00"));
  CHECK(november().to == at("2026-12-01T00:00:00+08:00"));
  CHECK(Month(at("2026-12-31T16:00:00Z"), shanghai()).text() == "2027-01");
  CHECK(Month(at("2026-01-05T00:00:00Z"), shanghai()).before().text() == "2025-12");
  for (auto const* wrong : {"2026-13", "2026-00", "2026-1", "2026/11", "20261-1", "", "now"})
    CHECK(Month::read(wrong, shanghai()).has_error());
}

TEST_CASE("given an hour of downtime in a month around the clock, then 719 hours of 720 were available") {
  auto const figures =
      figures_of(promise(99.9, "always"), november(), november().to,
                 watched({{at("2026-11-10T08:00:00+08:00"), at("2026-11-10T09:00:00+08:00")}}));
  CHECK(figures.service == 720h);
  CHECK(figures.downtime == 1h);
  CHECK(figures.percent.value() == doctest::Approx(100 * 719.0 / 720));
  CHECK(figures.budget == 43min + 12s);
  CHECK(figures.budget_used.value() == doctest::Approx(60 / 43.2));
  CHECK(figures.met == false);
}

TEST_CASE("outages that overlap are counted once") {
  auto const figures =
      figures_of(promise(99.9, "always"), november(), november().to,
                 watched({{at("2026-11-10T08:00:00+08:00"), at("2026-11-10T08:20:00+08:00")},
                          {at("2026-11-10T08:10:00+08:00"), at("2026-11-10T08:30:00+08:00")}}));
  CHECK(figures.downtime == 30min);
  CHECK(figures.met == true);
}

TEST_CASE("downtime outside the service hours does not count") {
  // A Saturday, and a Monday from before opening at 08:00.
  auto const figures =
      figures_of(promise(99, "office"), november(), november().to,
                 watched({{at("2026-11-14T08:00:00+08:00"), at("2026-11-14T12:00:00+08:00")},
                          {at("2026-11-16T06:00:00+08:00"), at("2026-11-16T09:00:00+08:00")}}));
  CHECK(figures.downtime == 1h);
}

TEST_CASE("planned maintenance is no service time, and downtime in it is none") {
  auto observed = watched({{at("2026-11-10T00:00:00+08:00"), at("2026-11-10T05:00:00+08:00")}});
  observed.planned = {{at("2026-11-10T00:00:00+08:00"), at("2026-11-10T04:00:00+08:00")},
                      {at("2026-11-10T03:00:00+08:00"), at("2026-11-10T04:00:00+08:00")}};
  auto const figures = figures_of(promise(99.9, "always"), november(), november().to, observed);
  CHECK(figures.maintenance == 4h);
  CHECK(figures.service == 716h);
  CHECK(figures.downtime == 1h);
  CHECK(figures.budget == std::chrono::round<Milliseconds>(716h * 0.001));
  CHECK(outages_of(november(), observed) ==
        calendar::Stretches{{at("2026-11-10T04:00:00+08:00"), at("2026-11-10T05:00:00+08:00")}});
}

TEST_CASE("time that nothing measured is neither up nor down, and told apart") {
  Observed const observed{
      {{november().from, november().from + 100h}}, {{november().from, november().from + 1h}}, {}};
  auto const figures = figures_of(promise(99, "always"), november(), november().to, observed);
  CHECK(figures.unmeasured == 620h);
  CHECK(figures.percent.value() == doctest::Approx(99));
  auto const none = figures_of(promise(99, "always"), november(), november().to, {});
  CHECK(none.unmeasured == 720h);
  CHECK_FALSE(none.percent.has_value());
  CHECK_FALSE(none.met.has_value());
}

TEST_CASE("a running month counts until now, against the budget of the whole month") {
  auto const now = november().from + 24h;
  auto const figures = figures_of(promise(99, "always"), november(), now,
                                  watched({{november().from + 23h, november().from + 30h}}));
  CHECK(figures.service == 24h);
  CHECK(figures.downtime == 1h);
  CHECK(figures.budget == 7h + 12min);
  CHECK(figures.met == true);
}

TEST_CASE("samples become stretches: down at 0, and nobody knows where there are none") {
  monitor::Samples const samples{{15'000, 1}, {30'000, 1}, {45'000, 0}, {75'000, 1}};
  std::vector<Watch> const wanted{{{from_ms(0), from_ms(30'000)}, true},
                                  {{from_ms(30'000), from_ms(45'000)}, false},
                                  {{from_ms(60'000), from_ms(75'000)}, true}};
  CHECK(watches_of(samples, 15s) == wanted);
}

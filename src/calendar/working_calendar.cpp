#include "calendar/working_calendar.hpp"

#include <algorithm>
#include <mutex>
#include <shared_mutex>

namespace yunzhi::calendar {

namespace {
constexpr int years_ahead = 100;  // how far add_working looks
constexpr int last_year = 9990;
}  // namespace

// The opening times that begin on the days of one year, in order and apart from each other.
struct WorkingCalendar::Year {
  struct Opening {
    Instant from;
    Instant to;
    Milliseconds before{0};  // working time of the year's openings before this one
  };
  std::vector<Opening> openings;
  Milliseconds total{0};

  // The first opening that ends after `at`.
  [[nodiscard]] auto after(Instant at) const {
    return std::partition_point(openings.begin(), openings.end(),
                                [&](Opening const& opening) { return opening.to <= at; });
  }
};

struct WorkingCalendar::Cache {
  std::shared_mutex mutex;
  std::map<int, std::unique_ptr<Year const>> years;
};

WorkingCalendar::WorkingCalendar(CalendarData data, Zone zone)
    : data_(std::move(data)), zone_(zone), cache_(std::make_unique<Cache>()) {}
WorkingCalendar::WorkingCalendar(WorkingCalendar&&) noexcept = default;
WorkingCalendar& WorkingCalendar::operator=(WorkingCalendar&&) noexcept = default;
WorkingCalendar::~WorkingCalendar() = default;

Result<WorkingCalendar> WorkingCalendar::make(CalendarData data) {
  auto zone = Zone::find(data.zone);
  if (!zone) return zone.error();
  bool any = false;
  auto const check = [&](Hours& hours) {
    std::sort(hours.begin(), hours.end(), [](Span a, Span b) { return a.from < b.from; });
    for (std::size_t i = 0; i < hours.size(); ++i) {
      if (hours[i].from < 0 || hours[i].from >= hours[i].to || hours[i].to > 2880) return false;
      if (i > 0 && hours[i].from < hours[i - 1].to) return false;
    }
    return true;
  };
  for (auto& hours : data.week) {
    if (!check(hours)) return refuse(Why::invalid, "", "hours of one day must be in order and not overlap");
    any = any || !hours.empty();
  }
  if (data.workday && !check(*data.workday))
    return refuse(Why::invalid, "", "hours of one day must be in order and not overlap");
  if (!any) return refuse(Why::invalid, "", "a working calendar needs working hours on at least one weekday");
  return WorkingCalendar(std::move(data), *zone);
}

Hours const& WorkingCalendar::hours(Day day) const {
  static Hours const closed;
  if (data_.workdays.contains(day)) {
    if (data_.workday) return *data_.workday;
    return data_.week[1];
  }
  if (data_.holidays.contains(day)) return closed;
  return data_.week[std::chrono::weekday{day}.c_encoding()];
}

WorkingCalendar::Year WorkingCalendar::build(int number) const {
  Year year;
  auto const begin = first_day(number);
  auto const end = first_day(number + 1);
  // A night that reaches into this day belongs to the day before; only its rest is open already.
  auto const closing = [&](Day day) {
    auto const& spans = hours(day);
    return spans.empty() ? Instant::min() : zone_.instant({day, std::chrono::minutes{spans.back().to}});
  };
  auto open_until = closing(begin - std::chrono::days{1});
  for (auto day = begin; day < end; day += std::chrono::days{1}) {
    for (auto const span : hours(day)) {
      auto const from = std::max(open_until, zone_.instant({day, std::chrono::minutes{span.from}}));
      auto const to = zone_.instant({day, std::chrono::minutes{span.to}});
      if (from >= to) continue;
      year.openings.push_back({from, to, year.total});
      year.total += to - from;
      open_until = to;
    }
  }
  return year;
}

WorkingCalendar::Year const& WorkingCalendar::year(int number) const {
  {
    std::shared_lock const lock(cache_->mutex);
    if (auto const found = cache_->years.find(number); found != cache_->years.end()) return *found->second;
  }
  auto built = std::make_unique<Year const>(build(number));
  std::unique_lock const lock(cache_->mutex);
  return *cache_->years.try_emplace(number, std::move(built)).first->second;
}

int WorkingCalendar::year_at(Instant at) const {
  int const number = year_of(zone_.reading(at).day);
  // The night of 31 December still belongs to the old year.
  auto const& openings = year(number - 1).openings;
  return !openings.empty() && at < openings.back().to ? number - 1 : number;
}

bool WorkingCalendar::is_working(Instant at) const {
  auto const& openings = year(year_at(at));
  auto const opening = openings.after(at);
  return opening != openings.openings.end() && opening->from <= at;
}

Instant WorkingCalendar::next_opening(Instant at) const {
  int const first = year_at(at);
  for (int number = first; number <= std::min(first + years_ahead, last_year); ++number) {
    auto const& all = year(number);
    if (auto const opening = all.after(at); opening != all.openings.end()) return std::max(at, opening->from);
  }
  return at;
}

Milliseconds WorkingCalendar::since_year_began(Instant at) const {
  auto const& all = year(year_at(at));
  auto const opening = all.after(at);
  if (opening == all.openings.end()) return all.total;
  return opening->before + std::max(Milliseconds{0}, at - opening->from);
}

Milliseconds WorkingCalendar::working_between(Instant a, Instant b) const {
  if (b < a) return -working_between(b, a);
  auto total = since_year_began(b) - since_year_began(a);
  int const last = year_at(b);
  for (int number = year_at(a); number < last; ++number) total += year(number).total;
  return total;
}

Instant WorkingCalendar::add_working(Instant from, Milliseconds duration) const {
  if (duration <= Milliseconds{0}) return from;
  int const first = year_at(from);
  auto wanted = since_year_began(from) + duration;  // counted from the beginning of year `number`
  for (int number = first; number <= std::min(first + years_ahead, last_year); ++number) {
    auto const& all = year(number);
    if (wanted > all.total) {
      wanted -= all.total;
      continue;
    }
    auto const opening = std::partition_point(all.openings.begin(), all.openings.end(), [&](auto const& one) {
      return one.before + (one.to - one.from) < wanted;
    });
    return opening->from + (wanted - opening->before);
  }
  return from + std::chrono::years{years_ahead};
}

bool WorkingCalendar::provisional(Instant at) const {
  if (data_.years.empty()) return false;
  auto const found = data_.years.find(year_of(zone_.reading(at).day));
  return found == data_.years.end() || found->second;
}

}  // namespace yunzhi::calendar

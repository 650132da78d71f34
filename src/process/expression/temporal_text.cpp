// Times, dates and durations as text, by XML Schema's forms with FEEL's zone names (DMN 1.3, 10.3.4.1).
#include <algorithm>

#include <fmt/format.h>

#include "process/expression/temporal.hpp"

namespace yunzhi::process {
namespace {

using std::chrono::seconds;

bool digit(char c) {
  return c >= '0' && c <= '9';
}

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  bool take(char wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// A number of `least` to `most` digits.
  std::optional<std::int64_t> number(std::size_t least, std::size_t most) {
    std::size_t count = 0;
    std::int64_t value = 0;
    for (; count < rest_.size() && digit(rest_[count]); ++count) {
      if (count == most) return std::nullopt;
      value = value * 10 + (rest_[count] - '0');
    }
    if (count < least) return std::nullopt;
    rest_.remove_prefix(count);
    return value;
  }
  /// The digits behind a point as nanoseconds; digits after the ninth are dropped.
  std::optional<std::int64_t> fraction() {
    std::size_t count = 0;
    std::int64_t value = 0;
    for (; count < rest_.size() && digit(rest_[count]); ++count)
      if (count < 9) value = value * 10 + (rest_[count] - '0');
    if (count == 0) return std::nullopt;
    for (auto i = count; i < 9; ++i) value *= 10;
    rest_.remove_prefix(count);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<Date> read_date(Reader& reader) {
  bool const minus = reader.take('-');
  auto const written = reader.rest();
  auto const year = reader.number(4, 9);
  if (!year) return std::nullopt;
  auto const length = written.size() - reader.rest().size();
  if (length > 4 && written.front() == '0') return std::nullopt;
  if (!reader.take('-')) return std::nullopt;
  auto const month = reader.number(2, 2);
  if (!month || !reader.take('-')) return std::nullopt;
  auto const day = reader.number(2, 2);
  return day ? day_of(minus ? -*year : *year, *month, *day) : std::nullopt;
}

// Up to 24:00:00, which is the end of a day (XML Schema 2, 3.2.7).
std::optional<std::int64_t> read_clock(Reader& reader) {
  auto const hour = reader.number(2, 2);
  if (!hour || *hour > 24 || !reader.take(':')) return std::nullopt;
  auto const minute = reader.number(2, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t second = 0;
  std::int64_t fraction = 0;
  if (reader.take(':')) {
    auto const written = reader.number(2, 2);
    if (!written || *written > 59) return std::nullopt;
    second = *written;
    if (reader.take('.')) {
      auto const behind = reader.fraction();
      if (!behind) return std::nullopt;
      fraction = *behind;
    }
  }
  auto const clock = (*hour * 3600 + *minute * 60 + second) * second_ns + fraction;
  return clock <= day_ns ? std::optional(clock) : std::nullopt;
}

std::optional<seconds> read_offset(std::string_view text) {
  Reader reader(text);
  bool const minus = reader.take('-');
  if (!minus && !reader.take('+')) return std::nullopt;
  auto const hours = reader.number(2, 2);
  if (!hours || *hours > 18 || !reader.take(':')) return std::nullopt;
  auto const minutes = reader.number(2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  std::int64_t rest = 0;
  if (reader.take(':')) {
    auto const written = reader.number(2, 2);
    if (!written || *written > 59) return std::nullopt;
    rest = *written;
  }
  auto const total = *hours * std::int64_t{3600} + *minutes * std::int64_t{60} + rest;
  if (!reader.done() || total > std::int64_t{18} * 3600) return std::nullopt;
  return seconds{minus ? -total : total};
}

std::optional<Time> read_time(Reader& reader) {
  auto const clock = read_clock(reader);
  if (!clock) return std::nullopt;
  auto const zone = parse_zone(reader.rest());
  return zone ? std::optional(Time{*clock, *zone}) : std::nullopt;
}

std::string format_offset(seconds offset) {
  auto const count = offset.count();
  if (count == 0) return "Z";
  auto const magnitude = count < 0 ? -count : count;
  auto text = fmt::format("{}{:02}:{:02}", count < 0 ? '-' : '+', magnitude / 3600, magnitude / 60 % 60);
  if (magnitude % 60 != 0) text += fmt::format(":{:02}", magnitude % 60);
  return text;
}

std::string format_fraction(std::int64_t ns) {
  if (ns == 0) return {};
  auto text = fmt::format(".{:09}", ns);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string format_zone(TimeZone const& zone) {
  if (auto const* offset = std::get_if<seconds>(&zone)) return format_offset(*offset);
  if (auto const* named = std::get_if<calendar::Zone>(&zone)) return "@" + named->name();
  return {};
}

}  // namespace

std::optional<TimeZone> parse_zone(std::string_view text) {
  if (text.empty()) return TimeZone{};
  if (text == "Z" || text == "z") return TimeZone{seconds{0}};
  if (text.front() != '@') {
    auto const offset = read_offset(text);
    return offset ? std::optional(TimeZone{*offset}) : std::nullopt;
  }
  auto const zone = calendar::Zone::find(text.substr(1));
  return zone ? std::optional(TimeZone{*zone}) : std::nullopt;
}

std::optional<Date> parse_date(std::string_view text) {
  Reader reader(text);
  auto const date = read_date(reader);
  return reader.done() ? date : std::nullopt;
}

std::optional<Time> parse_time(std::string_view text) {
  if (text.starts_with('T')) text.remove_prefix(1);
  Reader reader(text);
  auto const time = read_time(reader);
  return time && time->since_midnight_ns < day_ns ? time : std::nullopt;
}

std::optional<DateTime> parse_date_time(std::string_view text) {
  Reader reader(text);
  auto const date = read_date(reader);
  if (!date) return std::nullopt;
  if (reader.done()) return DateTime{*date, {}};
  if (!reader.take('T')) return std::nullopt;
  auto const time = read_time(reader);
  if (!time || time->since_midnight_ns < day_ns)
    return time ? std::optional(DateTime{*date, *time}) : std::nullopt;
  Date const next{date->days + 1};
  return in_range(next) ? std::optional(DateTime{next, Time{0, time->zone}}) : std::nullopt;
}

std::optional<Duration> parse_days_duration(std::string_view text) {
  Reader reader(text);
  bool const minus = reader.take('-');
  if (!reader.take('P')) return std::nullopt;
  struct Unit {
    char name;
    std::int64_t seconds;
  };
  constexpr Unit units[] = {{'D', day_seconds}, {'H', 3600}, {'M', 60}, {'S', 1}};
  Nanoseconds total = 0;
  bool clock = false;
  bool any = false;
  for (std::size_t next = 0; !reader.done();) {
    if (!clock && reader.take('T')) {
      clock = true;
      any = false;
      next = std::max<std::size_t>(next, 1);
      continue;
    }
    auto const amount = reader.number(1, 17);
    if (!amount) return std::nullopt;
    std::int64_t fraction = 0;
    bool const point = reader.take('.');
    if (point) {
      auto const behind = reader.fraction();
      if (!behind) return std::nullopt;
      fraction = *behind;
    }
    while (next < std::size(units) && !reader.take(units[next].name)) ++next;
    if (next == std::size(units) || (next == 0) == clock || (point && next != 3)) return std::nullopt;
    total += Nanoseconds{*amount} * units[next++].seconds * second_ns + fraction;
    any = true;
  }
  if (!any || total > greatest_length) return std::nullopt;
  return Duration{minus ? -total : total};
}

std::optional<Months> parse_months_duration(std::string_view text) {
  Reader reader(text);
  bool const minus = reader.take('-');
  if (!reader.take('P') || reader.done()) return std::nullopt;
  std::int64_t total = 0;
  bool years = false;
  while (!reader.done()) {
    auto const amount = reader.number(1, 11);
    if (!amount) return std::nullopt;
    if (!years && reader.take('Y')) {
      years = true;
      total += *amount * 12;
    } else if (reader.take('M') && reader.done()) {
      total += *amount;
    } else {
      return std::nullopt;
    }
  }
  return Months{minus ? -total : total};
}

std::string format(Date date) {
  auto const [year, month, day] = parts(date);
  return fmt::format("{}{:04}-{:02}-{:02}", year < 0 ? "-" : "", year < 0 ? -year : year, month, day);
}

std::string format(Time const& time) {
  auto const total = time.since_midnight_ns / second_ns;
  return fmt::format("{:02}:{:02}:{:02}{}{}", total / 3600, total / 60 % 60, total % 60,
                     format_fraction(time.since_midnight_ns % second_ns), format_zone(time.zone));
}

std::string format(DateTime const& date_time) {
  return format(date_time.date) + 'T' + format(date_time.time);
}

std::string format(Duration duration) {
  bool const minus = duration.length < 0;
  auto const length = minus ? -duration.length : duration.length;
  auto const total = static_cast<std::int64_t>(length / second_ns);
  auto const fraction = static_cast<std::int64_t>(length % second_ns);
  if (length == 0) return "PT0S";
  std::string text = minus ? "-P" : "P";
  if (total / day_seconds != 0) text += std::to_string(total / day_seconds) + 'D';
  auto const clock = total % day_seconds;
  if (clock == 0 && fraction == 0) return text;
  text += 'T';
  if (clock / 3600 != 0) text += std::to_string(clock / 3600) + 'H';
  if (clock / 60 % 60 != 0) text += std::to_string(clock / 60 % 60) + 'M';
  if (clock % 60 != 0 || fraction != 0) text += std::to_string(clock % 60) + format_fraction(fraction) + 'S';
  return text;
}

std::string format(Months months) {
  auto const count = months.count < 0 ? -months.count : months.count;
  std::string text = months.count < 0 ? "-P" : "P";
  if (count / 12 != 0) text += std::to_string(count / 12) + 'Y';
  if (count % 12 != 0 || count == 0) text += std::to_string(count % 12) + 'M';
  return text;
}

}  // namespace yunzhi::process

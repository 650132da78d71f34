#include "base/instant.hpp"

#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

namespace yunzhi {
namespace {

using namespace std::chrono;

// Takes `digits` decimal digits from the front of text; -1 when there are fewer.
int take_digits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, std::string_view wanted) {
  if (text.empty() || wanted.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

// The fraction of a second in milliseconds, further digits cut off.
int take_fraction(std::string_view& text) {
  int value = 0;
  int place = 100;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    value += (text.front() - '0') * place;
    place /= 10;
    text.remove_prefix(1);
  }
  return value;
}

// The offset to UTC in minutes, or nothing when the rest is no offset.
bool take_offset(std::string_view& text, int& minutes_east) {
  if (take(text, "Zz")) return text.empty();
  bool const west = !text.empty() && text.front() == '-';
  if (!take(text, "+-")) return false;
  int const hour = take_digits(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ":")) return false;
  int const minute = take_digits(text, 2);
  if (minute < 0 || minute > 59) return false;
  minutes_east = (hour * 60 + minute) * (west ? -1 : 1);
  return text.empty();
}

Refusal not_an_instant(std::string_view text) {
  return refuse(Why::invalid, "", "'{}' is not a time as in 2026-11-23T14:05:00+08:00", text.substr(0, 64));
}

}  // namespace

Instant wall_clock() {
  return time_point_cast<Milliseconds>(system_clock::now());
}

std::int64_t to_ms(Instant instant) {
  return instant.time_since_epoch().count();
}

Instant from_ms(std::int64_t ms) {
  return Instant{Milliseconds{ms}};
}

std::string format_instant(Instant instant) {
  auto const day = floor<days>(instant);
  year_month_day const date{day};
  hh_mm_ss const time{instant - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count(),
                     time.subseconds().count());
}

Result<Instant> parse_instant(std::string_view text) {
  auto rest = text;
  int const y = take_digits(rest, 4);
  bool ok = y >= 1970 && take(rest, "-");
  int const mon = ok ? take_digits(rest, 2) : -1;
  ok = ok && mon >= 1 && take(rest, "-");
  int const d = ok ? take_digits(rest, 2) : -1;
  ok = ok && d >= 1 && take(rest, "Tt ");
  int const h = ok ? take_digits(rest, 2) : -1;
  ok = ok && h >= 0 && h <= 23 && take(rest, ":");
  int const min = ok ? take_digits(rest, 2) : -1;
  ok = ok && min >= 0 && min <= 59 && take(rest, ":");
  int const s = ok ? take_digits(rest, 2) : -1;
  ok = ok && s >= 0 && s <= 60;
  int const ms = ok && take(rest, ".") ? take_fraction(rest) : 0;
  int east = 0;
  if (!ok || !take_offset(rest, east)) return not_an_instant(text);
  year_month_day const date{year{y}, month{static_cast<unsigned>(mon)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return not_an_instant(text);
  return Instant{sys_days{date}.time_since_epoch() + hours{h} + minutes{min - east} +
                 seconds{s == 60 ? 59 : s} + Milliseconds{ms}};
}

Result<Milliseconds> parse_duration(std::string_view text) {
  auto const bad = [&] {
    return refuse(Why::invalid, "", "'{}' is not a duration as in PT1H30M or P3D", text.substr(0, 64));
  };
  auto rest = text;
  bool const negative = take(rest, "-");
  if (!take(rest, "P") || rest.empty()) return bad();
  std::int64_t total_ms = 0;
  bool in_time = false;
  int last_rank = -1;
  constexpr std::string_view units = "WDHMS";
  constexpr std::int64_t unit_ms[] = {604'800'000, 86'400'000, 3'600'000, 60'000, 1'000};
  while (!rest.empty()) {
    if (!in_time && take(rest, "T")) {
      in_time = true;
      if (rest.empty()) return bad();
      continue;
    }
    std::int64_t whole = 0;
    auto const [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), whole);
    if (error != std::errc{} || whole < 0 || whole > 1'000'000'000) return bad();
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    int const fraction_ms = take(rest, ".,") ? take_fraction(rest) : -1;
    auto const rank = rest.empty() ? std::string_view::npos : units.find(rest.front());
    if (rank == std::string_view::npos || static_cast<int>(rank) <= last_rank) return bad();
    if ((rank >= 2) != in_time || (fraction_ms >= 0 && rank != 4)) return bad();
    rest.remove_prefix(1);
    last_rank = static_cast<int>(rank);
    total_ms += whole * unit_ms[rank] + (fraction_ms > 0 ? fraction_ms : 0);
  }
  if (last_rank < 0) return bad();
  return Milliseconds{negative ? -total_ms : total_ms};
}

std::string format_duration(Milliseconds duration) {
  auto ms = duration.count();
  std::string text = ms < 0 ? "-P" : "P";
  ms = std::abs(ms);
  if (auto const whole_days = ms / 86'400'000) text += fmt::format("{}D", whole_days);
  ms %= 86'400'000;
  if (ms == 0) return text.back() == 'P' ? text + "T0S" : text;
  text += 'T';
  if (ms >= 3'600'000) text += fmt::format("{}H", ms / 3'600'000);
  ms %= 3'600'000;
  if (ms >= 60'000) text += fmt::format("{}M", ms / 60'000);
  ms %= 60'000;
  if (ms % 1000 != 0) return text + fmt::format("{}.{:03}S", ms / 1000, ms % 1000);
  if (ms > 0) text += fmt::format("{}S", ms / 1000);
  return text;
}

}  // namespace yunzhi

#include "process/model/cron.hpp"

#include <array>
#include <charconv>
#include <vector>

namespace yunzhi::process {
namespace {

using std::chrono::days;

constexpr std::array<std::string_view, 12> month_names{"JAN", "FEB", "MAR", "APR", "MAY", "JUN",
                                                       "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> day_names{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

std::vector<std::string_view> split(std::string_view text, std::string_view at) {
  std::vector<std::string_view> parts;
  for (auto begin = text.find_first_not_of(at); begin != std::string_view::npos;
       begin = text.find_first_not_of(at, begin)) {
    auto const end = std::min(text.find_first_of(at, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return parts;
}

template <std::size_t N>
std::optional<int> number_in(std::string_view text, std::array<std::string_view, N> const& names, int base) {
  for (std::size_t i = 0; i < N; ++i)
    if (text.size() == 3 && std::equal(text.begin(), text.end(), names[i].begin(), [](char a, char b) {
          return (a >= 'a' && a <= 'z' ? static_cast<char>(a - 32) : a) == b;
        }))
      return static_cast<int>(i) + base;
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Refusal wrong(std::string_view field) {
  return refuse(Why::invalid, "", "'{}' is no field of a cron text", field);
}

// `*`, `a`, `a-b`, each with `/step`, and lists of them.
template <std::size_t Size, std::size_t N>
Result<> read_field(std::string_view text, int low, int high, std::array<std::string_view, N> const& names,
                    int base, std::bitset<Size>& bits) {
  for (auto part : split(text, ",")) {
    int step = 1;
    bool const stepped = part.find('/') != std::string_view::npos;
    if (stepped) {
      auto const slash = part.find('/');
      auto const given = number_in(part.substr(slash + 1), std::array<std::string_view, 0>{}, 0);
      if (!given || *given < 1) return wrong(text);
      step = *given;
      part = part.substr(0, slash);
    }
    int from = low;
    int to = high;
    if (part != "*" && part != "?" && !part.empty()) {
      auto const dash = part.find('-', 1);
      auto const first = number_in(part.substr(0, dash), names, base);
      auto const last = dash == std::string_view::npos ? (stepped ? std::optional(high) : first)
                                                       : number_in(part.substr(dash + 1), names, base);
      if (!first || !last) return wrong(text);
      from = *first;
      to = *last;
    }
    if (from < low || from > high || to < low || to > high) return wrong(text);
    auto const span = to >= from ? to - from : to - from + (high - low + 1);
    for (int i = 0; i <= span; i += step) {
      auto const at = from + i > high ? from + i - (high - low + 1) : from + i;
      bits.set(static_cast<std::size_t>(at));
    }
  }
  if (bits.none()) return wrong(text);
  return {};
}

constexpr std::array<std::string_view, 0> no_names{};

std::string_view meaning(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> words{{{"@yearly", "0 0 0 1 1 *"},
                                                                                {"@annually", "0 0 0 1 1 *"},
                                                                                {"@monthly", "0 0 0 1 * *"},
                                                                                {"@weekly", "0 0 0 * * 0"},
                                                                                {"@daily", "0 0 0 * * *"},
                                                                                {"@midnight", "0 0 0 * * *"},
                                                                                {"@hourly", "0 0 * * * *"}}};
  for (auto const& [name, text] : words)
    if (name == word) return text;
  return word;
}

}  // namespace

bool Cron::looks_like(std::string_view text) {
  return text.starts_with('@') || split(text, " \t").size() >= 5;
}

Result<Cron> Cron::parse(std::string_view text) {
  text = meaning(text);
  auto fields = split(text, " \t\r\n");
  if (fields.size() == 5) fields.insert(fields.begin(), "0");
  if (fields.size() != 6 && fields.size() != 7)
    return refuse(Why::invalid, "", "'{}' is no cron text; it needs five to seven fields", text);
  bool const quartz = text.find('?') != std::string_view::npos;
  Cron cron;
  auto const read = [&](auto&& outcome) { return outcome ? Result<>{} : Result<>(outcome.error()); };
  if (auto const r = read(read_field(fields[0], 0, 59, no_names, 0, cron.seconds_)); !r) return r.error();
  if (auto const r = read(read_field(fields[1], 0, 59, no_names, 0, cron.minutes_)); !r) return r.error();
  if (auto const r = read(read_field(fields[2], 0, 23, no_names, 0, cron.hours_)); !r) return r.error();
  if (auto const r = cron.read_days(fields[3]); !r) return r.error();
  if (auto const r = read(read_field(fields[4], 1, 12, month_names, 1, cron.months_)); !r) return r.error();
  if (auto const r = cron.read_weekdays(fields[5], quartz); !r) return r.error();
  if (fields.size() == 7 && fields[6] != "*") return wrong(fields[6]);
  return cron;
}

Result<> Cron::read_days(std::string_view text) {
  any_day_ = text == "*" || text == "?";
  last_day_ = text == "L";
  if (last_day_) return {};
  return read_field(text, 1, 31, no_names, 0, days_);
}

Result<> Cron::read_weekdays(std::string_view text, bool quartz) {
  any_weekday_ = text == "*" || text == "?";
  int const base = quartz ? 1 : 0;
  for (auto const part : split(text, ",")) {
    auto const hash = part.find('#');
    bool const last = part.size() > 1 && part.back() == 'L';
    if (hash == std::string_view::npos && !last) {
      std::bitset<16> bits;
      if (auto r = read_field(part, base, 7, day_names, base, bits); !r) return r;
      for (std::size_t i = 0; i < 8; ++i)
        if (bits.test(i)) weekdays_.set((i + 7 - static_cast<std::size_t>(base)) % 7);
      continue;
    }
    auto const day = number_in(part.substr(0, last ? part.size() - 1 : hash), day_names, base);
    auto const nth = last ? std::optional(1) : number_in(part.substr(hash + 1), no_names, 0);
    if (!day || *day < base || *day > 7 || !nth || *nth < 1 || *nth > 5) return wrong(text);
    auto const weekday = static_cast<std::size_t>((*day - base + 7) % 7);
    if (last) last_weekdays_.set(weekday);
    if (!last) nth_weekdays_.set(weekday * 8 + static_cast<std::size_t>(*nth));
  }
  return {};
}

// Of a day and a weekday that are both given, one is enough: so does every cron.
bool Cron::day_fits(std::chrono::year_month_day date) const {
  if (!months_.test(static_cast<unsigned>(date.month()))) return false;
  auto const day = static_cast<unsigned>(date.day());
  auto const last = static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day());
  auto const weekday = std::chrono::weekday(std::chrono::sys_days(date)).c_encoding();
  bool const by_day = last_day_ ? day == last : days_.test(day);
  bool const by_weekday = weekdays_.test(weekday) || (last_weekdays_.test(weekday) && day + 7 > last) ||
                          nth_weekdays_.test(weekday * 8 + (day + 6) / 7);
  if (any_day_ || any_weekday_) return (any_day_ || by_day) && (any_weekday_ || by_weekday);
  return by_day || by_weekday;
}

std::optional<Instant> Cron::next(Instant after, std::chrono::minutes utc_offset) const {
  using namespace std::chrono;
  auto const local = floor<seconds>(after + utc_offset) + seconds(1);
  auto day = floor<days>(local);
  auto from = local - day;
  for (int tried = 0; tried < 8 * 366; ++tried, day += days(1), from = seconds(0)) {
    if (!day_fits(year_month_day(day))) continue;
    for (auto second = from.count(); second < 86'400; ++second) {
      if (!hours_.test(static_cast<std::size_t>(second / 3600))) {
        second = (second / 3600 + 1) * 3600 - 1;
        continue;
      }
      if (!minutes_.test(static_cast<std::size_t>(second / 60 % 60))) {
        second = (second / 60 + 1) * 60 - 1;
        continue;
      }
      if (!seconds_.test(static_cast<std::size_t>(second % 60))) continue;
      return Instant(day + seconds(second)) - utc_offset;
    }
  }
  return std::nullopt;
}

}  // namespace yunzhi::process

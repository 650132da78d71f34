#include "process/expression/builtins.hpp"

#include <algorithm>
#include <array>

#include "base/text/utf8.hpp"
#include "process/expression/temporal.hpp"

namespace yunzhi::process {
namespace {

using Arguments = std::span<Value const>;
constexpr std::uint32_t any_number = 255;

std::string const* text_at(Arguments arguments, std::size_t at) {
  return at < arguments.size() ? arguments[at].get<std::string>() : nullptr;
}

// The items of the only argument when it is a list, else the arguments themselves.
Arguments items(Arguments arguments) {
  if (arguments.size() != 1) return arguments;
  auto const* list = arguments[0].get<List>();
  return list == nullptr ? arguments : Arguments(**list);
}

Value number_or_null(std::optional<Decimal> number) {
  return number ? Value(*number) : Value();
}

Value negation(Arguments a, Moment const&) {
  auto const* flag = a[0].get<bool>();
  return flag == nullptr ? Value() : Value(!*flag);
}

Value to_text(Arguments a, Moment const&) {
  return a[0].null() ? Value() : Value(a[0].text());
}

Value to_number(Arguments a, Moment const&) {
  if (a[0].get<Decimal>() != nullptr) return a[0];
  auto const* text = text_at(a, 0);
  return text == nullptr ? Value() : number_or_null(Decimal::parse(*text));
}

Value length(Arguments a, Moment const&) {
  auto const* text = text_at(a, 0);
  return text == nullptr ? Value() : Value(Decimal(static_cast<std::int64_t>(characters(*text))));
}

template <char low, char high, int shift>
Value change_case(Arguments a, Moment const&) {
  auto const* text = text_at(a, 0);
  if (text == nullptr) return {};
  std::string changed = *text;
  for (auto& c : changed)
    if (c >= low && c <= high) c = static_cast<char>(c + shift);
  return changed;
}

Value substring(Arguments a, Moment const&) {
  auto const* text = text_at(a, 0);
  auto const* from = a[1].get<Decimal>();
  auto const start = from == nullptr ? std::nullopt : from->integer();
  if (text == nullptr || !start || *start == 0) return {};
  auto const total = static_cast<std::int64_t>(characters(*text));
  auto const skipped = std::clamp<std::int64_t>(*start > 0 ? *start - 1 : total + *start, 0, total);
  auto const rest =
      std::string_view(*text).substr(first_characters(*text, static_cast<std::size_t>(skipped)).size());
  if (a.size() < 3) return std::string(rest);
  auto const* wanted = a[2].get<Decimal>();
  auto const count = wanted == nullptr ? std::nullopt : wanted->integer();
  if (!count || *count < 0) return {};
  return std::string(first_characters(rest, static_cast<std::size_t>(std::min(*count, total))));
}

template <class Test>
Value two_texts(Arguments a, Test test) {
  auto const* left = text_at(a, 0);
  auto const* right = text_at(a, 1);
  return left == nullptr || right == nullptr ? Value() : Value(static_cast<bool>(test(*left, *right)));
}

Value contains(Arguments a, Moment const&) {
  return two_texts(a,
                   [](auto const& text, auto const& part) { return text.find(part) != std::string::npos; });
}
Value starts_with(Arguments a, Moment const&) {
  return two_texts(a, [](auto const& text, auto const& part) { return text.starts_with(part); });
}
Value ends_with(Arguments a, Moment const&) {
  return two_texts(a, [](auto const& text, auto const& part) { return text.ends_with(part); });
}

Value count(Arguments a, Moment const&) {
  auto const* list = a[0].get<List>();
  return list == nullptr ? Value() : Value(Decimal(static_cast<std::int64_t>((*list)->size())));
}

template <int wanted>
Value extreme(Arguments a, Moment const&) {
  auto const all = items(a);
  if (all.empty()) return {};
  Value const* best = &all[0];
  for (auto const& item : all) {
    auto const order = compare(item, *best);
    if (!order) return {};
    if (*order == wanted) best = &item;
  }
  return *best;
}

Value sum(Arguments a, Moment const&) {
  std::optional<Decimal> total = Decimal();
  auto const all = items(a);
  for (auto const& item : all) {
    auto const* number = item.get<Decimal>();
    if (number == nullptr || !total) return {};
    total = add(*total, *number);
  }
  return all.empty() ? Value() : number_or_null(total);
}

Value mean(Arguments a, Moment const& moment) {
  auto const total = sum(a, moment);
  auto const* number = total.get<Decimal>();
  if (number == nullptr) return {};
  return number_or_null(divide(*number, Decimal(static_cast<std::int64_t>(items(a).size()))));
}

Value list_contains(Arguments a, Moment const&) {
  auto const* list = a[0].get<List>();
  if (list == nullptr) return {};
  return std::any_of((*list)->begin(), (*list)->end(),
                     [&](Value const& item) { return equal(item, a[1]).value_or(false); });
}

template <bool wanted>
Value every(Arguments a, Moment const&) {
  bool unknown = false;
  for (auto const& item : items(a)) {
    auto const* flag = item.get<bool>();
    if (flag == nullptr) {
      unknown = true;
    } else if (*flag != wanted) {
      return !wanted;
    }
  }
  return unknown ? Value() : Value(wanted);
}

Value floor_of(Arguments a, Moment const&) {
  auto const* number = a[0].get<Decimal>();
  return number == nullptr ? Value() : Value(number->floor());
}
Value ceiling_of(Arguments a, Moment const&) {
  auto const* number = a[0].get<Decimal>();
  return number == nullptr ? Value() : Value(number->ceiling());
}
Value magnitude(Arguments a, Moment const&) {
  if (auto const* duration = a[0].get<Milliseconds>()) return std::chrono::abs(*duration);
  auto const* number = a[0].get<Decimal>();
  return number == nullptr ? Value() : Value(number->negative() ? -*number : *number);
}
Value rounded(Arguments a, Moment const&) {
  auto const* number = a[0].get<Decimal>();
  auto const* scale = a[1].get<Decimal>();
  auto const places = scale == nullptr ? std::nullopt : scale->integer();
  if (number == nullptr || !places || *places < -6000 || *places > 6000) return {};
  return number->round(static_cast<int>(*places));
}
Value modulo(Arguments a, Moment const&) {
  auto const* number = a[0].get<Decimal>();
  auto const* divisor = a[1].get<Decimal>();
  if (number == nullptr || divisor == nullptr) return {};
  auto const quotient = divide(*number, *divisor);
  auto const taken = quotient ? multiply(quotient->floor(), *divisor) : std::nullopt;
  return taken ? number_or_null(subtract(*number, *taken)) : Value();
}

Value date(Arguments a, Moment const& moment) {
  if (a[0].get<Date>() != nullptr) return a[0];
  if (auto const* instant = a[0].get<Instant>())
    return std::chrono::floor<std::chrono::days>(*instant + moment.utc_offset);
  auto const* text = text_at(a, 0);
  auto const day = text == nullptr ? std::nullopt : parse_date(*text);
  return day ? Value(*day) : Value();
}
Value day_time(Arguments a, Moment const& moment) {
  if (auto const* instant = a[0].get<Instant>()) {
    auto const local = *instant + moment.utc_offset;
    return DayTime{local - std::chrono::floor<std::chrono::days>(local)};
  }
  auto const* text = text_at(a, 0);
  auto const time = text == nullptr ? std::nullopt : parse_day_time(*text);
  return time ? Value(*time) : Value();
}
Value date_and_time(Arguments a, Moment const& moment) {
  if (a[0].get<Instant>() != nullptr && a.size() == 1) return a[0];
  if (a.size() == 2) {
    auto const* day = a[0].get<Date>();
    auto const* time = a[1].get<DayTime>();
    if (day == nullptr || time == nullptr) return {};
    return Instant{*day + time->since_midnight - moment.utc_offset};
  }
  auto const* text = text_at(a, 0);
  auto const instant = text == nullptr ? std::nullopt : parse_date_time(*text, moment.utc_offset);
  return instant ? Value(*instant) : Value();
}
Value duration(Arguments a, Moment const&) {
  auto const* text = text_at(a, 0);
  return text == nullptr ? Value() : parse_any_duration(*text);
}
Value now(Arguments, Moment const& moment) {
  return moment.now;
}
Value today(Arguments, Moment const& moment) {
  return std::chrono::floor<std::chrono::days>(moment.now + moment.utc_offset);
}

constexpr std::array table{
    Builtin{"abs", 1, 1, magnitude},
    Builtin{"all", 1, any_number, every<true>},
    Builtin{"any", 1, any_number, every<false>},
    Builtin{"ceiling", 1, 1, ceiling_of},
    Builtin{"contains", 2, 2, contains},
    Builtin{"count", 1, 1, count},
    Builtin{"date", 1, 1, date},
    Builtin{"date and time", 1, 2, date_and_time},
    Builtin{"decimal", 2, 2, rounded},
    Builtin{"duration", 1, 1, duration},
    Builtin{"ends with", 2, 2, ends_with},
    Builtin{"floor", 1, 1, floor_of},
    Builtin{"list contains", 2, 2, list_contains},
    Builtin{"lower case", 1, 1, change_case<'A', 'Z', 32>},
    Builtin{"max", 1, any_number, extreme<1>},
    Builtin{"mean", 1, any_number, mean},
    Builtin{"min", 1, any_number, extreme<-1>},
    Builtin{"modulo", 2, 2, modulo},
    Builtin{"not", 1, 1, negation},
    Builtin{"now", 0, 0, now},
    Builtin{"number", 1, 1, to_number},
    Builtin{"starts with", 2, 2, starts_with},
    Builtin{"string", 1, 1, to_text},
    Builtin{"string length", 1, 1, length},
    Builtin{"substring", 2, 3, substring},
    Builtin{"sum", 1, any_number, sum},
    Builtin{"time", 1, 1, day_time},
    Builtin{"today", 0, 0, today},
    Builtin{"upper case", 1, 1, change_case<'a', 'z', -32>},
};
static_assert(std::is_sorted(table.begin(), table.end(),
                             [](auto const& l, auto const& r) { return l.name < r.name; }));

}  // namespace

std::span<Builtin const> builtins() {
  return table;
}

std::optional<std::uint32_t> find_builtin(std::string_view name) {
  auto const found =
      std::lower_bound(table.begin(), table.end(), name,
                       [](Builtin const& builtin, std::string_view wanted) { return builtin.name < wanted; });
  if (found == table.end() || found->name != name) return std::nullopt;
  return static_cast<std::uint32_t>(found - table.begin());
}

}  // namespace yunzhi::process

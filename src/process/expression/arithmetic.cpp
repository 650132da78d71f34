#include "process/expression/arithmetic.hpp"

namespace yunzhi::process {
namespace {

std::optional<Duration> bounded(Nanoseconds length) {
  if (length > greatest_length || length < -greatest_length) return std::nullopt;
  return Duration{length};
}

std::optional<Months> bounded_months(std::int64_t count) {
  constexpr std::int64_t most = greatest_year * 24;
  if (count > most || count < -most) return std::nullopt;
  return Months{count};
}

// The wall clock goes on by the length; with a named zone the instant does, and the clock may be turned.
std::optional<DateTime> shifted(DateTime const& point, Duration by) {
  auto const* zone = std::get_if<calendar::Zone>(&point.time.zone);
  if (zone == nullptr) return reading_at(reading_ns(point) + by.length, point.time.zone);
  auto const offset = Nanoseconds{offset_of(point)->count()} * second_ns;
  return date_time_at(reading_ns(point) - offset + by.length, point.time.zone);
}

Value shifted(Value const& point, Duration by) {
  if (auto const* date = point.get<Date>()) {
    auto const moved = reading_at(reading_ns({*date, {}}) + by.length, {});
    return moved ? Value(moved->date) : Value();
  }
  if (auto const* date_time = point.get<DateTime>()) return shifted(*date_time, by);
  auto const* time = point.get<Time>();
  if (time == nullptr) return {};
  auto const rest = (time->since_midnight_ns + by.length) % day_ns;
  return Time{static_cast<std::int64_t>((rest + day_ns) % day_ns), time->zone};
}

Value shifted(Value const& point, Months by) {
  if (auto const* date = point.get<Date>()) return shifted(*date, by.count);
  auto const* date_time = point.get<DateTime>();
  if (date_time == nullptr) return {};
  auto const day = shifted(date_time->date, by.count);
  return day ? Value(DateTime{*day, date_time->time}) : Value();
}

Value moved(Value const& point, Value const& by, bool back) {
  if (auto const* days = by.get<Duration>()) {
    Duration const length{back ? -days->length : days->length};
    auto const* own = point.get<Duration>();
    return own != nullptr ? Value(bounded(own->length + length.length)) : shifted(point, length);
  }
  auto const* months = by.get<Months>();
  if (months == nullptr) return {};
  Months const count{back ? -months->count : months->count};
  auto const* own = point.get<Months>();
  return own != nullptr ? Value(bounded_months(own->count + count.count)) : shifted(point, count);
}

// A date counts as its midnight: in UTC beside a reading with a zone, else without one.
std::optional<DateTime> reading_of(Value const& value, bool zoned) {
  if (auto const* date_time = value.get<DateTime>()) return *date_time;
  if (auto const* time = value.get<Time>()) return DateTime{{}, *time};
  auto const* date = value.get<Date>();
  if (date == nullptr) return std::nullopt;
  return DateTime{*date, Time{0, zoned ? TimeZone{std::chrono::seconds{0}} : TimeZone{}}};
}

Value between(Value const& left, Value const& right) {
  if ((left.kind() == Kind::time) != (right.kind() == Kind::time)) return {};
  // A date beside a moment is its midnight in UTC: there is no length between that and a moment of no zone.
  auto const first = reading_of(left, right.kind() == Kind::date_time);
  auto const second = reading_of(right, left.kind() == Kind::date_time);
  if (!first || !second) return {};
  auto const first_offset = offset_of(*first);
  auto const second_offset = offset_of(*second);
  if (first_offset.has_value() != second_offset.has_value()) return {};
  auto length = reading_ns(*first) - reading_ns(*second);
  if (first_offset) length -= Nanoseconds{first_offset->count() - second_offset->count()} * second_ns;
  return bounded(length);
}

Decimal whole(Nanoseconds value) {
  bool const minus = value < 0;
  std::string digits;
  for (auto rest = minus ? -value : value; rest != 0; rest /= 10)
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(rest % 10)));
  return Decimal::parse((minus ? "-" : "") + (digits.empty() ? "0" : digits)).value_or(Decimal());
}

std::optional<Duration> duration_of(std::optional<Decimal> const& ns) {
  if (!ns) return std::nullopt;
  auto const cut = ns->round(0, Decimal::Rounding::down);
  if (cut.magnitude() > whole(greatest_length)) return std::nullopt;
  Nanoseconds length = 0;
  for (char const c : cut.magnitude().text()) length = length * 10 + (c - '0');
  return Duration{cut.negative() ? -length : length};
}

std::optional<Months> months_of(std::optional<Decimal> const& count) {
  auto const cut = count ? count->round(0, Decimal::Rounding::down).integer() : std::nullopt;
  return cut ? bounded_months(*cut) : std::nullopt;
}

Value scaled(Value const& duration, Decimal by, bool divided) {
  auto const times = [&](Decimal length) { return divided ? divide(length, by) : multiply(length, by); };
  if (auto const* days = duration.get<Duration>()) return duration_of(times(whole(days->length)));
  auto const* months = duration.get<Months>();
  return months == nullptr ? Value() : Value(months_of(times(Decimal(months->count))));
}

}  // namespace

Value sum_of(Value const& left, Value const& right, Evaluation& evaluation) {
  auto const* first = left.get<Decimal>();
  auto const* second = right.get<Decimal>();
  if (first != nullptr && second != nullptr) return add(*first, *second);
  if (auto const* text = left.get<std::string>()) {
    auto const* end = right.get<std::string>();
    return end == nullptr ? Value() : evaluation.text(*text + *end);
  }
  auto result = moved(left, right, false);
  return result.null() ? moved(right, left, false) : result;
}

Value difference_of(Value const& left, Value const& right) {
  auto const* first = left.get<Decimal>();
  auto const* second = right.get<Decimal>();
  if (first != nullptr && second != nullptr) return subtract(*first, *second);
  bool const length = right.kind() == Kind::duration || right.kind() == Kind::months;
  return length ? moved(left, right, true) : between(left, right);
}

Value product_of(Value const& left, Value const& right) {
  auto const* first = left.get<Decimal>();
  auto const* second = right.get<Decimal>();
  if (first != nullptr && second != nullptr) return multiply(*first, *second);
  if (second != nullptr) return scaled(left, *second, false);
  return first != nullptr ? scaled(right, *first, false) : Value();
}

Value quotient_of(Value const& left, Value const& right) {
  auto const* first = left.get<Decimal>();
  auto const* second = right.get<Decimal>();
  if (first != nullptr && second != nullptr) return divide(*first, *second);
  if (second != nullptr) return scaled(left, *second, true);
  if (left.kind() != right.kind()) return {};
  if (auto const* days = left.get<Duration>())
    return divide(whole(days->length), whole(right.get<Duration>()->length));
  auto const* months = left.get<Months>();
  return months == nullptr ? Value()
                           : Value(divide(Decimal(months->count), Decimal(right.get<Months>()->count)));
}

Value power_of(Value const& left, Value const& right) {
  auto const* base = left.get<Decimal>();
  auto const* exponent = right.get<Decimal>();
  return base == nullptr || exponent == nullptr ? Value() : Value(power(*base, *exponent));
}

Value negative_of(Value const& value) {
  if (auto const* number = value.get<Decimal>()) return -*number;
  if (auto const* days = value.get<Duration>()) return Duration{-days->length};
  if (auto const* months = value.get<Months>()) return Months{-months->count};
  return {};
}

}  // namespace yunzhi::process

#include "process/expression/decimal.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace yunzhi::process {
namespace {

using Whole = Decimal::Whole;

constexpr int least_exponent = -6176;
constexpr int greatest_exponent = 6111;
constexpr int most_digits = 38;  // what a 128-bit integer holds for sure is 10^38 - 1

constexpr Whole power_of_ten(int exponent) {
  Whole power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

struct Powers {
  Whole of[most_digits + 1]{};
  constexpr Powers() {
    for (int i = 0; i <= most_digits; ++i) of[i] = power_of_ten(i);
  }
};
constexpr Powers powers;

Whole magnitude(Whole value) {
  return value < 0 ? -value : value;
}

int digits_of(Whole value) {
  value = magnitude(value);
  int count = 0;
  while (count < most_digits && value >= powers.of[count]) ++count;
  return count;
}

// Divides by 10^places. A lost remainder stays visible in the last digit, so that a later rounding to
// fewer digits goes the right way.
Whole shift_down_sticky(Whole value, int places) {
  if (places > most_digits) return value == 0 ? 0 : (value < 0 ? -1 : 1);
  Whole const quotient = value / powers.of[places];
  bool const lost = value % powers.of[places] != 0;
  if (lost && quotient % 5 == 0) return quotient + (value < 0 ? -1 : 1);
  return quotient;
}

Whole shift_down_half_even(Whole value, int places) {
  if (places > most_digits) return 0;
  Whole const unit = powers.of[places];
  Whole quotient = value / unit;
  Whole const rest = magnitude(value % unit);
  bool const up = rest * 2 > unit || (rest * 2 == unit && quotient % 2 != 0);
  if (up && places > 0) quotient += value < 0 ? -1 : 1;
  return quotient;
}

}  // namespace

std::optional<Decimal> Decimal::fit(Whole coefficient, std::int64_t exponent) {
  int const surplus = digits_of(coefficient) - digits;
  if (surplus > 0) {
    coefficient = shift_down_half_even(coefficient, surplus);
    exponent += surplus;
  }
  while (exponent < least_exponent && coefficient != 0) {
    coefficient = shift_down_half_even(coefficient, 1);
    ++exponent;
  }
  while (exponent > greatest_exponent && coefficient != 0 && digits_of(coefficient) < digits) {
    coefficient *= 10;
    --exponent;
  }
  if (coefficient == 0) exponent = 0;
  if (exponent > greatest_exponent) return std::nullopt;
  Decimal fitted;
  fitted.coefficient_ = coefficient;
  fitted.exponent_ = static_cast<int>(exponent);
  return fitted;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool const minus = !text.empty() && text.front() == '-';
  if (minus) text.remove_prefix(1);
  Whole coefficient = 0;
  std::int64_t exponent = 0;
  bool digit_seen = false;
  bool point_seen = false;
  std::size_t i = 0;
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.' && !point_seen) {
      point_seen = true;
      continue;
    }
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    digit_seen = true;
    if (coefficient < powers.of[most_digits - 1]) {
      coefficient = coefficient * 10 + (text[i] - '0');
      exponent -= point_seen ? 1 : 0;
    } else {
      exponent += point_seen ? 0 : 1;
    }
  }
  if (!digit_seen) return std::nullopt;
  if (i < text.size()) {
    auto power = text.substr(i + 1);
    if (!power.empty() && power.front() == '+') power.remove_prefix(1);
    int written = 0;
    auto const [end, error] = std::from_chars(power.data(), power.data() + power.size(), written);
    if (error != std::errc{} || end != power.data() + power.size()) return std::nullopt;
    exponent += written;
  }
  return fit(minus ? -coefficient : coefficient, exponent);
}

std::optional<Decimal> Decimal::from(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char buffer[32];
  auto const [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  if (error != std::errc{}) return std::nullopt;
  return parse({buffer, static_cast<std::size_t>(end - buffer)});
}

std::string Decimal::text() const {
  Whole rest = magnitude(coefficient_);
  int exponent = exponent_;
  while (rest != 0 && exponent < 0 && rest % 10 == 0) {
    rest /= 10;
    ++exponent;
  }
  std::string reversed;
  for (; rest != 0; rest /= 10) reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
  std::string text(reversed.rbegin(), reversed.rend());
  if (text.empty()) return "0";
  if (exponent > 40 || exponent < -80) {
    text += 'E' + std::to_string(exponent);
  } else if (exponent >= 0) {
    text.append(static_cast<std::size_t>(exponent), '0');
  } else {
    auto const places = static_cast<std::size_t>(-exponent);
    if (text.size() <= places) text.insert(0, places - text.size() + 1, '0');
    text.insert(text.size() - places, 1, '.');
  }
  return negative() ? "-" + text : text;
}

std::optional<std::int64_t> Decimal::integer() const {
  Whole value = coefficient_;
  if (exponent_ < 0) {
    if (-exponent_ > digits || value % powers.of[-exponent_] != 0) return std::nullopt;
    value /= powers.of[-exponent_];
  } else if (value != 0) {
    if (exponent_ > 18 || digits_of(value) + exponent_ > 19) return std::nullopt;
    value *= powers.of[exponent_];
  }
  if (value > INT64_MAX || value < INT64_MIN) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

double Decimal::approximate() const {
  double value = 0;
  auto const written = text();
  std::from_chars(written.data(), written.data() + written.size(), value);
  return value;
}

Decimal Decimal::operator-() const {
  Decimal opposite = *this;
  opposite.coefficient_ = -coefficient_;
  return opposite;
}

Decimal Decimal::to_whole(int direction) const {
  if (exponent_ >= 0) return *this;
  Decimal whole;
  bool const tiny = -exponent_ > most_digits;
  Whole const unit = powers.of[std::min(-exponent_, most_digits)];
  whole.coefficient_ = tiny ? 0 : coefficient_ / unit;
  bool const lost = tiny ? coefficient_ != 0 : coefficient_ % unit != 0;
  if (lost && (coefficient_ < 0) == (direction < 0)) whole.coefficient_ += direction;
  return whole;
}

Decimal Decimal::floor() const {
  return to_whole(-1);
}
Decimal Decimal::ceiling() const {
  return to_whole(1);
}

Decimal Decimal::round(int scale) const {
  if (-exponent_ <= scale) return *this;
  Decimal rounded;
  rounded.coefficient_ = shift_down_half_even(coefficient_, -exponent_ - scale);
  rounded.exponent_ = rounded.coefficient_ == 0 ? 0 : -scale;
  return rounded;
}

std::optional<Decimal> add(Decimal left, Decimal right) {
  if (left.exponent_ < right.exponent_) std::swap(left, right);
  if (left.coefficient_ == 0) return right;
  if (right.coefficient_ == 0) return left;
  int const room = most_digits - 1 - digits_of(left.coefficient_);
  int const gap = left.exponent_ - right.exponent_;
  int const up = std::min(gap, room);
  Whole const high = left.coefficient_ * powers.of[up];
  Whole const low = shift_down_sticky(right.coefficient_, gap - up);
  return Decimal::fit(high + low, left.exponent_ - up);
}

std::optional<Decimal> subtract(Decimal left, Decimal right) {
  return add(left, -right);
}

std::optional<Decimal> multiply(Decimal left, Decimal right) {
  std::int64_t const exponent = std::int64_t{left.exponent_} + right.exponent_;
  Whole const a = magnitude(left.coefficient_);
  Whole const b = magnitude(right.coefficient_);
  bool const minus = left.negative() != right.negative();
  if (digits_of(a) + digits_of(b) <= most_digits) return Decimal::fit(minus ? -(a * b) : a * b, exponent);
  // Schoolbook multiplication in two halves of 17 digits: the product is high · 10^34 + tail.
  Whole const half = powers.of[17];
  Whole const low = (a % half) * (b % half);
  Whole const middle = (a / half) * (b % half) + (a % half) * (b / half) + low / half;
  Whole const high = (a / half) * (b / half) + middle / half;
  Whole const tail = (middle % half) * half + low % half;
  int const up = std::min(most_digits - 1 - digits_of(high), 34);
  Whole const product = high * powers.of[up] + shift_down_sticky(tail, 34 - up);
  return Decimal::fit(minus ? -product : product, exponent + 34 - up);
}

std::optional<Decimal> divide(Decimal left, Decimal right) {
  if (right.coefficient_ == 0) return std::nullopt;
  std::int64_t exponent = std::int64_t{left.exponent_} - right.exponent_;
  Whole const divisor = magnitude(right.coefficient_);
  Whole quotient = magnitude(left.coefficient_) / divisor;
  Whole rest = magnitude(left.coefficient_) % divisor;
  while (rest != 0 && quotient < powers.of[Decimal::digits + 1]) {
    rest *= 10;
    quotient = quotient * 10 + rest / divisor;
    rest %= divisor;
    --exponent;
  }
  if (rest != 0 && quotient % 5 == 0) ++quotient;
  return Decimal::fit(left.negative() != right.negative() ? -quotient : quotient, exponent);
}

std::strong_ordering operator<=>(Decimal left, Decimal right) {
  if (left.exponent_ == right.exponent_) return left.coefficient_ <=> right.coefficient_;
  int const left_sign = (left.coefficient_ > 0) - (left.coefficient_ < 0);
  int const right_sign = (right.coefficient_ > 0) - (right.coefficient_ < 0);
  if (left_sign != right_sign || left_sign == 0) return left_sign <=> right_sign;
  int const left_top = digits_of(left.coefficient_) + left.exponent_;
  int const right_top = digits_of(right.coefficient_) + right.exponent_;
  if (left_top != right_top) return left_sign > 0 ? left_top <=> right_top : right_top <=> left_top;
  // Equal leading places: the gap between the exponents is at most 34, so the alignment fits.
  if (left.exponent_ > right.exponent_)
    return left.coefficient_ * powers.of[left.exponent_ - right.exponent_] <=> right.coefficient_;
  return left.coefficient_ <=> right.coefficient_ * powers.of[right.exponent_ - left.exponent_];
}

}  // namespace yunzhi::process

#include "process/expression/decimal.hpp"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cwchar>

// Intel's library, in the form that takes values, and rounding and flags as arguments.
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
extern "C" {
#include <bid_conf.h>
#include <bid_functions.h>
}

namespace yunzhi::process {

__extension__ using Wide = unsigned __int128;

/// The library's form of a number and ours; both are the interchange format of IEEE 754-2008.
struct DecimalBits {
  static BID_UINT128 of(Decimal value) {
    BID_UINT128 bits;
    bits.w[0] = value.low_;
    bits.w[1] = value.high_;
    return bits;
  }
  static Decimal number(BID_UINT128 const& bits) {
    Decimal value;
    value.low_ = bits.w[0];
    value.high_ = bits.w[1];
    return value;
  }
  static std::optional<Decimal> finite(BID_UINT128 const& bits) {
    if (bid128_isFinite(bits) == 0) return std::nullopt;
    auto value = number(bits);
    if (value.zero()) return Decimal();
    return value;
  }
  static int exponent(Decimal value) { return static_cast<int>((value.high_ >> 49U) & 0x3FFFU) - 6176; }
  static Wide coefficient(Decimal value) {
    return (Wide{value.high_ & Decimal::coefficient} << 64U) | value.low_;
  }
  static Decimal make(bool negative, Wide coefficient, int exponent) {
    Decimal value;
    value.low_ = static_cast<std::uint64_t>(coefficient);
    value.high_ = static_cast<std::uint64_t>(coefficient >> 64U) |
                  (static_cast<std::uint64_t>(exponent + 6176) << 49U) | (negative ? Decimal::sign : 0);
    return value;
  }
};

namespace {

constexpr unsigned nearest = BID_ROUNDING_TO_NEAREST;
using Bits = DecimalBits;

unsigned direction(Decimal value, Decimal::Rounding rounding) {
  switch (rounding) {
    case Decimal::Rounding::down:
    case Decimal::Rounding::half_down:
      return BID_ROUNDING_TO_ZERO;
    case Decimal::Rounding::up:
      return value.negative() ? BID_ROUNDING_DOWN : BID_ROUNDING_UP;
    case Decimal::Rounding::half_up:
      return BID_ROUNDING_TIES_AWAY;
    case Decimal::Rounding::floor:
      return BID_ROUNDING_DOWN;
    case Decimal::Rounding::ceiling:
      return BID_ROUNDING_UP;
    default:
      return nearest;
  }
}

bool is_number(std::string_view text) {
  bool digit = false;
  bool point = false;
  std::size_t i = !text.empty() && text.front() == '-' ? 1 : 0;
  for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
    if (text[i] == '.' && !point) {
      point = true;
    } else if (text[i] >= '0' && text[i] <= '9') {
      digit = true;
    } else {
      return false;
    }
  }
  if (!digit || i == text.size()) return digit;
  auto power = text.substr(i + 1);
  if (!power.empty() && (power.front() == '+' || power.front() == '-')) power.remove_prefix(1);
  return !power.empty() && power.size() < 6 && power.find_first_not_of("0123456789") == power.npos;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  if (!is_number(text)) return std::nullopt;
  std::int64_t whole = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error == std::errc{} && end == text.data() + text.size()) return Decimal(whole);
  std::string written(text);
  unsigned flags = 0;
  return Bits::finite(bid128_from_string(written.data(), nearest, &flags));
}

std::optional<Decimal> Decimal::from(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char buffer[32];
  auto const [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  if (error != std::errc{}) return std::nullopt;
  return parse({buffer, static_cast<std::size_t>(end - buffer)});
}

bool Decimal::zero() const {
  return low_ == 0 && (high_ & coefficient) == 0;
}

std::string Decimal::text() const {
  Wide rest = Bits::coefficient(*this);
  if (rest == 0) return "0";
  int exponent = Bits::exponent(*this);
  for (; exponent < 0 && rest % 10 == 0; rest /= 10) ++exponent;
  std::string reversed;
  for (; rest != 0; rest /= 10) reversed += static_cast<char>('0' + static_cast<int>(rest % 10));
  std::string text(reversed.rbegin(), reversed.rend());
  auto const length = static_cast<int>(text.size());
  if (exponent > 40 || exponent + length < -40) {
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
  auto value = Bits::coefficient(*this);
  int exponent = Bits::exponent(*this);
  if (value == 0) return 0;
  for (; exponent < 0; ++exponent, value /= 10)
    if (value % 10 != 0) return std::nullopt;
  for (; exponent > 0; --exponent, value *= 10)
    if (value > Wide{INT64_MAX}) return std::nullopt;
  if (value > Wide{INT64_MAX}) return std::nullopt;
  auto const whole = static_cast<std::int64_t>(value);
  return negative() ? -whole : whole;
}

double Decimal::approximate() const {
  double value = 0;
  auto const written = text();
  std::from_chars(written.data(), written.data() + written.size(), value);
  return value;
}

Decimal Decimal::operator-() const {
  if (zero()) return {};
  Decimal opposite = *this;
  opposite.high_ ^= sign;
  return opposite;
}

Decimal Decimal::magnitude() const {
  return negative() ? -*this : *this;
}

Decimal Decimal::round(int scale, Rounding rounding) const {
  if (Bits::exponent(*this) >= -scale) return *this;
  auto const unit = Bits::of(Bits::make(false, 1, -scale));
  unsigned flags = 0;
  auto const cut = Bits::finite(bid128_quantize(Bits::of(*this), unit, direction(*this, rounding), &flags))
                       .value_or(Decimal());
  if (rounding != Rounding::half_down) return cut;
  auto const rest = subtract(magnitude(), cut.magnitude());
  if (!rest || *rest <= Bits::make(false, 5, -scale - 1)) return cut;
  return round(scale, Rounding::up);
}

std::optional<Decimal> add(Decimal left, Decimal right) {
  unsigned flags = 0;
  return Bits::finite(bid128_add(Bits::of(left), Bits::of(right), nearest, &flags));
}

std::optional<Decimal> subtract(Decimal left, Decimal right) {
  return add(left, -right);
}

std::optional<Decimal> multiply(Decimal left, Decimal right) {
  unsigned flags = 0;
  return Bits::finite(bid128_mul(Bits::of(left), Bits::of(right), nearest, &flags));
}

std::optional<Decimal> divide(Decimal left, Decimal right) {
  if (right.zero()) return std::nullopt;
  unsigned flags = 0;
  return Bits::finite(bid128_div(Bits::of(left), Bits::of(right), nearest, &flags));
}

std::optional<Decimal> power(Decimal base, Decimal exponent) {
  auto times = exponent.integer();
  if (!times || *times < -64 || *times > 64) {
    unsigned flags = 0;
    return Bits::finite(bid128_pow(Bits::of(base), Bits::of(exponent), nearest, &flags));
  }
  // Whole exponents by multiplication, so that what can be exact is.
  std::optional<Decimal> result = Decimal(1);
  std::optional<Decimal> square = base;
  for (auto rest = std::abs(*times); rest != 0 && result && square; rest /= 2) {
    if (rest % 2 != 0) result = multiply(*result, *square);
    if (rest > 1) square = multiply(*square, *square);
  }
  if (!result || !square) return std::nullopt;
  return *times < 0 ? divide(Decimal(1), *result) : result;
}

std::optional<Decimal> square_root(Decimal value) {
  unsigned flags = 0;
  return Bits::finite(bid128_sqrt(Bits::of(value), nearest, &flags));
}

std::optional<Decimal> exponential(Decimal value) {
  unsigned flags = 0;
  return Bits::finite(bid128_exp(Bits::of(value), nearest, &flags));
}

std::optional<Decimal> logarithm(Decimal value) {
  if (value.zero() || value.negative()) return std::nullopt;
  unsigned flags = 0;
  return Bits::finite(bid128_log(Bits::of(value), nearest, &flags));
}

std::optional<Decimal> modulo(Decimal dividend, Decimal divisor) {
  if (divisor.zero()) return std::nullopt;
  unsigned flags = 0;
  auto const rest = Bits::finite(bid128_fmod(Bits::of(dividend), Bits::of(divisor), &flags));
  if (!rest || rest->zero() || rest->negative() == divisor.negative()) return rest;
  return add(*rest, divisor);
}

std::strong_ordering Decimal::ordered(Decimal left, Decimal right) {
  unsigned flags = 0;
  if (bid128_quiet_less(Bits::of(left), Bits::of(right), &flags) != 0) return std::strong_ordering::less;
  if (bid128_quiet_equal(Bits::of(left), Bits::of(right), &flags) != 0) return std::strong_ordering::equal;
  return std::strong_ordering::greater;
}

}  // namespace yunzhi::process

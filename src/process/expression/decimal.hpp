// Decimal numbers of 34 digits (IEEE 754-2008 decimal128), as FEEL asks: what a person writes as 0.1 is
// 0.1. A value is coefficient · 10^exponent; results are rounded half to even. Never a binary fraction,
// never infinite, never NaN.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yunzhi::process {

class Decimal {
 public:
  static constexpr int digits = 34;

  /// Where a number goes when digits are cut off.
  enum class Rounding : std::uint8_t { half_even, down, up, half_up, half_down, floor, ceiling };

  constexpr Decimal() = default;
  constexpr explicit Decimal(std::int64_t value)
      : high_(exponent_zero | (value < 0 ? sign : 0)),
        low_(value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                       : static_cast<std::uint64_t>(value)) {}

  /// `12`, `-0.5`, `1.2e3`; nothing when the text is no number or out of range.
  static std::optional<Decimal> parse(std::string_view text);
  /// The shortest decimal that reads back as the same double; nothing for infinities and NaN.
  static std::optional<Decimal> from(double value);

  /// All its digits, without an exponent unless that would need more than 40 zeros.
  [[nodiscard]] std::string text() const;
  /// The value when it is a whole number within 64 bits.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] double approximate() const;
  [[nodiscard]] bool zero() const;
  [[nodiscard]] bool negative() const { return (high_ & sign) != 0 && !zero(); }
  /// The same number without trailing zeros behind the point.
  [[nodiscard]] Decimal operator-() const;
  [[nodiscard]] Decimal magnitude() const;
  /// At most `scale` digits behind the point; a negative scale rounds before it.
  [[nodiscard]] Decimal round(int scale, Rounding rounding) const;

  /// Nothing when the result is out of range or has no meaning (a division by zero, the root of -1).
  friend std::optional<Decimal> add(Decimal left, Decimal right);
  friend std::optional<Decimal> subtract(Decimal left, Decimal right);
  friend std::optional<Decimal> multiply(Decimal left, Decimal right);
  friend std::optional<Decimal> divide(Decimal left, Decimal right);
  friend std::optional<Decimal> power(Decimal base, Decimal exponent);
  friend std::optional<Decimal> square_root(Decimal value);
  friend std::optional<Decimal> exponential(Decimal value);
  friend std::optional<Decimal> logarithm(Decimal value);
  /// dividend - divisor · floor(dividend / divisor): the sign is the divisor's.
  friend std::optional<Decimal> modulo(Decimal dividend, Decimal divisor);

  friend std::strong_ordering operator<=>(Decimal left, Decimal right) {
    if (((left.high_ ^ right.high_) & ~coefficient) != 0) return ordered(left, right);
    // Equal signs and exponents: the coefficients decide.
    auto const order = left.high_ != right.high_ ? left.high_ <=> right.high_ : left.low_ <=> right.low_;
    return (left.high_ & sign) == 0 ? order : 0 <=> order;
  }
  friend bool operator==(Decimal left, Decimal right) { return (left <=> right) == 0; }

 private:
  friend struct DecimalBits;
  static constexpr std::uint64_t sign = std::uint64_t{1} << 63;
  static constexpr std::uint64_t coefficient = (std::uint64_t{1} << 49) - 1;
  static constexpr std::uint64_t exponent_zero = std::uint64_t{6176} << 49;

  static std::strong_ordering ordered(Decimal left, Decimal right);

  std::uint64_t high_ =
      exponent_zero;  // binary integer decimal: sign, 14 bits of exponent, 113 of coefficient
  std::uint64_t low_ = 0;
};

std::optional<Decimal> add(Decimal left, Decimal right);
std::optional<Decimal> subtract(Decimal left, Decimal right);
std::optional<Decimal> multiply(Decimal left, Decimal right);
std::optional<Decimal> divide(Decimal left, Decimal right);
std::optional<Decimal> power(Decimal base, Decimal exponent);
std::optional<Decimal> square_root(Decimal value);
std::optional<Decimal> exponential(Decimal value);
std::optional<Decimal> logarithm(Decimal value);
std::optional<Decimal> modulo(Decimal dividend, Decimal divisor);

}  // namespace yunzhi::process

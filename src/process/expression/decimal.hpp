// Decimal numbers of 34 digits, as FEEL asks: what a person writes as 0.1 is 0.1. A value is
// coefficient · 10^exponent; results are rounded half to even. Never a binary fraction.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace yunzhi::process {

class Decimal {
 public:
  __extension__ using Whole = __int128;
  static constexpr int digits = 34;

  constexpr Decimal() = default;
  constexpr explicit Decimal(std::int64_t value) : coefficient_(value) {}

  /// `12`, `-0.5`, `1.2e3`; nothing when the text is no number or out of range.
  static std::optional<Decimal> parse(std::string_view text);
  /// The shortest decimal that reads back as the same double; nothing for infinities and NaN.
  static std::optional<Decimal> from(double value);

  [[nodiscard]] std::string text() const;
  /// The value when it is a whole number within 64 bits.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] double approximate() const;
  [[nodiscard]] bool zero() const { return coefficient_ == 0; }
  [[nodiscard]] bool negative() const { return coefficient_ < 0; }

  [[nodiscard]] Decimal operator-() const;
  /// Rounded down or up to a whole number, or half to even at `scale` digits behind the point.
  [[nodiscard]] Decimal floor() const;
  [[nodiscard]] Decimal ceiling() const;
  [[nodiscard]] Decimal round(int scale) const;

  /// Nothing when the result is out of range, or the divisor is zero.
  friend std::optional<Decimal> add(Decimal left, Decimal right);
  friend std::optional<Decimal> multiply(Decimal left, Decimal right);
  friend std::optional<Decimal> divide(Decimal left, Decimal right);

  friend std::strong_ordering operator<=>(Decimal left, Decimal right);
  friend bool operator==(Decimal left, Decimal right) { return (left <=> right) == 0; }

 private:
  static std::optional<Decimal> fit(Whole coefficient, std::int64_t exponent);
  [[nodiscard]] Decimal to_whole(int direction) const;

  Whole coefficient_ = 0;
  int exponent_ = 0;
};

std::optional<Decimal> add(Decimal left, Decimal right);
std::optional<Decimal> multiply(Decimal left, Decimal right);
std::optional<Decimal> divide(Decimal left, Decimal right);
std::optional<Decimal> subtract(Decimal left, Decimal right);

}  // namespace yunzhi::process

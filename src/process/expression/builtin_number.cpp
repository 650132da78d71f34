// Numeric functions (DMN 1.3, 10.3.4.5).
#include <array>

#include "process/expression/builtins.hpp"

namespace yunzhi::process {
namespace {

Decimal number_at(Arguments a, std::size_t at) {
  return *a[at].get<Decimal>();
}

// A scale's fraction does not count; the rest is within the exponents of decimal128.
Value rounded(Arguments a, Decimal::Rounding rounding) {
  auto const* given_scale = given(a, 1);
  auto const scale = given_scale == nullptr
                         ? std::optional(0)
                         : small_integer(number_at(a, 1).round(0, Decimal::Rounding::down));
  if (!scale || *scale < -6111 || *scale > 6176) return {};
  return number_at(a, 0).round(*scale, rounding);
}

template <Decimal::Rounding rounding>
Value round_to(Arguments a, Evaluation&) {
  return rounded(a, rounding);
}

Value magnitude(Arguments a, Evaluation&) {
  if (auto const* number = a[0].get<Decimal>()) return number->magnitude();
  if (auto const* days = a[0].get<Duration>())
    return Duration{days->length < 0 ? -days->length : days->length};
  auto const* months = a[0].get<Months>();
  return months == nullptr ? Value() : Value(Months{months->count < 0 ? -months->count : months->count});
}

Value rest(Arguments a, Evaluation&) {
  return modulo(number_at(a, 0), number_at(a, 1));
}
Value root(Arguments a, Evaluation&) {
  return square_root(number_at(a, 0));
}
Value natural_logarithm(Arguments a, Evaluation&) {
  return logarithm(number_at(a, 0));
}
Value natural_exponential(Arguments a, Evaluation&) {
  return exponential(number_at(a, 0));
}

// Whether division by two leaves that rest; a broken number is neither odd nor even.
Value parity(Arguments a, bool odd) {
  auto const left = modulo(number_at(a, 0), Decimal(2));
  return left ? Value(*left == Decimal(odd ? 1 : 0)) : Value();
}
Value is_odd(Arguments a, Evaluation&) {
  return parity(a, true);
}
Value is_even(Arguments a, Evaluation&) {
  return parity(a, false);
}

using Rounding = Decimal::Rounding;
constexpr std::array lines{
    BuiltinLine{"decimal", "n:number, scale:number", round_to<Rounding::half_even>},
    BuiltinLine{"floor", "n:number, scale?:number", round_to<Rounding::floor>},
    BuiltinLine{"ceiling", "n:number, scale?:number", round_to<Rounding::ceiling>},
    BuiltinLine{"round up", "n:number, scale:number", round_to<Rounding::up>},
    BuiltinLine{"round down", "n:number, scale:number", round_to<Rounding::down>},
    BuiltinLine{"round half up", "n:number, scale:number", round_to<Rounding::half_up>},
    BuiltinLine{"round half down", "n:number, scale:number", round_to<Rounding::half_down>},
    BuiltinLine{"abs", "n:number | n:duration", magnitude},
    BuiltinLine{"modulo", "dividend:number, divisor:number", rest},
    BuiltinLine{"sqrt", "number:number", root},
    BuiltinLine{"log", "number:number", natural_logarithm},
    BuiltinLine{"exp", "number:number", natural_exponential},
    BuiltinLine{"odd", "number:number", is_odd},
    BuiltinLine{"even", "number:number", is_even},
};

}  // namespace

std::span<BuiltinLine const> number_builtins() {
  return lines;
}

}  // namespace yunzhi::process

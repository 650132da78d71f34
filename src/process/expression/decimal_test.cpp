#include "process/expression/decimal.hpp"

#include <doctest/doctest.h>

using yunzhi::process::Decimal;

namespace {
Decimal number(std::string_view text) {
  return Decimal::parse(text).value();
}
}  // namespace

TEST_CASE("a tenth and two tenths are three tenths") {
  CHECK(add(number("0.1"), number("0.2")) == number("0.3"));
  CHECK(subtract(number("1"), number("0.9"))->text() == "0.1");
}

TEST_CASE("numbers are written as they were read, without idle zeros") {
  for (auto const* text :
       {"0", "1", "-1", "0.5", "-0.05", "123456789012345678901234567890.1234", "100", "1000000"})
    CHECK(number(text).text() == text);
  CHECK(number("1.50").text() == "1.5");
  CHECK(number("1.2e3").text() == "1200");
  CHECK_FALSE(Decimal::parse("1.2.3"));
  CHECK_FALSE(Decimal::parse(""));
  CHECK_FALSE(Decimal::parse("-"));
  CHECK_FALSE(Decimal::parse("1e99999"));
}

TEST_CASE("a quotient without end is rounded to 34 digits, half to even") {
  CHECK(divide(number("1"), number("3"))->text() == "0.3333333333333333333333333333333333");
  CHECK(divide(number("2"), number("3"))->text() == "0.6666666666666666666666666666666667");
  CHECK(divide(number("10"), number("4"))->text() == "2.5");
  CHECK_FALSE(divide(number("1"), number("0")));
}

TEST_CASE("a product of 34 by 34 digits is rounded once") {
  auto const nines = number("9999999999999999999999999999999999");
  CHECK(multiply(nines, nines) == number("9999999999999999999999999999999998e34"));
  CHECK(multiply(number("-1.5"), number("4")) == number("-6"));
  CHECK(multiply(number("12345678901234567890"), number("98765432109876543210")) ==
        number("1219326311370217952237463801111264e6"));
}

TEST_CASE("a sum of far apart numbers keeps the greater one") {
  CHECK(add(number("1e30"), number("1e-30")) == number("1e30"));
  CHECK(add(number("1e34"), number("1")) == number("1e34"));
  CHECK(add(number("1e33"), number("1")) == number("1000000000000000000000000000000001"));
}

TEST_CASE("numbers compare by value, whatever their exponents") {
  CHECK(number("1.0") == number("1"));
  CHECK(number("1e3") == number("1000"));
  CHECK(number("-2") < number("-1.999"));
  CHECK(number("0") < number("1e-100"));
  CHECK(number("1e100") > number("9999"));
}

TEST_CASE("rounding follows the sign") {
  using Rounding = Decimal::Rounding;
  auto const rounded = [](char const* text, int scale, Rounding rounding) {
    return number(text).round(scale, rounding).text();
  };
  CHECK(rounded("-1.5", 0, Rounding::floor) == "-2");
  CHECK(rounded("-1.5", 0, Rounding::ceiling) == "-1");
  CHECK(rounded("2.5", 0, Rounding::half_even) == "2");
  CHECK(rounded("2.345", 2, Rounding::half_even) == "2.34");
  CHECK(rounded("1e-50", 0, Rounding::ceiling) == "1");
  CHECK(rounded("-5.5", 0, Rounding::up) == "-6");
  CHECK(rounded("-5.5", 0, Rounding::down) == "-5");
  CHECK(rounded("5.5", 0, Rounding::half_up) == "6");
  CHECK(rounded("-5.5", 0, Rounding::half_up) == "-6");
  CHECK(rounded("5.5", 0, Rounding::half_down) == "5");
  CHECK(rounded("5.51", 0, Rounding::half_down) == "6");
  CHECK(rounded("1234", -2, Rounding::half_up) == "1200");
}

TEST_CASE("roots, powers and logarithms are right to the last of 34 digits") {
  CHECK(square_root(number("2"))->text() == "1.414213562373095048801688724209698");
  CHECK(exponential(number("1"))->text() == "2.718281828459045235360287471352662");
  CHECK(logarithm(number("10"))->text() == "2.302585092994045684017991454684364");
  CHECK(power(number("2"), number("0.5")) == square_root(number("2")));
  CHECK(power(number("2"), number("-2"))->text() == "0.25");
  CHECK_FALSE(square_root(number("-1")));
  CHECK_FALSE(logarithm(number("0")));
  CHECK(modulo(number("-12"), number("5"))->text() == "3");
  CHECK(modulo(number("10.1"), number("-4.5"))->text() == "-3.4");
  CHECK_FALSE(modulo(number("1"), number("0")));
}

TEST_CASE("a double becomes the shortest decimal that names it") {
  CHECK(Decimal::from(0.1) == number("0.1"));
  CHECK_FALSE(Decimal::from(1.0 / 0.0));
  CHECK(number("42.0").integer() == 42);
  CHECK_FALSE(number("42.5").integer());
  CHECK_FALSE(number("1e30").integer());
  CHECK(number("0.25").approximate() == doctest::Approx(0.25));
}

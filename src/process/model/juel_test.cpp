#include "process/model/juel.hpp"

#include <doctest/doctest.h>

#include "process/expression/expression.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

json::value value(std::string_view juel, json::object const& variables) {
  auto const told = juel_to_feel(juel);
  REQUIRE_MESSAGE(told.has_value(), juel);
  auto const compiled = Expression::compile(*told);
  REQUIRE_MESSAGE(compiled.has_value(), *told);
  return compiled->evaluate(variables, {}).to_json();
}

}  // namespace

TEST_CASE("comparisons of JUEL mean the same in FEEL") {
  json::object const variables{{"a", 3},
                               {"b", 4},
                               {"c", false},
                               {"name", "x"},
                               {"items", json::array{1, 2}},
                               {"order", json::object{{"total", 7}}}};
  for (auto const* yes :
       {"${a == 3 && !c}", "#{a lt b or c}", "${name == 'x'}", "${a != b and not c}", "${(a + b) * 2 >= 14}",
        "${order.total == 7}", "${order['total'] > 6}", "${items.size() == 2}", "${name.equals(\"x\")}",
        "${c ? false : true}", "${a % 2 == 1}", "${missing == null}", "${empty missing}",
        "${execution.getVariable('a') eq 3}", "${environment.variables.a == 3}", "${not empty name}"})
    CHECK_MESSAGE(value(yes, variables) == true, yes);
  CHECK(value("${items[0]}", variables) == 1);
  CHECK(value("Order ${a} of ${b}", variables) == "Order 3 of 4");
}

TEST_CASE("what only the other engine has is refused by name") {
  for (auto const* text :
       {"${bean.check(a)}", "${a ===}", "${dateFormat(x)}", "${a = = b}", "${a", "${'x}", "${a ; b}"}) {
    auto const told = juel_to_feel(text);
    CHECK_MESSAGE(told.has_error(), text);
  }
  CHECK(juel_to_feel("${bean.check(a)}").error().english().find("bean.check(") != std::string::npos);
  CHECK(juel_to_feel(std::string("${") + std::string(5000, '(') + "}").has_error());
}

TEST_CASE("comparisons as Python and JavaScript write them are told in FEEL") {
  CHECK(comparison_to_feel("a == 1 and not b").value() == "((a = 1) and not(b))");
  CHECK(comparison_to_feel(" next(null, this.environment.variables.input <= 50);").value() ==
        "(input <= 50)");
  CHECK(comparison_to_feel("x === true || y !== None").value() == "((x = true) or (y != null))");
}

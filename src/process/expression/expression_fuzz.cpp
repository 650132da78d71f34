// Fuzz target for expressions: whatever the text is, compiling ends with a program or a refusal, and
// evaluating ends with a value, as an expression and as unary tests.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "process/expression/exact_json.hpp"
#include "process/expression/expression.hpp"
#include "process/expression/parser.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yunzhi;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  static auto const context =
      process::parse_exact_json(R"({"a":1,"b":"text","c":{"d":true,"e f":2},"g":[1,2,{"h":3}],"i":null})")
          .value();
  process::Moment const moment{from_ms(1'800'000'000'000), {}};
  process::Reading reading;
  process::add_keys(reading.names, context);
  if (auto const expression = process::Expression::compile(text, reading))
    if (auto const value = expression->compute(context, moment)) (void)process::exact_json(*value);
  if (auto const tests = process::Expression::compile_tests(text, reading)) {
    process::Evaluation evaluation(moment);
    (void)tests->test(process::Decimal(5), context, evaluation).text();
  }
  return 0;
}

// Fuzz target for expressions: whatever the text is, compiling ends with a program or a refusal, and
// evaluating ends with a value.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "process/expression/expression.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yunzhi;
  auto const expression = process::Expression::compile({reinterpret_cast<char const*>(data), size});
  if (!expression) return 0;
  json::object const variables{
      {"a", 1}, {"b", "text"}, {"c", {{"d", true}}}, {"e", {1, 2, 3}}, {"f", nullptr}};
  (void)expression->evaluate(variables, {from_ms(1'800'000'000'000), {}}).text();
  return 0;
}

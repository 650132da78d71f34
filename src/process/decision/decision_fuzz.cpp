// Fuzz target for decision models: whatever the file is, reading ends with a model or a refusal, tolerant or
// not, and each of its decisions ends with a value or a refusal.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "process/decision/decision_model.hpp"
#include "process/expression/exact_json.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yunzhi;
  std::string_view const xml{reinterpret_cast<char const*>(data), size};
  auto model = process::DecisionModel::read(xml);
  if (!model) model = process::DecisionModel::read_tolerantly(xml);
  if (!model) return 0;
  json::object variables;
  std::int64_t next = 0;
  for (auto const& name : model->inputs()) variables[name] = next++;
  process::Moment const moment{from_ms(1'800'000'000'000), {}};
  for (auto const& name : model->decisions())
    if (auto const value = model->decide(name, process::Value::from(variables), moment))
      (void)process::exact_json(*value);
  return 0;
}

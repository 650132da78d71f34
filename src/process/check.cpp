#include "process/check.hpp"

#include "process/model/definition.hpp"

namespace yunzhi::process {

std::vector<std::string> check_process(std::string_view file, std::string_view xml) {
  auto const definition = read_definition(xml);
  if (definition) return {};
  std::vector<std::string> lines;
  for (auto const& fault : definition.error().faults) {
    auto line = std::string(file);
    if (!fault.field.empty()) line += ':' + fault.field;
    lines.push_back(line + ": " + fault.english());
  }
  return lines;
}

}  // namespace yunzhi::process

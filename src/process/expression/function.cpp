#include "process/expression/function.hpp"

namespace yunzhi::process {

std::string Function::text() const {
  std::string text = "function(";
  for (auto const& parameter : parameters)
    text += (&parameter == parameters.data() ? "" : ", ") + parameter.name;
  return text + ')';
}

}  // namespace yunzhi::process

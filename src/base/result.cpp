#include "base/result.hpp"

#include <stdexcept>

namespace yunzhi {

std::string fill(std::string_view text, std::vector<std::string> const& arguments) {
  std::string filled;
  std::size_t next = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const gap = text[i] == '{' && i + 1 < text.size() && text[i + 1] == '}';
    if (gap && next < arguments.size()) {
      filled += arguments[next++];
      ++i;
    } else {
      filled += text[i];
    }
  }
  return filled;
}

std::string Fault::english() const {
  return fill(text, arguments);
}

std::string Refusal::english() const {
  std::string all;
  for (auto const& fault : faults) {
    if (!all.empty()) all += '\n';
    if (!fault.field.empty()) all += fault.field + ": ";
    all += fault.english();
  }
  return all;
}

Refusal in_file(std::string_view file, Refusal refusal) {
  for (auto& fault : refusal.faults)
    fault.field = std::string(file) + (fault.field.empty() ? "" : ":" + fault.field);
  return refusal;
}

void throw_exception_from_error(Refusal const& refusal, boost::source_location const& where) {
  throw std::logic_error("value of a refused result taken in " + std::string(where.function_name()) + ": " +
                         refusal.english());
}

}  // namespace yunzhi

#include "monitor/sending/destination.hpp"

namespace yunzhi::monitor {

void add_external(Labels& labels, Labels const& external) {
  for (auto const& [name, value] : external)
    if (labels.get(name).empty()) labels.set(name, value);
}

}  // namespace yunzhi::monitor

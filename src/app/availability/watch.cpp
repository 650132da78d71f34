#include "app/availability/watch.hpp"

namespace yunzhi::app {

std::vector<Watch> watches_of(std::span<monitor::Sample const> samples, Milliseconds step) {
  std::vector<Watch> watches;
  for (auto const& sample : samples) {
    auto const at = from_ms(sample.at);
    bool const up = sample.value != 0;
    if (!watches.empty() && watches.back().up == up && watches.back().stretch.to == at - step)
      watches.back().stretch.to = at;
    else
      watches.push_back({{at - step, at}, up});
  }
  return watches;
}

}  // namespace yunzhi::app

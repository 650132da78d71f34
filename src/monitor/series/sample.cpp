#include "monitor/series/sample.hpp"

#include <algorithm>

namespace yunzhi::monitor {

void put_in_order(Samples& samples) {
  auto const grows = [](Sample const& a, Sample const& b) { return a.at >= b.at; };
  if (std::adjacent_find(samples.begin(), samples.end(), grows) == samples.end()) return;
  std::stable_sort(samples.begin(), samples.end(),
                   [](Sample const& a, Sample const& b) { return a.at < b.at; });
  samples.erase(std::unique(samples.begin(), samples.end(),
                            [](Sample const& a, Sample const& b) { return a.at == b.at; }),
                samples.end());
}

}  // namespace yunzhi::monitor

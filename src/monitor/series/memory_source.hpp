// Series held in memory, for scripts and tests.
#pragma once

#include <map>

#include "monitor/series/source.hpp"

namespace yunzhi::monitor {

class MemorySource : public Source {
 public:
  /// Adds a sample; samples of a series come in order of time.
  void add(Labels const& labels, Sample sample) { series_[labels].push_back(sample); }
  void clear() { series_.clear(); }

  void select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
              Visit const& visit) const override {
    for (auto const& [labels, samples] : series_) {
      if (!all_accept(matchers, labels)) continue;
      Samples found;
      for (auto const& sample : samples) {
        if (sample.at >= from && sample.at <= to) found.push_back(sample);
      }
      if (!found.empty() && !visit(labels, found)) return;
    }
  }

 private:
  std::map<Labels, Samples> series_;
};

}  // namespace yunzhi::monitor

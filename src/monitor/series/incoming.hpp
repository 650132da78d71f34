// Samples as protocols bring them in bulk. Each series is named by a key made of its raw label bytes, so that
// a series seen before costs one look into a table and its labels are not read again.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "monitor/series/labels.hpp"
#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

/// 128 bits that stand for the bytes of a series' labels within one run of the program.
struct SeriesKey {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(SeriesKey const&) const = default;
};

/// Makes keys. The seed is drawn at random once per database, so that nobody outside can aim at a collision.
class KeyMaker {
 public:
  explicit KeyMaker(SeriesKey seed) : seed_(seed) {}
  [[nodiscard]] SeriesKey key(std::string_view bytes) const;

 private:
  SeriesKey seed_;
};

struct IncomingSeries {
  SeriesKey key;
  std::uint32_t count = 0;  ///< of the samples that follow in Incoming::samples
};

struct Incoming {
  std::vector<IncomingSeries> series;
  std::vector<Sample> samples;  ///< of the series, one after another
  /// The labels of the series at a position; asked only for a key not seen before.
  std::function<Result<Labels>(std::size_t)> labels;
  bool any_age = false;  ///< history is welcome: the window for late samples does not count
};

}  // namespace yunzhi::monitor

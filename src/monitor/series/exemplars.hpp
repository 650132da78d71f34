// Exemplars: single observations that stand for a sample, such as the trace of one request. The newest of all
// series are kept in memory, in a ring; a restart loses them, as it does with Prometheus' default.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <span>
#include <unordered_map>
#include <vector>

#include "monitor/series/labels.hpp"
#include "monitor/series/matcher.hpp"

namespace yunzhi::monitor {

struct Exemplar {
  Labels labels;  ///< of its own: trace_id
  double value = 0;
  std::int64_t at = 0;  ///< in milliseconds
};

struct SeriesExemplar {
  Labels series;
  Exemplar exemplar;
};

/// The exemplars of one series, in order of time.
struct SeriesExemplars {
  Labels series;
  std::vector<Exemplar> exemplars;
};

/// Names and values of an exemplar's labels together, as OpenMetrics bounds them, in characters.
inline constexpr std::size_t exemplar_characters = 128;

/// Safe for use by several threads.
class ExemplarRing {
 public:
  explicit ExemplarRing(std::size_t capacity) : capacity_(capacity) {}

  /// Takes one, and lets go of the oldest when there are too many. False when it is not kept: it repeats the
  /// last of its series, is older than that, or its labels are too long.
  bool add(SeriesExemplar given);
  /// Of the series that all matchers of any of the lists accept, those of from <= at <= to; in order of
  /// labels.
  [[nodiscard]] std::vector<SeriesExemplars> select(std::span<std::vector<Matcher> const> matchers,
                                                    std::int64_t from, std::int64_t to) const;
  [[nodiscard]] std::size_t size() const;

 private:
  std::size_t const capacity_;
  mutable std::mutex guard_;
  std::deque<SeriesExemplar> ring_;                        ///< in the order they came
  std::unordered_map<Labels, Exemplar, LabelsHash> last_;  ///< of the series that have one in the ring
};

}  // namespace yunzhi::monitor

// Where a query's samples come from: the database, or a handful of series in a test.
#pragma once

#include <functional>
#include <span>
#include <utility>

#include "monitor/series/labels.hpp"
#include "monitor/series/matcher.hpp"
#include "monitor/series/rollup.hpp"
#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

class Source {
 public:
  Source() = default;
  Source(Source const&) = delete;
  Source& operator=(Source const&) = delete;
  virtual ~Source() = default;

  /// Called once per series with its samples in order of time, which may be taken away. False ends the walk.
  using Visit = std::function<bool(Labels, Samples&)>;

  /// Every series that all matchers accept, in order of labels, with its samples of from <= at <= to;
  /// series without any are left out.
  virtual void select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                      Visit const& visit) const = 0;

  /// The same with the newest of these samples alone: all that an instant query looks at.
  virtual void select_newest(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                             Visit const& visit) const {
    select(matchers, from, to, [&](Labels labels, Samples& samples) {
      samples.erase(samples.begin(), samples.end() - 1);
      return visit(std::move(labels), samples);
    });
  }

  struct Rollups {
    bool there = false;                      ///< whether select_rollup() answers
    std::int64_t samples_since = INT64_MIN;  ///< before this time only rollups are left
  };
  [[nodiscard]] virtual Rollups rollups() const { return {}; }

  /// The same from rollups: one figure per stretch of time, at the stretch's end. Days not rolled up yet are
  /// rolled up on the way. False, without a visit, when the source keeps no rollups: ask
  /// select() then.
  virtual bool select_rollup(RollupQuestion const& /*question*/, Visit const& /*visit*/) const {
    return false;
  }
};

}  // namespace yunzhi::monitor

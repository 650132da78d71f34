// Samples of another server with Prometheus' HTTP API (Prometheus, VictoriaMetrics, Mimir), read when a query
// or a rule asks for them and joined with what this server has.
#pragma once

#include <memory>
#include <vector>

#include "monitor/reading/reading_place.hpp"
#include "monitor/series/database.hpp"
#include "monitor/series/source_failed.hpp"

namespace yunzhi::monitor {

/// Reads with `query=selector[range]` and `series`, so that no protocol but the API is needed. Stale markers
/// do not come that way: a series that vanished there is seen for the lookback. A server that does not
/// answer, or not in full, is told by SourceFailed.
class RemoteSource : public Source {
 public:
  /// `external` are added to what is asked for, as equal matchers, and taken off what comes.
  RemoteSource(ReadingPlace place, Labels external)
      : place_(std::move(place)), external_(std::move(external)) {}

  void select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
              Visit const& visit) const override;
  /// Label sets of the series with samples in the stretch.
  [[nodiscard]] std::vector<Labels> series(std::span<Matcher const> matchers, std::int64_t from,
                                           std::int64_t to) const;
  /// Whether a question with these matchers is for this server: all required matchers are among them.
  [[nodiscard]] bool is_asked(std::span<Matcher const> matchers) const;
  [[nodiscard]] ReadingPlace const& place() const { return place_; }

 private:
  [[nodiscard]] std::string selector(std::span<Matcher const> matchers) const;
  [[nodiscard]] std::vector<Label> added(std::span<Matcher const> matchers) const;

  ReadingPlace const place_;
  Labels const external_;
};

/// The own store first, then others: samples of one series are joined, of two at one time the own stands.
class JoinedSource : public Source {
 public:
  /// Borrows the own store.
  JoinedSource(Database const& own, std::vector<ReadingPlace> places, Labels const& external);

  void select(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
              Visit const& visit) const override;
  /// Of the own store; where others are asked too, rollups of a part would be wrong, so there are none.
  [[nodiscard]] Rollups rollups() const override { return {}; }
  /// Adds to the sorted label sets of the own store those of the others.
  void add_series(std::span<Matcher const> matchers, std::int64_t from, std::int64_t to,
                  std::vector<Labels>& found) const;

 private:
  [[nodiscard]] std::int64_t last_asked(RemoteSource const& remote, std::int64_t to) const;

  Database const& own_;
  std::vector<std::unique_ptr<RemoteSource>> remotes_;
};

}  // namespace yunzhi::monitor

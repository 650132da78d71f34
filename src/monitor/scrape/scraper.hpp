// Scrapes every target at its interval on one thread of its own and hands the samples on. No target waits for
// another; what goes wrong with one is told in its status.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "monitor/scrape/exposition.hpp"
#include "monitor/scrape/fetched_page.hpp"
#include "monitor/scrape/target.hpp"

namespace yunzhi::monitor {

struct ScraperOptions {
  Clock clock = wall_clock;
  Milliseconds interval{15'000};
  ScrapeLimits limits;
  Targets targets;
  /// Takes the points of one scrape; runs on the scraper's thread. Throws when the disk refuses.
  std::function<void(std::vector<Point>)> commit;
  /// Takes the exemplars of one scrape, on the same thread; without it none are kept.
  std::function<void(std::vector<SeriesExemplar>)> keep_exemplars;
};

class Scraper {
 public:
  explicit Scraper(ScraperOptions options);
  ~Scraper();
  Scraper(Scraper const&) = delete;
  Scraper& operator=(Scraper const&) = delete;

  void start();
  void stop();

  [[nodiscard]] std::vector<TargetStatus> status() const;
  [[nodiscard]] Metadata metadata() const;
  /// Keeps what others than the targets tell of metrics.
  void add_metadata(Metadata const& metadata);
  /// Whether every listed target was tried at least once since start().
  [[nodiscard]] bool every_target_tried() const;

  /// The points of one finished scrape: what the target gave, stale markers for what it no longer gives, and
  /// the scrape's own series. Updates the status. Public for tests; start() calls it.
  std::vector<Point> digest(Target const& target, Result<FetchedPage> const& page, Instant begun,
                            double seconds);
  /// Stale markers for a target that is no longer listed.
  std::vector<Point> forget(Target const& target, Instant now);

 private:
  struct Loop;
  [[nodiscard]] Milliseconds interval_of(Target const& target) const;
  void expect(Target const& target);
  void mark_looked();

  struct Known {
    TargetStatus status;
    std::set<Labels> series;  ///< seen in the last good scrape
  };

  void keep(Metadata const& metadata);
  /// Adds what is left after relabelling; returns how many that are.
  std::size_t add_series(Target const& target, Exposition const& exposition, Instant begun,
                         std::set<Labels>& series, std::vector<Point>& points);

  ScraperOptions const options_;
  mutable std::mutex guard_;
  std::map<std::string, Known> known_;  ///< by job and url
  Metadata metadata_;
  bool looked_ = false;  ///< the list of targets was read once
  std::unique_ptr<Loop> loop_;
};

}  // namespace yunzhi::monitor

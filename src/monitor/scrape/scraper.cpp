#include "monitor/scrape/scraper.hpp"

#include <algorithm>
#include <chrono>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/log.hpp"
#include "monitor/probe/probe.hpp"
#include "monitor/scrape/fetch.hpp"

namespace yunzhi::monitor {
namespace {

namespace asio = boost::asio;

constexpr std::size_t metadata_limit = 20'000;
constexpr Milliseconds look_for_targets{5'000};

// Two systems may be asked at the same place: their labels tell them apart, as in Prometheus.
std::string key_of(Target const& target) {
  return target.job + '\n' + target.url() + '\n' + target.shown_instance() + '\n' + target.labels.text();
}

// A target's own labels win; what a series says under the same name moves to exported_*.
// With honor_labels what the series says stands.
Labels joined(Labels const& series, Target const& target) {
  Labels result = series;
  bool const honor = target.settings && target.settings->honor_labels;
  auto put = [&](std::string_view name, std::string_view value) {
    if (honor && !result.get(name).empty()) return;
    auto const former = std::string(result.get(name));
    if (!former.empty()) result.set("exported_" + std::string(name), former);
    result.set(name, value);
  };
  for (auto const& [name, value] : target.labels) put(name, value);
  put("job", target.job);
  put("instance", target.shown_instance());
  return result;
}

// Whether the series is kept under its new labels.
bool relabelled(Target const& target, Labels& labels) {
  if (target.settings && !relabel(target.settings->metric_relabel, labels)) return false;
  return !labels.get(name_label).empty();
}

Labels own_series(Target const& target, std::string_view name) {
  return joined(Labels{{std::string(name_label), std::string(name)}}, target);
}

}  // namespace

// Everything here is touched by the loop's thread alone.
struct Scraper::Loop {
  struct Round {
    Target target;
    std::shared_ptr<asio::steady_timer> timer;
    bool busy = false;
  };

  explicit Loop(Scraper& owner) : scraper(owner), finder(context) {}

  void run() {
    look();
    context.run();
  }

  // Compares the list of targets with what is being scraped.
  void look() {
    std::map<std::string, Target> wanted;
    try {
      for (auto& target : scraper.options_.targets()) wanted.emplace(key_of(target), std::move(target));
    } catch (std::exception const& problem) {
      log::error("monitor.targets_unknown", {{"reason", problem.what()}});
      for (auto const& [key, round] : rounds) wanted.emplace(key, round->target);
    }
    for (auto at = rounds.begin(); at != rounds.end();) {
      if (wanted.contains(at->first) && wanted.at(at->first) == at->second->target) {
        ++at;
        continue;
      }
      at->second->timer->cancel();
      commit(scraper.forget(at->second->target, scraper.options_.clock()));
      at = rounds.erase(at);
    }
    for (auto const& [key, target] : wanted) {
      if (rounds.contains(key)) continue;
      auto round =
          std::make_shared<Round>(Round{target, std::make_shared<asio::steady_timer>(context), false});
      rounds.emplace(key, round);
      scraper.expect(target);
      scrape(round);
    }
    scraper.mark_looked();
    finder.expires_after(std::min(look_for_targets, scraper.options_.interval));
    finder.async_wait([this](boost::system::error_code error) {
      if (!error) look();
    });
  }

  void scrape(std::shared_ptr<Round> const& round) {
    auto const found = rounds.find(key_of(round->target));
    if (found == rounds.end() || found->second != round) return;
    round->timer->expires_after(scraper.interval_of(round->target));
    round->timer->async_wait([this, round](boost::system::error_code error) {
      if (!error) scrape(round);
    });
    if (round->busy) return;
    round->busy = true;
    auto const begun = scraper.options_.clock();
    auto const watch = std::chrono::steady_clock::now();
    auto const take = [this, round, begun, watch](Result<FetchedPage> const& page) {
      round->busy = false;
      auto const known = rounds.find(key_of(round->target));
      if (known == rounds.end() || known->second != round) return;
      std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - watch;
      commit(scraper.digest(round->target, page, begun, taken.count()));
    };
    auto const& target = round->target;
    if (target.obstacle) return take(*target.obstacle);
    (is_probe(target) ? probe : fetch)(context, target, limits_of(target, scraper.options_.limits), take);
  }

  void commit(std::vector<Point> points) {
    try {
      scraper.options_.commit(std::move(points));
    } catch (std::exception const& problem) {
      log::error("monitor.scrape_not_stored", {{"reason", problem.what()}});
    }
  }

  Scraper& scraper;
  asio::io_context context{1};
  asio::steady_timer finder;
  std::map<std::string, std::shared_ptr<Round>> rounds;
  std::thread thread;
};

ScrapeLimits limits_of(Target const& target, ScrapeLimits const& limits) {
  if (!target.settings) return limits;
  auto const& own = *target.settings;
  auto result = limits;
  if (own.timeout > Milliseconds{0}) result.timeout = own.timeout;
  if (own.interval > Milliseconds{0}) result.timeout = std::min(result.timeout, own.interval);
  if (own.body_bytes > 0) result.body_bytes = own.body_bytes;
  if (own.samples > 0) result.samples = own.samples;
  if (own.labels > 0) result.labels = own.labels;
  if (own.name_bytes > 0) result.name_bytes = own.name_bytes;
  if (own.value_bytes > 0) result.value_bytes = own.value_bytes;
  return result;
}

Scraper::Scraper(ScraperOptions options) : options_(std::move(options)) {}

Scraper::~Scraper() {
  stop();
}

void Scraper::start() {
  if (loop_ || !options_.targets) return;
  loop_ = std::make_unique<Loop>(*this);
  loop_->thread = std::thread([this] { loop_->run(); });
}

void Scraper::stop() {
  if (!loop_) return;
  loop_->context.stop();
  loop_->thread.join();
  loop_.reset();
}

std::vector<TargetStatus> Scraper::status() const {
  std::lock_guard const lock(guard_);
  std::vector<TargetStatus> result;
  for (auto const& [key, known] : known_) result.push_back(known.status);
  return result;
}

bool Scraper::every_target_tried() const {
  std::lock_guard const lock(guard_);
  return looked_ && std::all_of(known_.begin(), known_.end(), [](auto const& each) {
           return each.second.status.state != TargetState::unknown;
         });
}

void Scraper::expect(Target const& target) {
  std::lock_guard const lock(guard_);
  auto& known = known_[key_of(target)];
  known.status.target = target;
}

void Scraper::mark_looked() {
  std::lock_guard const lock(guard_);
  looked_ = true;
}

Metadata Scraper::metadata() const {
  std::lock_guard const lock(guard_);
  return metadata_;
}

Milliseconds Scraper::interval_of(Target const& target) const {
  bool const own = target.settings && target.settings->interval > Milliseconds{0};
  return own ? target.settings->interval : options_.interval;
}

std::vector<Point> Scraper::digest(Target const& target, Result<FetchedPage> const& page, Instant begun,
                                   double seconds) {
  auto const now = to_ms(begun);
  Result<Exposition> exposition = Exposition{};
  if (page) {
    exposition = parse_exposition(page->body, now, limits_of(target, options_.limits), page->open_metrics);
  } else {
    exposition = page.error();
  }
  std::lock_guard const lock(guard_);
  auto& known = known_[key_of(target)];
  std::vector<Point> points;
  std::set<Labels> series;
  std::size_t const count = exposition ? exposition->points.size() : 0;
  std::size_t kept = 0;
  auto& status = known.status;
  status = {target, exposition ? TargetState::up : TargetState::down, {}, begun, seconds, count};
  if (exposition) {
    kept = add_series(target, *exposition, begun, series, points);
  } else {
    status.problem = exposition.error();
  }
  bool const answered = status.state == TargetState::up;
  if (answered && page->failure) {
    status.state = TargetState::down;
    status.problem = page->failure;
  }
  std::size_t const added = static_cast<std::size_t>(std::count_if(
      series.begin(), series.end(), [&](Labels const& labels) { return !known.series.contains(labels); }));
  for (auto const& old : known.series) {
    if (!series.contains(old)) points.push_back({old, {now, stale_marker()}});
  }
  known.series = std::move(series);
  auto tell = [&](std::string_view name, double value) {
    points.push_back({own_series(target, name), {now, value}});
  };
  tell("up", answered ? 1.0 : 0.0);
  tell("scrape_duration_seconds", seconds);
  tell("scrape_samples_scraped", static_cast<double>(count));
  tell("scrape_samples_post_metric_relabeling", static_cast<double>(kept));
  tell("scrape_series_added", static_cast<double>(added));
  return points;
}

std::size_t Scraper::add_series(Target const& target, Exposition const& exposition, Instant begun,
                                std::set<Labels>& series, std::vector<Point>& points) {
  bool const own_times = !target.settings || target.settings->honor_timestamps;
  for (auto const& point : exposition.points) {
    auto labels = joined(point.labels, target);
    if (!relabelled(target, labels)) continue;
    series.insert(labels);
    points.push_back({std::move(labels), {own_times ? point.sample.at : to_ms(begun), point.sample.value}});
  }
  keep(exposition.metadata);
  std::vector<SeriesExemplar> exemplars;
  for (auto const& each : exposition.exemplars) {
    auto labels = joined(each.series, target);
    if (relabelled(target, labels)) exemplars.push_back({std::move(labels), each.exemplar});
  }
  if (options_.keep_exemplars && !exemplars.empty()) options_.keep_exemplars(std::move(exemplars));
  return points.size();
}

void Scraper::keep(Metadata const& metadata) {
  for (auto const& [name, facts] : metadata) {
    if (metadata_.size() < metadata_limit || metadata_.contains(name)) metadata_[name] = facts;
  }
}

void Scraper::add_metadata(Metadata const& metadata) {
  std::lock_guard const lock(guard_);
  keep(metadata);
}

std::vector<Point> Scraper::forget(Target const& target, Instant now) {
  std::lock_guard const lock(guard_);
  std::vector<Point> points;
  auto const found = known_.find(key_of(target));
  if (found == known_.end()) return points;
  Sample const gone{to_ms(now), stale_marker()};
  for (auto const& labels : found->second.series) points.push_back({labels, gone});
  for (auto const* name : {"up", "scrape_duration_seconds", "scrape_samples_scraped",
                           "scrape_samples_post_metric_relabeling", "scrape_series_added"}) {
    points.push_back({own_series(target, name), gone});
  }
  known_.erase(found);
  return points;
}

}  // namespace yunzhi::monitor

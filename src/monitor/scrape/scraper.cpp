#include "monitor/scrape/scraper.hpp"

#include <algorithm>
#include <chrono>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/log.hpp"
#include "monitor/scrape/fetch.hpp"

namespace yunzhi::monitor {
namespace {

namespace asio = boost::asio;

constexpr std::size_t metadata_limit = 20'000;
constexpr Milliseconds look_for_targets{5'000};

std::string key_of(Target const& target) {
  return target.job + '\n' + target.url() + '\n' + target.shown_instance();
}

// A target's own labels win; what a series says under the same name moves to exported_*.
Labels joined(Labels const& series, Target const& target) {
  Labels result = series;
  auto put = [&result](std::string_view name, std::string_view value) {
    auto const former = std::string(result.get(name));
    if (!former.empty()) result.set("exported_" + std::string(name), former);
    result.set(name, value);
  };
  for (auto const& [name, value] : target.labels) put(name, value);
  put("job", target.job);
  put("instance", target.shown_instance());
  return result;
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
    round->timer->expires_after(scraper.options_.interval);
    round->timer->async_wait([this, round](boost::system::error_code error) {
      if (!error) scrape(round);
    });
    if (round->busy) return;
    round->busy = true;
    auto const begun = scraper.options_.clock();
    auto const watch = std::chrono::steady_clock::now();
    fetch(context, round->target, scraper.options_.limits,
          [this, round, begun, watch](Result<std::string> const& body) {
            round->busy = false;
            auto const known = rounds.find(key_of(round->target));
            if (known == rounds.end() || known->second != round) return;
            std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - watch;
            commit(scraper.digest(round->target, body, begun, taken.count()));
          });
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

std::vector<Point> Scraper::digest(Target const& target, Result<std::string> const& body, Instant begun,
                                   double seconds) {
  auto const now = to_ms(begun);
  Result<Exposition> exposition = Exposition{};
  if (body) {
    exposition = parse_exposition(*body, now, options_.limits);
  } else {
    exposition = body.error();
  }
  std::lock_guard const lock(guard_);
  auto& known = known_[key_of(target)];
  std::vector<Point> points;
  std::set<Labels> series;
  std::size_t const count = exposition ? exposition->points.size() : 0;
  auto& status = known.status;
  status = {target, exposition ? TargetState::up : TargetState::down, {}, begun, seconds, count};
  if (exposition) {
    add_series(target, *exposition, series, points);
  } else {
    status.last_error = exposition.error().english();
  }
  for (auto const& old : known.series) {
    if (!series.contains(old)) points.push_back({old, {now, stale_marker()}});
  }
  known.series = std::move(series);
  points.push_back({own_series(target, "up"), {now, status.state == TargetState::up ? 1.0 : 0.0}});
  points.push_back({own_series(target, "scrape_duration_seconds"), {now, seconds}});
  points.push_back({own_series(target, "scrape_samples_scraped"), {now, static_cast<double>(count)}});
  return points;
}

void Scraper::add_series(Target const& target, Exposition const& exposition, std::set<Labels>& series,
                         std::vector<Point>& points) {
  for (auto const& point : exposition.points) {
    auto labels = joined(point.labels, target);
    series.insert(labels);
    points.push_back({std::move(labels), point.sample});
  }
  for (auto const& [name, facts] : exposition.metadata) {
    if (metadata_.size() < metadata_limit || metadata_.contains(name)) metadata_[name] = facts;
  }
}

std::vector<Point> Scraper::forget(Target const& target, Instant now) {
  std::lock_guard const lock(guard_);
  std::vector<Point> points;
  auto const found = known_.find(key_of(target));
  if (found == known_.end()) return points;
  Sample const gone{to_ms(now), stale_marker()};
  for (auto const& labels : found->second.series) points.push_back({labels, gone});
  for (auto const* name : {"up", "scrape_duration_seconds", "scrape_samples_scraped"}) {
    points.push_back({own_series(target, name), gone});
  }
  known_.erase(found);
  return points;
}

}  // namespace yunzhi::monitor

#include "monitor/alert/alert_engine.hpp"

#include <algorithm>
#include <chrono>

#include "base/log.hpp"
#include "monitor/alert/rule_evaluation.hpp"

namespace yunzhi::monitor {

AlertEngine::AlertEngine(Source const& source, AlertEngineOptions options)
    : source_(source), options_(std::move(options)), restored_(read_alerts(options_.state_file)) {}

// Rules of one name in one group are told apart by their order.
std::string AlertEngine::key_of(Group const& group, std::size_t rule) {
  auto const& name = group.runs[rule].rule().name;
  auto const earlier =
      std::count_if(group.runs.begin(), group.runs.begin() + static_cast<std::ptrdiff_t>(rule),
                    [&](RuleRun const& run) { return run.rule().name == name; });
  return group.description.name + "/" + name + "/" + std::to_string(earlier);
}

void AlertEngine::set_rules(std::vector<RuleGroup> groups) {
  std::lock_guard const one(running_);
  std::vector<Group> renewed;
  for (auto& description : groups) {
    Group group;
    for (auto& rule : description.rules) {
      if (!rule.query_offset) rule.query_offset = options_.query_offset;
      for (auto const& query : {rule.query, rule.recover}) {
        if (!query) continue;
        for (auto& name : metric_names(*query)) group.reads.insert(std::move(name));
      }
      group.runs.emplace_back(std::move(rule));
    }
    description.rules.clear();
    group.description = std::move(description);
    renewed.push_back(std::move(group));
  }
  std::lock_guard const lock(guard_);
  std::map<std::string, RuleRun*> earlier;
  for (auto& group : groups_) {
    for (std::size_t i = 0; i < group.runs.size(); ++i) earlier.emplace(key_of(group, i), &group.runs[i]);
  }
  for (auto& group : renewed) {
    for (std::size_t i = 0; i < group.runs.size(); ++i) {
      auto const key = key_of(group, i);
      if (auto const found = earlier.find(key); found != earlier.end()) {
        group.runs[i].inherit(std::move(*found->second));
        earlier.erase(found);
      } else if (auto const kept = restored_.find(key); kept != restored_.end()) {
        group.runs[i].restore(kept->second);
        restored_.erase(kept);
      }
    }
  }
  for (auto const& [key, run] : earlier) gone_.push_back(std::move(*run));
  for (auto const& [key, alerts] : restored_) gone_.emplace_back(Rule{}).restore(alerts);
  restored_.clear();
  groups_ = std::move(renewed);
}

void AlertEngine::on_change(Listener listener) {
  std::lock_guard const lock(guard_);
  listeners_.push_back(std::move(listener));
}

void AlertEngine::touch(std::set<std::string, std::less<>> const& metrics) {
  std::lock_guard const lock(guard_);
  for (auto& group : groups_) {
    group.touched =
        group.touched || std::any_of(group.reads.begin(), group.reads.end(), [&](std::string const& name) {
          return name.empty() || metrics.contains(name);
        });
  }
}

Milliseconds AlertEngine::interval_of(Group const& group) const {
  return group.description.interval > Milliseconds{0} ? group.description.interval : options_.interval;
}

bool AlertEngine::is_due(Group const& group, Instant now) const {
  auto const gap = group.touched ? options_.least_gap : interval_of(group);
  return now >= group.last + gap || now < group.last;
}

Instant AlertEngine::next_due() const {
  std::lock_guard const lock(guard_);
  Instant next = Instant::max();
  for (auto const& group : groups_) {
    next = std::min(next, group.last + (group.touched ? options_.least_gap : interval_of(group)));
  }
  return next;
}

// A rule that was taken away says nothing any more, and what it said last must not stand for ever.
void AlertEngine::end_gone(Instant now) {
  std::vector<Point> points;
  {
    std::lock_guard const lock(guard_);
    if (gone_.empty()) return;
    for (auto& run : gone_) {
      auto const ended = run.end(now);
      points.insert(points.end(), ended.begin(), ended.end());
    }
  }
  if (!points.empty()) keep(points);
  tell();
  std::lock_guard const lock(guard_);
  std::erase_if(gone_, [](RuleRun const& run) { return run.news().empty(); });
}

void AlertEngine::run(Instant now) {
  std::lock_guard const one(running_);
  end_gone(now);
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    {
      std::lock_guard const lock(guard_);
      auto& group = groups_[i];
      if (!is_due(group, now)) continue;
      group.touched = false;
      group.last = now;
    }
    run_group(i, now);
  }
}

void AlertEngine::run_group(std::size_t number, Instant now) {
  for (std::size_t i = 0; i < groups_[number].runs.size(); ++i) run_rule(number, i, now);
  tell();
}

void AlertEngine::run_rule(std::size_t group, std::size_t rule, Instant now) {
  auto& run = groups_[group].runs[rule];  // only set_rules changes the lists, and it waits for running_
  auto const watch = std::chrono::steady_clock::now();
  auto const input = input_of(source_, run.rule(), now, options_.limits);
  Result<std::vector<Point>> points = std::vector<Point>{};
  {
    std::lock_guard const lock(guard_);
    points = input ? run.step(*input, now) : Result<std::vector<Point>>(input.error());
    if (!points) run.failed(points.error().english());
    std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - watch;
    run.measured(now, taken.count());
  }
  if (!points) {
    log::warning("monitor.rule_failed", {{"rule", run.rule().name}, {"reason", points.error().english()}});
  } else if (!points->empty()) {
    keep(*points);
  }
}

// A full disk must not keep an alert from being told.
void AlertEngine::keep(std::vector<Point> const& points) {
  try {
    options_.store(points);
  } catch (std::exception const& problem) {
    log::error("monitor.rule_not_stored", {{"reason", problem.what()}});
  }
}

// The house is told before the file is written: after a crash in between it is told again, never not at all.
void AlertEngine::tell() {
  std::vector<std::pair<RuleRun*, AlertChange>> news;
  std::vector<Listener> listeners;
  {
    std::lock_guard const lock(guard_);
    listeners = listeners_;
    auto const gather = [&news](RuleRun& run) {
      for (auto& change : run.news()) news.emplace_back(&run, std::move(change));
    };
    for (auto& run : gone_) gather(run);
    for (auto& group : groups_) std::for_each(group.runs.begin(), group.runs.end(), gather);
  }
  for (auto const& [run, change] : news) {
    try {
      for (auto const& listener : listeners) listener(change);
    } catch (std::exception const& problem) {
      log::error("monitor.alert_not_told", {{"alert", change.name}, {"reason", problem.what()}});
      continue;  // it stays news and is told again after the next run
    }
    std::lock_guard const lock(guard_);
    run->told(change);
    changed_ = true;
  }
  save();
}

void AlertEngine::save() {
  KeptAlerts alerts;
  {
    std::lock_guard const lock(guard_);
    if (!changed_) return;
    alerts = kept();
  }
  write_alerts(options_.state_file, alerts);
  std::lock_guard const lock(guard_);
  changed_ = false;  // only now: a write that failed is tried again
}

KeptAlerts AlertEngine::kept() const {
  KeptAlerts result;
  for (auto const& group : groups_) {
    for (std::size_t i = 0; i < group.runs.size(); ++i) {
      auto alerts = group.runs[i].alerts();
      if (!alerts.empty()) result[key_of(group, i)] = std::move(alerts);
    }
  }
  return result;
}

std::vector<Alert> AlertEngine::alerts() const {
  std::lock_guard const lock(guard_);
  std::vector<Alert> result;
  for (auto const& group : groups_) {
    for (auto const& run : group.runs) {
      auto alerts = run.alerts();
      std::move(alerts.begin(), alerts.end(), std::back_inserter(result));
    }
  }
  return result;
}

std::vector<RuleStatus> AlertEngine::rules() const {
  std::lock_guard const lock(guard_);
  std::vector<RuleStatus> result;
  for (auto const& group : groups_) {
    for (auto const& run : group.runs) {
      result.push_back({group.description.name, group.description.file, interval_of(group), run.rule(),
                        run.health(), run.last_error(), run.last_run(), run.seconds(), run.alerts()});
    }
  }
  return result;
}

}  // namespace yunzhi::monitor

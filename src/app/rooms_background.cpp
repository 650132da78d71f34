// What happens without anybody asking, each on the thread it may keep waiting.
#include "app/rooms.hpp"
#include "app/watched_systems.hpp"
#include "base/log.hpp"
#include "record/search.hpp"

namespace yunzhi::app {

void House::Rooms::make_background() {
  std::vector<Job> jobs;
  jobs.push_back({"timers", 500, [this] { return lifecycle->fire_timers(*store, 100) == 100; }});
  jobs.push_back({"timed_starts", 1000, [this] { return lifecycle->begin_timed(*store, 100) == 100; }});
  jobs.push_back({"reminders", 1000, [this] { return lifecycle->remind(*store, 100) == 100; }});
  jobs.push_back({"batches", 500, [this] { return lifecycle->run_batch(*store, 50) == 50; }});
  jobs.push_back({"clocks", 1000, [this] { return lifecycle->sound_clocks(*store, 100) == 100; }});
  jobs.push_back({"alerts_held_back", 5000, [this] { return alert_desk->review(100); }});
  jobs.push_back({"alerts_escalated", 1000, [this] { return alert_escalation->run(100) == 100; }});
  if (!configuration.channels.alert_receivers.empty())
    jobs.push_back({"alerts_sent_on", 1000, [this] { return alert_receivers->run(); }});
  jobs.push_back({"search", 500, [this] { return record::index_changes(*store, modules, 200) == 200; }});
  jobs.push_back(
      {"duties_missed", 5000, [this] { return duties->mark_missed(store->clock()(), 100) == 100; }});
  jobs.push_back({"duties_published", 3'600'000, [this] {
                    auto const published = duties->publish(store->clock()());
                    if (published.has_error())
                      log::error("duties.not_published", {{"reason", published.error().english()}});
                    return false;
                  }});
  if (!configuration.exporter.empty())
    jobs.push_back({"first_system", 1000, [this, done = false]() mutable {
                      done = done || register_first_system(*store, *kernel, *modules.find("system"),
                                                           configuration.exporter);
                      return false;
                    }});
  background = std::make_unique<Background>(std::move(jobs));
  // A slow receiver must not keep timers waiting.
  std::vector<Job> calls;
  calls.push_back({"service_calls", 500, [this] { return lifecycle->run_jobs(*store, actions, 20) == 20; }});
  caller = std::make_unique<Background>(std::move(calls));
  // On a thread of its own: what watches the others must not wait for them.
  std::vector<Job> watching;
  watching.push_back({"engine_watch", 1000, [this] { return engine_watch->look(); }});
  watcher = std::make_unique<Background>(std::move(watching));
  // Rules change between two evaluations, and one may take its time; so may what is counted over a month.
  std::vector<Job> rules;
  rules.push_back({"rules_changed", 200, [this] { return own_rules->hand_over(*store); }});
  rules.push_back({"systems_watched", 15'000, [this] { return watch_keeper->keep(); }});
  rules.push_back({"availability", 60'000, [this] {
                     availability->count();
                     return false;
                   }});
  rule_keeper = std::make_unique<Background>(std::move(rules));
}

}  // namespace yunzhi::app

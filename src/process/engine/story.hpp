// A process told as a story, for tests: start it, finish its steps by their names, move the clock, and
// look at what is open. Every state is saved and restored on the way.
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "process/engine/advance.hpp"
#include "process/engine/migration.hpp"
#include "process/model/bpmn_text.hpp"

namespace yunzhi::process {

class Story {
 public:
  explicit Story(std::string const& xml) : definition_(read(xml)) {}

  Story& start(json::object fields = {}, std::string message = {}) {
    fields_ = std::move(fields);
    return tell({Event::Kind::start, no_token, {}, std::move(message), {}, {}, {}});
  }
  Story& complete(std::string const& element, json::object const& changes = {}) {
    for (auto const& change : changes) fields_[change.key()] = change.value();
    return tell({Event::Kind::complete, token_of(element, tasks_), {}, {}, {}, {}, {}});
  }
  Story& signal(std::string name) {
    return tell({Event::Kind::signal, no_token, {}, std::move(name), {}, {}, {}});
  }
  Story& change(json::object const& changes) {
    for (auto const& change : changes) fields_[change.key()] = change.value();
    return tell({Event::Kind::change, no_token, {}, {}, {}, {}, {}});
  }
  Story& message(std::string name) {
    return tell({Event::Kind::message, no_token, {}, std::move(name), {}, {}, {}});
  }
  Story& called(std::string const& element) {
    return tell({Event::Kind::called, token_at(element), {}, {}, {}, {}, {}});
  }
  Story& fail(std::string const& element, std::string code) {
    return tell({Event::Kind::fail, token_at(element), {}, std::move(code), {}, {}, {}});
  }
  Story& move(std::string const& from, std::string to) {
    return tell({Event::Kind::move, token_at(from), std::move(to), {}, {}, {}, {}});
  }
  Story& retry(std::string const& element, json::object const& changes = {}) {
    for (auto const& change : changes) fields_[change.key()] = change.value();
    return tell({Event::Kind::retry, token_at(element), {}, {}, {}, {}, {}});
  }
  /// Goes on as another version; refused() says why when it cannot.
  Story& migrate(std::string const& xml, MigrationPlan const& plan = {}) {
    auto to = read(xml);
    refused_.clear();
    auto const fits = check_plan(definition_, to, plan);
    auto migrated =
        fits ? process::migrate(definition_, to, plan, instance_) : Result<Migrated>(fits.error());
    if (!migrated) {
      refused_ = migrated.error().english();
      return *this;
    }
    for (auto const& [token, event] : migrated->gone) timers_.erase({token, event});
    auto const renumbered = [&](TokenId id) {
      auto const found = migrated->renumbered.find(id);
      return found == migrated->renumbered.end() ? id : found->second;
    };
    auto const tasks = std::exchange(tasks_, {});
    for (auto [token, create] : tasks) {
      create.token = renumbered(token);
      tasks_.emplace(create.token, create);
    }
    auto const timers = std::exchange(timers_, {});
    for (auto const& [armed, when] : timers)
      timers_[{renumbered(armed.first), mapped(plan.mapping, armed.second)}] = when;
    versions_.push_back(std::make_unique<Definition>(std::exchange(definition_, std::move(to))));
    for (auto& [token, create] : tasks_)
      create.node = &definition_.nodes.at(definition_.find_node(mapped(plan.mapping, create.node->id)));
    instance_ = std::move(migrated->instance);
    return tell(std::move(migrated->arrival));
  }
  Story& cancel() { return tell({Event::Kind::cancel, no_token, {}, {}, {}, {}, {}}); }

  /// Moves the clock; timers that come due fire in order.
  Story& advance_by(std::string_view duration) {
    auto const until = now_ + parse_duration(duration).value();
    while (true) {
      auto next = timers_.end();
      for (auto timer = timers_.begin(); timer != timers_.end(); ++timer)
        if (timer->second <= until && (next == timers_.end() || timer->second < next->second)) next = timer;
      if (next == timers_.end()) break;
      auto const [token, element] = next->first;
      now_ = next->second;
      timers_.erase(next);
      tell({Event::Kind::timer, token, element, {}, {}, {}, {}});
    }
    now_ = until;
    return *this;
  }

  [[nodiscard]] std::vector<std::string> open() const { return elements(tasks_); }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] std::string const& state() const { return state_; }
  [[nodiscard]] json::object const& fields() const { return fields_; }
  [[nodiscard]] std::vector<std::string> const& incidents() const { return incidents_; }
  [[nodiscard]] std::vector<std::string> const& told() const { return told_; }
  [[nodiscard]] std::vector<std::string> const& called_actions() const { return calls_; }
  [[nodiscard]] std::size_t timers() const { return timers_.size(); }
  [[nodiscard]] std::string const& refused() const { return refused_; }
  [[nodiscard]] std::vector<std::string> const& path() const { return path_; }
  [[nodiscard]] std::string saved() const { return save(definition_, instance_); }
  [[nodiscard]] Definition const& definition() const { return definition_; }
  [[nodiscard]] std::map<TokenId, CreateTask> const& tasks() const { return tasks_; }

  Story& tell(Event event) {
    event.fields = fields_;
    event.actor = "somebody";
    event.moment = {now_, {}};
    refused_.clear();
    auto restored = restore(definition_, save(definition_, instance_));
    auto step = advance(definition_, std::move(restored).value(), std::move(event));
    if (!step) {
      refused_ = step.error().english();
      return *this;
    }
    instance_ = std::move(step->instance);
    for (auto& effect : step->effects) std::visit([&](auto& what) { apply(what); }, effect);
    for (auto const& row : step->history)
      for (auto const passed : row.path) path_.push_back(definition_.flows[passed].id);
    return *this;
  }

 private:
  static Definition read(std::string const& xml) {
    auto definition = read_definition(xml);
    if (!definition) throw std::runtime_error(definition.error().english());
    return std::move(*definition);
  }

  [[nodiscard]] std::vector<std::string> elements(std::map<TokenId, CreateTask> const& tasks) const {
    std::vector<std::string> all;
    for (auto const& [token, create] : tasks) all.push_back(create.node->id);
    std::sort(all.begin(), all.end());
    return all;
  }
  [[nodiscard]] TokenId token_of(std::string const& element, std::map<TokenId, CreateTask>& tasks) const {
    for (auto task = tasks.begin(); task != tasks.end(); ++task)
      if (task->second.node->id == element) {
        auto const token = task->first;
        tasks.erase(task);
        return token;
      }
    return 999'999;
  }
  [[nodiscard]] TokenId token_at(std::string const& element) const {
    for (auto const& token : instance_.tokens)
      if (definition_.nodes[token.node].id == element) return token.id;
    return 999'999;
  }

  void apply(CreateTask& create) { tasks_.emplace(create.token, create); }
  void apply(CancelTask const& cancelled) {
    if (tasks_.erase(cancelled.token) != 1) throw std::runtime_error("a task was cancelled that is not open");
  }
  void apply(SetState const& set) { state_ = set.node->state; }
  void apply(SetField const& set) { fields_[set.name] = set.value; }
  void apply(StartTimer const& timer) {
    timers_[{timer.token, timer.node->id}] = timer.when.at.value_or(now_ + timer.when.after);
  }
  void apply(CancelTimers const& timers) {
    std::erase_if(timers_, [&](auto const& armed) { return armed.first.first == timers.token; });
  }
  void apply(Subscribe const&) {}
  void apply(Unsubscribe const&) {}
  void apply(Send const&) {}
  void apply(Broadcast const&) {}
  void apply(CallProcess const&) {}
  void apply(CancelCalled const&) {}
  void apply(Escalate const&) {}
  void apply(Call const& call) { calls_.push_back(call.node->action); }
  void apply(Tell const& told) { told_.push_back(told.node->action); }
  void apply(Incident const& incident) { incidents_.push_back(incident.fault.english()); }
  void apply(Ended const&) {
    if (ended_) throw std::runtime_error("the process ended twice");
    ended_ = true;
  }

  Definition definition_;
  std::vector<std::unique_ptr<Definition>> versions_;  // before this one
  Instance instance_;
  json::object fields_;
  Instant now_ = from_ms(1'800'000'000'000);
  std::map<TokenId, CreateTask> tasks_;
  std::map<std::pair<TokenId, std::string>, Instant> timers_;
  std::string state_;
  std::string refused_;
  bool ended_ = false;
  std::vector<std::string> incidents_;
  std::vector<std::string> told_;
  std::vector<std::string> calls_;
  std::vector<std::string> path_;
};

}  // namespace yunzhi::process

// People's verbs told as a story, for tests. Every act restores the instance from its saved state, and the
// deltas of all acts together must rebuild it.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "process/engine/delta.hpp"
#include "process/engine/perform.hpp"
#include "process/model/bpmn_text.hpp"

namespace yunzhi::process {

class VerbStory {
 public:
  struct Open {
    TokenId token;
    SeatId seat;
    std::string element;
    std::string who;  ///< a person, or "@role"
  };

  explicit VerbStory(std::string const& xml) : definition_(read(xml)) {}

  VerbStory& start(json::object fields = {}) {
    fields_ = std::move(fields);
    return act("somebody", Verb::Kind::event, Event::Kind::start, {});
  }
  VerbStory& complete(std::string const& element, std::string const& who = {}, Vote vote = Vote::none) {
    auto const task = find(element, who);
    tasks_.erase({task.token, task.seat});
    verb_.vote = vote;
    act(who.empty() ? "somebody" : who, Verb::Kind::complete, Event::Kind::complete, task);
    if (refused_.empty()) done_[{element, who}] = {task, deltas_.back()};
    if (!refused_.empty()) tasks_[{task.token, task.seat}] = task;
    return *this;
  }
  VerbStory& set(std::string const& field, json::value value) {
    fields_[field] = std::move(value);
    return *this;
  }
  VerbStory& add_sign(std::string const& element, std::string const& who, Seat::Place place,
                      std::vector<std::string> people) {
    verb_.place = place;
    verb_.people = std::move(people);
    auto const task = find(element, who);
    return act(who, Verb::Kind::add_sign, Event::Kind::complete, task);
  }
  VerbStory& remove_sign(std::string const& element, std::string const& who) {
    return act("somebody", Verb::Kind::remove_sign, Event::Kind::complete, find(element, who));
  }
  VerbStory& send_back(std::string const& element, std::string const& who, std::string const& to,
                       bool straight_back = false) {
    verb_.straight_back = straight_back;
    verb_.event.element = to;
    for (auto const& [key, task] : tasks_)
      if (!task.who.starts_with("@")) verb_.holders[task.token] = task.who;
    return act(who, Verb::Kind::send_back, Event::Kind::complete, find(element, who));
  }
  VerbStory& withdraw(std::string const& element, std::string const& who = {}) {
    auto const found = done_.find({element, who});
    if (found == done_.end()) return *this;
    auto const& [task, delta] = found->second;
    verb_.delta = delta;
    auto const doer = who.empty() ? "somebody" : who;
    act(doer, Verb::Kind::withdraw, Event::Kind::complete, Open(task));
    if (refused_.empty()) done_.erase({element, who});
    return *this;
  }
  VerbStory& suspend() { return act("somebody", Verb::Kind::suspend, Event::Kind::complete, {}); }
  VerbStory& resume() { return act("somebody", Verb::Kind::resume, Event::Kind::complete, {}); }
  VerbStory& enter(std::string const& element, std::string const& where = "before") {
    verb_.event.element = element;
    verb_.event.name = where;
    return act("somebody", Verb::Kind::event, Event::Kind::enter, {});
  }
  VerbStory& drop(std::string const& element) {
    Open task{token_at(element), sole_seat, element, {}};
    return act("somebody", Verb::Kind::event, Event::Kind::drop, task);
  }
  VerbStory& timer(std::string const& host, std::string const& element) {
    verb_.event.element = element;
    return act("system:timer", Verb::Kind::event, Event::Kind::timer, {token_at(host), sole_seat, host, {}});
  }

  /// "element" of a task of a role, "element:person" of one held.
  [[nodiscard]] std::vector<std::string> open() const {
    std::vector<std::string> all;
    for (auto const& [key, task] : tasks_)
      all.push_back(task.who.starts_with("@") ? task.element : task.element + ":" + task.who);
    std::sort(all.begin(), all.end());
    return all;
  }
  [[nodiscard]] std::string const& refused() const { return refused_; }
  [[nodiscard]] std::string const& state() const { return state_; }
  [[nodiscard]] bool ended() const { return ended_; }
  [[nodiscard]] json::object const& fields() const { return fields_; }
  [[nodiscard]] std::vector<std::string> const& incidents() const { return incidents_; }
  [[nodiscard]] std::size_t timers() const { return timers_.size(); }
  [[nodiscard]] std::string saved() const { return save(definition_, instance_); }
  [[nodiscard]] Definition const& definition() const { return definition_; }
  [[nodiscard]] Instance const& instance() const { return instance_; }
  [[nodiscard]] std::map<std::pair<TokenId, SeatId>, Open> const& tasks() const { return tasks_; }

  std::map<std::string, std::vector<std::string>> holders;  ///< people by role

 private:
  static Definition read(std::string const& xml) {
    auto definition = read_definition(xml);
    if (!definition) throw std::runtime_error(definition.error().english());
    return std::move(*definition);
  }
  [[nodiscard]] TokenId token_at(std::string const& element) const {
    for (auto const& token : instance_.tokens)
      if (definition_.nodes[token.node].id == element) return token.id;
    return 999'999;
  }
  [[nodiscard]] Open find(std::string const& element, std::string const& who) const {
    for (auto const& [key, task] : tasks_)
      if (task.element == element && (who.empty() || task.who == who)) return task;
    for (auto const& [key, task] : tasks_)
      if (task.element == element && task.who.starts_with("@")) return task;
    return {999'999, sole_seat, element, who};
  }

  VerbStory& act(std::string const& who, Verb::Kind kind, Event::Kind event, Open const& task) {
    auto verb = std::move(verb_);
    verb_ = {};
    verb.kind = kind;
    verb.seat = task.seat;
    verb.event.kind = event;
    verb.event.token = task.token;
    verb.event.actor = who;
    verb.event.fields = fields_;
    verb.event.moment = {from_ms(1'800'000'000'000), {}};
    verb.holders_of = [this](std::string_view role) { return holders[std::string(role)]; };
    auto const before = instance_.next == 1 ? std::string() : saved();
    auto restored = before.empty() ? Instance() : restore(definition_, before).value();
    auto done = perform(definition_, std::move(restored), std::move(verb));
    refused_ = done ? "" : done.error().english();
    if (!done) return *this;
    instance_ = std::move(done->step.instance);
    deltas_.push_back(difference(before, saved()));
    apply_all(*done);
    check();
    return *this;
  }

  void apply_all(Performed& done) {
    for (auto& [name, value] : done.fields) fields_[name] = value;
    for (auto const& seat : done.closed) tasks_.erase({seat.token, seat.seat});
    for (auto& effect : done.step.effects) std::visit([&](auto& what) { apply(what); }, effect);
    for (auto const& seat : done.opened) {
      auto const who = seat.seat.person.empty() ? "@" + seat.seat.role : seat.seat.person;
      tasks_[{seat.token, seat.seat.id}] = {seat.token, seat.seat.id, seat.node->id, who};
    }
  }
  template <class T>
  void apply(T const& effect) {
    if constexpr (std::is_same_v<T, CreateTask>) {
      auto const who = effect.assignee.empty() ? "@" + effect.node->role : effect.assignee;
      tasks_[{effect.token, sole_seat}] = {effect.token, sole_seat, effect.node->id, who};
    } else if constexpr (std::is_same_v<T, CancelTask>) {
      tasks_.erase({effect.token, sole_seat});
    } else if constexpr (std::is_same_v<T, SetState>) {
      state_ = effect.node->state;
    } else if constexpr (std::is_same_v<T, StartTimer>) {
      timers_[{effect.token, effect.node->id}] = true;
    } else if constexpr (std::is_same_v<T, CancelTimers>) {
      std::erase_if(timers_, [&](auto const& armed) { return armed.first.first == effect.token; });
    } else if constexpr (std::is_same_v<T, Incident>) {
      incidents_.push_back(effect.fault.english());
    } else if constexpr (std::is_same_v<T, Ended>) {
      if (ended_) throw std::runtime_error("the process ended twice");
      ended_ = true;
    }
  }

  // The events rebuild the instance, and every task stands on a token that waits at its element.
  void check() const {
    std::string rebuilt;
    for (auto const& delta : deltas_) rebuilt = process::apply(rebuilt, delta).value();
    if (json::parse(rebuilt) != json::parse(saved()))
      throw std::runtime_error("rebuilt: " + rebuilt + "\nstands:  " + saved());
    for (auto const& [key, task] : tasks_) {
      auto const* token = instance_.find(key.first);
      if (token == nullptr || definition_.nodes[token->node].id != task.element)
        throw std::runtime_error("the task " + task.element + " stands on no token");
    }
    for (auto const& [key, armed] : timers_)
      if (instance_.find(key.first) == nullptr) throw std::runtime_error("a timer stands on no token");
  }

  Definition definition_;
  Instance instance_;
  json::object fields_;
  Verb verb_;
  std::map<std::pair<TokenId, SeatId>, Open> tasks_;
  std::map<std::pair<TokenId, std::string>, bool> timers_;
  std::map<std::pair<std::string, std::string>, std::pair<Open, json::object>> done_;
  std::vector<json::object> deltas_;
  std::string state_;
  std::string refused_;
  bool ended_ = false;
  std::vector<std::string> incidents_;
};

}  // namespace yunzhi::process

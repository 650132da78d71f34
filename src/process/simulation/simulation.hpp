// Processes run without a server, for trying out and for tests: a whole house of definitions and instances in
// memory, with its own clock. Pure: what comes in is a command, what goes out is where everything stands.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include "process/engine/migration.hpp"
#include "process/model/model.hpp"
#include "process/simulation/simulated_tasks.hpp"

namespace yunzhi::process {

/// When so much working time has passed; `calendar` is empty for the organisation's own.
using SimulatedWorkingTime =
    std::function<Instant(Instant from, Milliseconds working, std::string_view calendar)>;

class Simulation {
 public:
  explicit Simulation(Instant now, SimulatedWorkingTime working_time = {});

  /// The processes of a BPMN 2.0 file. Files given later are later versions of processes with the same id.
  Result<> add(std::string_view xml);

  /// Does one command (docs/process-simulation.md) and says where everything stands: `open`, `ended`,
  /// `variables`, `events`, `error`, and to what people do `tasks` as well. A command that does not fit
  /// changes nothing.
  json::object tell(json::value const& command);

  /// Every place something is at, `element` and `waiting` or `failed` in `state`, and `timers` that are to
  /// come, `element` and `due`. For drawings; `tell` answers with the tasks alone.
  [[nodiscard]] json::object standing() const;

  /// Everything but the definitions, as JSON; restored into a simulation with the same definitions.
  [[nodiscard]] json::object save() const;
  Result<> restore(json::value const& saved);

 private:
  struct Version {
    Definition definition;
    std::size_t file = 0;
    std::int64_t number = 1;  ///< among those of the same id
  };
  using Number = std::int64_t;
  struct Running {
    Number id = 0;
    std::size_t version = 0;
    Instance instance;
    json::object fields;
    std::set<std::string> done;  ///< elements that were completed
    Number caller = 0;           ///< instance, or 0
    TokenId caller_token = no_token;
    bool over = false;
    bool failed = false;
    bool everything = false;  ///< ended those that call it as well
    std::string error;
  };
  /// A timer or subscription of a token, or of a definition's start (instance 0).
  struct Awaited {
    Number order = 0;
    Number instance = 0;
    std::size_t version = 0;
    TokenId token = no_token;
    Index node = nowhere;
    std::string name;
    json::value key;
    Instant due;
    std::int64_t left = 0;  ///< firings of a start's cycle; negative: without end
  };
  struct Message {
    std::string name;
    json::value key;
    json::object variables;
  };

  // simulation.cpp: commands
  using Command = Result<> (Simulation::*)(json::object const& command);
  struct Word {
    std::string_view name;
    Command command;
    bool people;  ///< what people do: the answer tells the tasks
  };
  static std::vector<Word> const& words();
  static Word const* word_of(json::object const& command);
  Result<> start(json::object const& command);
  Result<> fail(json::object const& command);
  Result<> retry(json::object const& command);
  Result<> message(json::object const& command);
  Result<> signal(json::object const& command);
  Result<> advance_clock(json::object const& command);
  Result<> set(json::object const& command);
  Result<> script(json::object const& command);
  Result<> save_and_restore(json::object const& command);
  void fire_until(Instant until);
  [[nodiscard]] json::object answer() const;

  // simulation_people.cpp: what people do with a task
  Result<> complete(json::object const& command);
  Result<> claim(json::object const& command);
  Result<> release(json::object const& command);
  Result<> delegate(json::object const& command);
  Result<> hand_over(json::object const& command);
  Result<> add_sign(json::object const& command);
  Result<> remove_sign(json::object const& command);
  Result<> send_back(json::object const& command);
  Result<> withdraw(json::object const& command);
  Result<> name_holders(json::object const& command);
  Result<> show_tasks(json::object const& command);
  using Passing = Result<Holding> (*)(Holding, std::string_view person, std::string_view to);
  Result<> pass_on(json::object const& command, std::string_view name, Passing passing,
                   std::string_view kind);
  Result<> complete_task(json::object const& command, SimulatedTask const& task);
  Result<> sign_for_all(json::object const& command, Number instance, TokenId token);
  Result<> keep_holding(SimulatedTask& task, Result<Holding> const& holding, std::string_view person,
                        std::string_view kind, std::string_view to = {});
  [[nodiscard]] Result<SimulatedTask*> find_task(json::object const& command, std::string_view name);
  Result<> act(SimulatedTask const& task, std::string_view person, Verb verb);

  // simulation_instances.cpp: what a supervisor does with instances
  Result<> suspend(json::object const& command);
  Result<> resume(json::object const& command);
  Result<> cancel(json::object const& command);
  Result<> restart(json::object const& command);
  Result<> enter(json::object const& command);
  Result<> drop_token(json::object const& command);
  Result<> move(json::object const& command);
  Result<> migrate(json::object const& command);
  Result<> suspend_all(Number instance, bool on);
  void retarget(Running& running, std::size_t version, ElementMapping const& mapping,
                Migrated const& migrated);
  [[nodiscard]] Result<Number> find_running(json::object const& command, std::string_view name) const;
  [[nodiscard]] bool is_suspended(Number instance) const;

  // simulation_routing.cpp: what instances say to each other
  void drain();
  void deliver(Message message);
  void deliver_early(Awaited const& awaited);
  [[nodiscard]] json::value key_carried(Message const& message) const;
  [[nodiscard]] Awaited const* receiver_of(Message const& message) const;
  [[nodiscard]] Awaited const* begun_by(Message const& message) const;
  void broadcast(std::string const& name, json::object const& variables, Number from = 0);
  void call(Number caller, CallProcess const& call);
  [[nodiscard]] std::size_t find_called(Running const& caller, CallProcess const& call) const;
  [[nodiscard]] std::size_t latest(std::string_view key) const;
  void came_to_end(Number instance);
  void start_conditional(json::object const& before, json::object const& now);

  // simulation_steps.cpp: one step of one instance
  Result<> step(Number instance, Event event);
  Result<> step(Number instance, Verb verb);
  Result<Number> begin(std::size_t version, Event event, Number caller, TokenId caller_token,
                       json::object fields = {});
  void arm_starts(std::size_t version);
  void fire(Awaited timer);
  /// A step that follows from another; its refusal is this command's trouble.
  void tell_step(Number instance, Event event);
  void tell_history(Running& running, Performed const& performed);
  [[nodiscard]] Instant due(TimerMoment const& when, TimerRule const& rule, Instant from) const;

  // simulation_effects.cpp: what the engine asks for
  void apply(Running& running, SetField const& set);
  void apply(Running& running, StartTimer const& timer);
  void apply(Running& running, CancelTimers const& cancel);
  void apply(Running& running, Subscribe const& subscribe);
  void apply(Running& running, Unsubscribe const& cancel);
  void apply(Running& running, Send const& sent);
  void apply(Running& running, Broadcast const& signal);
  void apply(Running& running, CallProcess const& called);
  void apply(Running& running, CancelCalled const& cancel);
  void apply(Running& running, Call const& work);
  void apply(Running& running, Escalate const& escalation);
  void apply(Running& running, Incident const& incident);
  void apply(Running& running, Ended const& ended);
  void apply(Running& running, CreateTask const& create);
  void apply(Running& running, CancelTask const& cancel);
  void open(Running const& running, OpenSeat const& seat);
  // Records are not here.
  void apply(Running&, SetState const&) {}
  void apply(Running&, Tell const&) {}
  void drop(std::vector<Awaited>& list, Running const& running, TokenId token, Node const* node);

  [[nodiscard]] Definition const& definition_of(Running const& running) const {
    return versions_[running.version]->definition;
  }
  struct Place {
    Number instance = 0;
    TokenId token = no_token;
  };
  [[nodiscard]] Result<Place> find_open(json::object const& command, std::string_view element,
                                        Token::State state) const;
  [[nodiscard]] Result<Place> find_any(json::object const& command, std::string_view element) const;

  std::vector<std::unique_ptr<Version const>> versions_;
  std::map<Number, Running> instances_;
  std::vector<Awaited> timers_;
  std::vector<Awaited> subscriptions_;
  std::vector<Message> buffered_;
  SimulatedTasks tasks_;
  json::object scripted_;  ///< by element: what a service answers at once
  json::object holders_;   ///< by role: the people who hold it
  json::object outside_;   ///< variables that were set before any process ran
  Instant now_;
  SimulatedWorkingTime working_time_;
  Number next_ = 1;
  Number main_ = 0;  ///< the instance started last by a command
  std::size_t files_ = 0;

  // Of the command in hand.
  std::deque<std::function<void()>> pending_;
  json::array events_;
  std::string trouble_;
  bool tasks_shown_ = false;
};

}  // namespace yunzhi::process

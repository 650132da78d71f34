// Running processes as rows. One outside trigger runs to the next wait states inside the caller's
// command: tasks, timers, history and the instance's state are written, the rest comes back as an Outcome
// for the caller to apply in the same transaction.
//
// `fields` is always the record as it is after the act that triggers the step: the variables of a process
// are the fields of its record.
#pragma once

#include <functional>

#include "process/durable/correlation.hpp"
#include "process/durable/decisions.hpp"
#include "process/durable/definitions.hpp"
#include "process/durable/outcome.hpp"
#include "process/durable/timed_starts.hpp"
#include "process/engine/holding.hpp"
#include "process/engine/migration.hpp"

namespace yunzhi::process {

/// When so much working time has passed; `calendar` is empty for the organisation's own.
using WorkingTime = std::function<Instant(Instant from, Milliseconds working, std::string_view calendar)>;

struct DueTimer {
  std::string id;
  std::string instance;
  std::string element;
  std::string record_kind;
  std::string record;
  Instant due_at;
};

/// A task with the drawing it stands in, for its form.
struct OpenStep {
  Task task;
  std::shared_ptr<Definition const> definition;
  Node const* node = nullptr;
};

class Processes {
 public:
  explicit Processes(WorkingTime working_time, std::chrono::minutes utc_offset = {})
      : working_time_(std::move(working_time)), utc_offset_(utc_offset) {}

  [[nodiscard]] Definitions& definitions() { return definitions_; }
  [[nodiscard]] Decisions& decisions() { return decisions_; }

  /// How the house finds everybody who holds a role, for counter-signing.
  using Holders = std::function<std::vector<std::string>(store::Reader&, std::string_view role)>;
  void find_holders(Holders holders) { holders_ = std::move(holders); }

  /// Starts a version of `key` for a record: the one in force unless `which` says another. Refused, naming
  /// `process_version` or `process_tag`, when there is none or it moves other records.
  Result<Outcome> start(store::Edit& edit, std::string_view key, std::string_view record_kind,
                        std::string_view record, json::object fields, std::string_view actor,
                        std::string_view message = {}, Which const& which = {});

  /// The task with its form. Missing when there is none with this id.
  Result<OpenStep> step(store::Reader& reader, std::string_view task);

  // people.cpp: what people do with a task
  /// Finishes an open task. Refused when it is not open, or somebody else holds it. One that was lent goes
  /// back to its owner instead, and the process stays where it is. `variables` are those of the process that
  /// the record has no field for.
  Result<Outcome> complete(store::Edit& edit, std::string_view task, std::string_view person,
                           json::object fields, Vote vote = Vote::none, json::object variables = {});
  /// Takes an open task that nobody holds; gives it back to those with the role; hands it to a person.
  Result<Task> claim(store::Edit& edit, std::string_view task, std::string_view person);
  Result<Task> release(store::Edit& edit, std::string_view task, std::string_view person);
  Result<Task> assign(store::Edit& edit, std::string_view task, std::string_view to);
  /// Lends it (委派) or gives it away (转办).
  Result<Task> delegate(store::Edit& edit, std::string_view task, std::string_view person,
                        std::string_view to, std::string_view note);
  Result<Task> hand_over(store::Edit& edit, std::string_view task, std::string_view person,
                         std::string_view to, std::string_view note);
  /// Remembers that somebody presses for it (催办). Refused when that was a short while ago.
  Result<Task> urge(store::Edit& edit, std::string_view task, std::string_view person, std::string_view note);
  /// Shows the step to people who have nothing to do in it (抄送); see copies().
  Result<Task> copy_to(store::Edit& edit, std::string_view task, std::string_view person,
                       std::vector<std::string> const& people, std::string_view note);
  /// Asks others to sign (加签); who asks takes the task, if nobody has it.
  Result<Outcome> add_sign(store::Edit& edit, std::string_view task, std::string_view person,
                           Seat::Place place, std::vector<std::string> people, json::object fields);
  /// Takes away the signature that `task` asks for.
  Result<Outcome> remove_sign(store::Edit& edit, std::string_view task, std::string_view person,
                              json::object fields);
  Result<Outcome> send_back(store::Edit& edit, std::string_view task, std::string_view person,
                            std::string_view element, bool straight_back, json::object fields);
  /// Takes back a task the person has finished, while nobody has touched what came after it.
  Result<Outcome> withdraw(store::Edit& edit, std::string_view task, std::string_view person,
                           json::object fields);
  /// The steps an open task can be sent back to: those done before, the first first.
  struct EarlierStep {
    std::string element;
    std::string name;
  };
  std::vector<EarlierStep> earlier_steps(store::Reader& reader, Task const& task);

  // administration.cpp: what a supervisor does with instances
  Result<Outcome> suspend(store::Edit& edit, std::string_view instance, std::string_view actor);
  Result<Outcome> resume(store::Edit& edit, std::string_view instance, std::string_view actor);
  /// Puts somebody before or behind an element; takes a token away.
  Result<Outcome> enter(store::Edit& edit, std::string_view instance, std::string_view element, bool behind,
                        json::object fields, std::string_view actor);
  Result<Outcome> drop(store::Edit& edit, std::string_view instance, TokenId token, json::object fields,
                       std::string_view actor);
  /// A new instance for the record of one that is over, from a step of its version.
  Result<Outcome> restart(store::Edit& edit, std::string_view instance, std::string_view element,
                          json::object fields, std::string_view actor);
  /// Whether the instance could go to another version; refused with what is in the way.
  Result<> check_migration(store::Reader& reader, std::string_view instance, std::string const& definition,
                           MigrationPlan const& plan);
  Result<Outcome> migrate(store::Edit& edit, std::string_view instance, std::string const& definition,
                          MigrationPlan const& plan, json::object fields, std::string_view actor);
  /// Starts a version that is not the active one.
  Result<Outcome> start_version(store::Edit& edit, std::string const& definition,
                                std::string_view record_kind, std::string_view record, Event event);
  /// The instance's tokens and its own variables, built again from its events alone.
  struct Rebuilt {
    std::string state;
    json::object variables;
  };
  Result<Rebuilt> rebuild(store::Reader& reader, std::string_view instance);

  /// Timers whose time has come, the oldest first, and when the next one comes.
  [[nodiscard]] std::vector<DueTimer> due_timers(store::Reader& reader, Instant now, std::size_t limit) const;
  [[nodiscard]] std::optional<Instant> next_timer(store::Reader& reader) const;
  /// Fires a due timer, at most once. Refused (conflict) when it is gone.
  Result<Outcome> fire(store::Edit& edit, std::string_view timer, json::object fields);

  /// The service of a token has done its work and brings variables, or failed with a code.
  Result<Outcome> called(store::Edit& edit, std::string_view instance, TokenId token, json::object fields,
                         std::string_view actor, json::object variables = {});
  Result<Outcome> failed(store::Edit& edit, std::string_view instance, TokenId token, std::string_view code,
                         json::object fields, std::string_view actor);
  /// Running instances of the record that may wait for a condition.
  std::vector<std::string> watching(store::Reader& reader, std::string_view record);
  /// The record changed beside its steps, or variables of the process: conditions are looked at again.
  Result<Outcome> changed(store::Edit& edit, std::string_view instance, json::object fields,
                          std::string_view actor, json::object variables = {});
  Result<Outcome> message(store::Edit& edit, std::string_view instance, std::string_view name,
                          json::object fields, std::string_view actor);
  // messages.cpp: what processes say to each other
  /// Takes a message to the token that waits for it.
  Result<Outcome> deliver(store::Edit& edit, Receiver const& receiver, Sent const& message,
                          json::object fields, std::string_view actor);
  /// The key that a message carries inside for the processes that may take it (carried_key()); null when it
  /// carries none.
  json::value key_carried(store::Edit& edit, Sent const& message);
  Result<Outcome> signal(store::Edit& edit, std::string_view instance, std::string_view name,
                         json::object fields, std::string_view actor);
  /// Versions in use whose process begins with such a message or signal, for records of that kind.
  struct Beginning {
    std::string definition;
    std::string element;
  };
  std::vector<Beginning> begun_by(store::Reader& reader, Trigger trigger, std::string_view name,
                                  std::string_view record_kind);
  /// Versions in use whose process begins when a condition becomes true, as one does between the record
  /// `before` (empty: it was just made) and `after` a change at `now`.
  std::vector<Beginning> begun_by_change(store::Reader& reader, std::string_view record_kind,
                                         json::object const& before, json::object const& after, Instant now);
  Result<Outcome> begin(store::Edit& edit, Beginning const& beginning, std::string_view record_kind,
                        std::string_view record, json::object fields, json::object variables,
                        std::string_view actor);

  // timed_starts.cpp
  /// Arms the timer of a start, or takes its firing and arms the next; whether it fired. Refused (conflict)
  /// when it is gone or not due.
  Result<bool> take_start(store::Edit& edit, TimedStart const& start);
  /// The values of the process's data objects: what a record that it makes for itself begins with.
  json::object begins_with(store::Reader& reader, std::string const& definition, Instant now);

  /// Sends a token to another step: to an earlier one, or past one.
  Result<Outcome> move(store::Edit& edit, std::string_view instance, TokenId token, std::string_view element,
                       json::object fields, std::string_view actor);
  /// Goes on after somebody has mended what a Trouble named.
  Result<Outcome> retry(store::Edit& edit, std::string_view instance, TokenId token, json::object fields,
                        std::string_view actor, json::object variables = {});
  Result<Outcome> cancel(store::Edit& edit, std::string_view instance, json::object fields,
                         std::string_view actor);

 private:
  struct Running;
  class Chain;

  Result<Running> load(store::Edit& edit, std::string_view instance);
  Result<Outcome> tell(store::Edit& edit, std::string_view instance, Event event);
  Result<Outcome> act(store::Edit& edit, std::string_view instance, Verb verb);
  Result<Outcome> go_on(store::Edit& edit, Running running, Verb verb);
  Result<Task> keep_holding(store::Edit& edit, Task const& task, Result<Holding> const& holding,
                            std::string_view person);
  /// How a task goes to somebody else, and what its history calls that.
  struct Passing {
    Result<Holding> (*act)(Holding, std::string_view person, std::string_view to);
    std::string_view event;
  };
  Result<Task> pass_on(store::Edit& edit, std::string_view task, Passing const& passing,
                       std::string_view person, std::string_view to, std::string_view note);
  Result<Outcome> of_task(store::Edit& edit, Task const& task, Verb verb);

  WorkingTime working_time_;
  std::chrono::minutes utc_offset_;
  Holders holders_;
  Definitions definitions_;
  Decisions decisions_;
};

}  // namespace yunzhi::process

// What a step asks the caller to do. Nodes and flows belong to the definition, which outlives the effects.
#pragma once

#include <variant>

#include "base/json.hpp"
#include "process/engine/instance.hpp"
#include "process/model/timer_rule.hpp"

namespace yunzhi::process {

/// Somebody has to do the step; `node->form` says what. `assignee` is the value of the field its rule
/// names, empty when there is none or the field is: then the task goes to whoever holds the role.
struct CreateTask {
  TokenId token;
  Node const* node;
  std::string assignee;
  std::optional<TimerMoment> due;
  std::string role;        ///< the step's own, else that of the lane which called the process
  json::object signers{};  ///< the variables that its signing rule names, as the step sees them
};
/// The task of the token is no longer to be done.
struct CancelTask {
  TokenId token;
  Node const* node;
};
/// The record's state changes.
struct SetState {
  Node const* node;
};
/// A variable of the process (a field of its record) has a new value. `node` is where, null when the act
/// itself brought it.
struct SetField {
  Node const* node;
  std::string name;
  json::value value;
};
/// Report a timer event for (token, node) when its time has come.
struct StartTimer {
  TokenId token;
  Node const* node;
  TimerMoment when;  ///< `node->timer` says whether it counts working time, and on which calendar
};
/// One timer of a token, or all of them when `node` is null.
struct CancelTimers {
  TokenId token;
  Node const* node;
};
/// Report the message or signal `name` for (token, node) when it comes: `token` is no_token for an event
/// sub-process of the process itself. A message must carry the key, unless it is null.
struct Subscribe {
  TokenId token;
  Node const* node;
  std::string name;
  json::value key;
};
/// One subscription of a token, or all of them when `node` is null.
struct Unsubscribe {
  TokenId token;
  Node const* node;
};
/// The message `name` goes out, to whoever waits for it.
struct Send {
  Node const* node;
  std::string name;
  json::value key;
  json::object variables;
};
/// The signal `name` goes to everybody else who waits for it: the steps of this instance have had it.
struct Broadcast {
  Node const* node;
  std::string name;
  json::object variables;
};
/// Start the process and report `called`, `fail` or `escalated` for the token.
struct CallProcess {
  TokenId token;
  Node const* node;  ///< `node->called` says which version
  std::string process;
  json::object variables;
  std::string role;  ///< for its steps that name none
};
/// The called process is given up.
struct CancelCalled {
  TokenId token;
  Node const* node;
};
/// A called process raised an escalation that it does not catch: for its caller, with its variables.
struct Escalate {
  Node const* node;
  std::string code;
  json::object variables;
};
/// Do the action `node->action`, or decide `node->decision`, and report `called` or `fail`.
struct Call {
  TokenId token;
  Node const* node;
};
/// Do the action `node->action`; nothing waits for it. So are `notify` and `escalate`: a message to people
/// whose delivery is no step of the process.
struct Tell {
  Node const* node;
};
/// The token cannot go on until a person mends what the fault names and retries.
struct Incident {
  TokenId token;
  Node const* node;
  Fault fault;
};
/// Nothing is left to do.
struct Ended {
  bool cancelled = false;
  std::string error;  ///< the code of the error that ended it; a caller gets it as `fail`
  bool failed = false;
  bool everything = false;  ///< those that call it end with it: a caller gets it as `terminate`
};

using Effect =
    std::variant<CreateTask, CancelTask, SetState, SetField, StartTimer, CancelTimers, Subscribe, Unsubscribe,
                 Send, Broadcast, Call, Tell, CallProcess, CancelCalled, Escalate, Incident, Ended>;

/// One line of an instance's history. The first line of a step tells the event, with the flows it took.
struct HistoryRow {
  enum class Kind : std::uint8_t {
    started,
    completed,
    fired,
    message,
    called,
    failed,
    moved,
    retried,
    cancelled,
    incident,
    ended,
    signal,
    changed,
    escalated,
    compensated,
    entered,
    dropped,
    migrated
  };
  Kind kind;
  Node const* node = nullptr;
  std::string text;         ///< of an incident
  std::vector<Index> path;  ///< flows passed
};

char const* name_of(HistoryRow::Kind kind);

/// The outcome of one event.
struct Step {
  Instance instance;
  std::vector<Effect> effects;
  std::vector<HistoryRow> history;
};

}  // namespace yunzhi::process

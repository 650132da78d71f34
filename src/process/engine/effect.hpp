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
/// A script computed a field of the record.
struct SetField {
  Node const* node;
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
/// Do the action `node->action` and report `called` or `fail`.
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
};

using Effect = std::variant<CreateTask, CancelTask, SetState, SetField, StartTimer, CancelTimers, Call, Tell,
                            Incident, Ended>;

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
    ended
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

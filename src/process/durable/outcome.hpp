// What a step of a process means for the house: tasks that came and went, the record's new state, actions
// to do. The caller applies it in the same transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "process/engine/effect.hpp"
#include "process/engine/signing.hpp"
#include "process/model/definition.hpp"

namespace yunzhi::process {

/// A row of the inbox.
struct Task {
  std::string id;
  std::string instance;
  std::string definition;
  TokenId token = no_token;
  std::string element;
  std::string name;
  std::string role;
  std::optional<std::string> assignee;
  std::string record_kind;
  std::string record;
  std::optional<std::string> unit;
  std::string state;  ///< open, done, cancelled or withdrawn
  Instant created_at;
  std::optional<Instant> due_at;
  std::optional<Instant> claimed_at;
  std::optional<Instant> completed_at;
  std::optional<std::string> completed_by;
  SeatId seat = sole_seat;                ///< which signature of the step
  std::optional<std::string> place;       ///< signer, before, after, beside; nothing when one person does it
  std::optional<std::string> owner;       ///< to whom it comes back when it is done
  std::optional<std::string> deputy_for;  ///< the absent person it was meant for
  std::optional<Instant> urged_at;
  std::optional<Instant> remind_at;  ///< when who has it hears of it next, because of its due moment
};

/// Something a service step asks for.
struct Act {
  std::string element;
  std::string name;    ///< as drawn
  std::string action;  ///< `notify`, `escalate`, or what the house registered
  std::string role;    ///< of the lane the step is drawn in
  TokenId token = no_token;
};

/// Why a process cannot go on by itself, until somebody retries the token.
struct Trouble {
  std::string element;
  std::string name;
  TokenId token = no_token;
  Fault fault;
};

/// A message that goes out.
struct Sent {
  std::string element;
  std::string name;
  json::value key;
  json::object variables;
};

/// A signal that goes out, to everybody but the steps of the instance that threw it: they have had it.
struct Thrown {
  std::string name;
  std::string instance;
};

/// A process to be started for a token, which waits for its end.
struct Calling {
  TokenId token = no_token;
  std::string element;
  std::string process;
  Called const* rule = nullptr;  ///< which version; belongs to the definition
  json::object variables;
  std::string role;  ///< of the calling lane, for steps that name none
};

/// A decision to be taken for a token.
struct Deciding {
  TokenId token = no_token;
  std::string element;
  std::string decision;
  std::string result;  ///< the variable it sets; empty: those its result names
};

/// A message that a step has begun to wait for.
struct Awaiting {
  std::string name;
  json::value key;
};

struct Outcome {
  std::string instance;
  std::string record_kind;
  std::string record;
  std::vector<Task> created;
  std::vector<Task> cancelled;
  std::string record_state;       ///< the record's new state; empty: unchanged
  json::object fields;            ///< fields that scripts computed
  std::vector<Act> calls;         ///< written as jobs; see jobs.hpp
  std::vector<Act> tells;         ///< nothing waits for them
  std::vector<Sent> sent;         ///< to be delivered
  std::vector<Thrown> signals;    ///< to be broadcast
  std::vector<Awaiting> awaited;  ///< for which a message may have been kept
  std::vector<Trouble> troubles;
  bool ended = false;
  bool cancelled_process = false;
};

/// What one step of one instance asks of the others that move the same record, done before the command is
/// over; see consequences.cpp.
struct Consequences {
  std::vector<Calling> processes;
  std::vector<Deciding> decisions;
  std::vector<TokenId> given_up;      ///< whose called processes are no longer awaited
  std::vector<Escalate> escalations;  ///< that nobody in the instance caught
  bool ended = false;
  bool failed = false;
  bool everything = false;  ///< whoever called it ends too
  std::string error;        ///< the code it ended with
};

}  // namespace yunzhi::process

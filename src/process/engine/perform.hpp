// What people do to a running process beyond finishing their step. Every act is told by tokens: the engine
// moves them (advance), and this layer keeps what the verbs must remember between two acts in
// Instance::kept: signatures not complete, tokens that wait for a step sent back, a suspension. Pure, like
// the engine below.
#pragma once

#include <functional>
#include <map>

#include "process/engine/advance.hpp"
#include "process/engine/signing.hpp"

namespace yunzhi::process {

struct Verb {
  enum class Kind : std::uint8_t {
    event,        ///< what `event` says: a start, a timer, a message, a retry, …
    complete,     ///< `seat` of the token is done, with `vote` when it is voted on
    add_sign,     ///< `people` sign at `place`, asked by `seat` (加签)
    remove_sign,  ///< `seat` need not sign any more (减签)
    send_back,    ///< back to the earlier step `event.element` (驳回); see `straight_back`
    withdraw,     ///< the act that `delta` tells is taken back (撤回); while a vote is open, that of `seat`
    suspend,      ///< nothing but resume, cancel and changes by hand until resumed
    resume
  };
  Kind kind = Kind::event;
  Event event;  ///< token, element, fields, actor and moment are here
  SeatId seat = sole_seat;
  Vote vote = Vote::none;
  Seat::Place place = Seat::Place::beside;
  std::vector<std::string> people{};
  /// When the step sent back is done: straight back to who sent it, everything cancelled on the way as it
  /// stood; else step by step along the flows.
  bool straight_back = false;
  std::map<TokenId, std::string> holders{};  ///< who holds the open tasks
  json::object delta{};                      ///< of the act withdrawn
  std::function<std::vector<std::string>(std::string_view role)> holders_of{};
};

/// A signature is asked for.
struct OpenSeat {
  TokenId token;
  Node const* node;
  Seat seat;
  std::optional<TimerMoment> due;
};
struct CloseSeat {
  TokenId token;
  Node const* node;
  SeatId seat;
};
/// What was done, beside the rows of the engine: sent_back, withdrawn, signed, sign_added, sign_removed,
/// suspended, resumed, decided.
struct Note {
  std::string kind;
  Node const* node = nullptr;
  std::string text;
};

struct Performed {
  Step step;
  std::vector<CloseSeat> closed;
  std::vector<OpenSeat> opened;
  json::object fields;  ///< the outcome of signatures, by the fields the policies name
  std::vector<Note> notes;
};

/// Refused when the verb does not fit where the instance stands; the instance is then as it was. Otherwise it
/// may have been moved into the step, as by advance().
Result<Performed> perform(Definition const& definition, Instance& instance, Verb verb);
inline Result<Performed> perform(Definition const& definition, Instance&& instance, Verb verb) {
  return perform(definition, instance, std::move(verb));
}

/// The signatures of a token's task, when there are any.
std::optional<Signing> signing_of(Instance const& instance, TokenId token);
bool suspended(Instance const& instance);
/// Whether `element` can come before the place of the token: what a step may be sent back to.
bool comes_before(Definition const& definition, Index element, Index place);

}  // namespace yunzhi::process

// What comes to a process from outside.
#pragma once

#include <string>

#include "base/json.hpp"
#include "process/engine/instance.hpp"

namespace yunzhi::process {

/// An event of the process that a token (or the process itself, for no_token) waits for.
struct Awaited {
  TokenId token = no_token;
  std::string event;
};

struct Event {
  enum class Kind : std::uint8_t {
    start,      ///< a new instance; `name`: the message of a message start; `element`: the start; or neither
    complete,   ///< a person is done with the task of `token`
    timer,      ///< the timer `element` of `token` is due
    message,    ///< the message `name` arrived for (`token`, `element`), or for every step waiting for it
    called,     ///< the service or the called process of `token` has done its work
    fail,       ///< the work of `token` failed with the code `name`
    move,       ///< `token` goes to `element` instead, to an earlier step or past one
    retry,      ///< whoever was asked has mended what kept `token` from going on
    cancel,     ///< the whole instance is given up
    signal,     ///< the signal `name` was broadcast; every step waiting for it goes on
    change,     ///< variables changed outside
    escalated,  ///< the called process of `token` raised the escalation `name`
    enter,  ///< somebody is put before `element`, or behind it when `name` is "after"; starts when nobody is
    drop,   ///< `token` is taken away with all inside it; `name` is "instead" when others come in its place
    terminate,  ///< the called process of `token` ended everything, this process too
    migrate     ///< the instance has come to this version: it waits for what `awaited` and `entered` say
  };
  Kind kind = Kind::start;
  TokenId token = no_token;
  std::string element;
  std::string name;
  json::object fields;  ///< the record as it is after the act that this event reports
  std::string actor;    ///< a person's id, or "system:<part>"
  Moment moment;
  /// Variables the act brings that `fields` does not hold yet: they go to the nearest scope that has them,
  /// else to the process, which is told by effects.
  json::object changes{};
  std::string role{};              ///< of a start: the lane that calls
  bool called = false;             ///< of a start: by a call activity
  std::vector<Awaited> awaited{};  ///< of a migration
  std::vector<TokenId> entered{};  ///< of a migration: sub-processes that came to stand around others
};

}  // namespace yunzhi::process

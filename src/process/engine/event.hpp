// What comes to a process from outside.
#pragma once

#include <string>

#include "base/json.hpp"
#include "process/engine/instance.hpp"

namespace yunzhi::process {

struct Event {
  enum class Kind : std::uint8_t {
    start,     ///< a new instance; `name`: the message of a message start, empty: the plain start
    complete,  ///< a person is done with the task of `token`
    timer,     ///< the timer `element` of `token` is due
    message,   ///< the message `name` arrived; every step waiting for it goes on
    called,    ///< the service of `token` has done its work
    fail,      ///< the service of `token` failed with the code `name`
    move,      ///< `token` goes to `element` instead, to an earlier step or past one
    retry,     ///< whoever was asked has mended what kept `token` from going on
    cancel     ///< the whole instance is given up
  };
  Kind kind = Kind::start;
  TokenId token = no_token;
  std::string element;
  std::string name;
  json::object fields;  ///< the record as it is after the act that this event reports
  std::string actor;    ///< a person's id, or "system:<part>"
  Moment moment;
};

}  // namespace yunzhi::process

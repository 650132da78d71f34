// Whether a process fits the house it is to run in: beside what the engine asks of a file, its words must
// mean something here.
#pragma once

#include <functional>

#include "process/model/definition.hpp"
#include "record/module.hpp"

namespace yunzhi::record {

struct Surroundings {
  Modules const& modules;
  std::function<bool(std::string_view)> role_known;
  std::function<bool(std::string_view)> action_known;
};

/// Refused with one fault per word nobody here knows (the kind of record, a role, a field of a form, a
/// state, an action), each with `line:column` of its element as its field.
Result<> check_fit(process::Definition const& definition, Surroundings const& surroundings);

}  // namespace yunzhi::record

// The variables of a kept process: the fields of the record it moves, and beside them variables of its own,
// which an expression reads before a field of the same name.
#pragma once

#include "base/json.hpp"

namespace yunzhi::process {

/// The fields with the own variables over them: what the expressions of a process see.
json::object seen_by(json::object record, json::object const& own);
/// Of what a process is called with, what the record does not say anyway.
json::object own_of(json::object const& given, json::object const& record);
/// New values divided between the record and the process, which is left with those that are not fields.
struct Divided {
  json::object fields;
  json::object own;
};
Divided divide(json::object const& values, json::object const& record, json::object const& own);

}  // namespace yunzhi::process

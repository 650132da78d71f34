#include "process/engine/watching.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

bool holds(Node const& start, json::object const& variables, Moment const& moment) {
  auto const answer = start.condition->evaluate(variables, moment);
  return answer.get<bool>() != nullptr && *answer.get<bool>();
}

}  // namespace

json::object watched_in(Watched const& watched, json::object const& variables) {
  json::object seen;
  auto const keep = [&](std::string_view name, json::value const& value) {
    if (!value.is_null()) seen[name] = value;
  };
  for (auto const& name : watched.variables)
    if (auto const* value = variables.if_contains(name)) keep(name, *value);
  if (watched.variables.empty())
    for (auto const& member : variables) keep(member.key(), member.value());
  return seen;
}

bool sees_change(Watched const& watched, json::object const& before, json::object const& now) {
  bool const came = std::any_of(now.begin(), now.end(), [&](auto const& member) {
    auto const* was = before.if_contains(member.key());
    return was == nullptr ? watched.created : watched.updated && *was != member.value();
  });
  return came || (watched.deleted && std::any_of(before.begin(), before.end(), [&](auto const& member) {
                    return !now.contains(member.key());
                  }));
}

bool becomes_true(Node const& start, json::object const& before, json::object const& now,
                  Moment const& moment) {
  if (start.watched &&
      !sees_change(*start.watched, watched_in(*start.watched, before), watched_in(*start.watched, now)))
    return false;
  return holds(start, now, moment) && (before.empty() || !holds(start, before, moment));
}

}  // namespace yunzhi::process

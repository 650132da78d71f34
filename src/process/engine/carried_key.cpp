#include "process/engine/carried_key.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

// Who throws a message computes its key itself.
bool catches(Node const& node) {
  return node.element != Element::end && node.element != Element::throw_event &&
         node.element != Element::send_task;
}

}  // namespace

json::value carried_key(Node const& node, std::string_view message, json::object const& variables,
                        Moment const& moment) {
  if (node.reference != message || !catches(node)) return nullptr;
  if (node.message_key) return node.message_key->evaluate(variables, moment).to_json();
  if (!node.correlation) return nullptr;
  auto const names = node.correlation->variables();
  bool const whole = !names.empty() && std::all_of(names.begin(), names.end(), [&](auto const& name) {
    return variables.contains(name);
  });
  return whole ? node.correlation->evaluate(variables, moment).to_json() : json::value();
}

}  // namespace yunzhi::process

#include "process/durable/kept.hpp"

namespace yunzhi::process {
namespace {

Result<> kept(Node const& node) {
  bool const begins = node.element == Element::start && node.scope == nowhere;
  // It is armed when there are no variables yet.
  if (begins && node.trigger == Trigger::timer)
    if (auto const when = timer_moment(node.timer, {}, {}); !when)
      return refuse(Why::invalid, node.at, "'{}': the timer is wrong: {}", node.id, when.error().english());
  return {};
}

}  // namespace

Result<> check_kept(Definition const& definition) {
  Refusal refusal;
  for (auto const& node : definition.nodes)
    if (auto const fine = kept(node); !fine) refusal.faults.push_back(fine.error().faults.front());
  if (!refusal.faults.empty()) return refusal;
  return {};
}

}  // namespace yunzhi::process

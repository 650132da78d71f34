#include "process/durable/kept.hpp"

namespace yunzhi::process {
namespace {

// Refused when an element asks of the house what nobody there does.
Result<> kept(Node const& node) {
  bool const throws = node.element == Element::throw_event || node.element == Element::end;
  bool const begins = node.element == Element::start && node.scope == nowhere;
  if (node.element == Element::call_activity)
    return refuse(Why::invalid, node.at, "'{}' calls another process, which is not kept yet", node.id);
  if (node.trigger == Trigger::signal)
    return refuse(Why::invalid, node.at, "'{}': signals between processes are not kept yet", node.id);
  if ((throws && node.trigger == Trigger::message) ||
      (node.element == Element::send_task && node.action.empty()))
    return refuse(Why::invalid, node.at, "'{}': messages to other processes are not kept yet", node.id);
  if (node.element == Element::business_rule_task && node.action.empty())
    return refuse(Why::invalid, node.at, "'{}': decisions are not kept yet; add yunzhi:action", node.id);
  if (begins && node.trigger != Trigger::none && node.trigger != Trigger::message)
    return refuse(Why::invalid, node.at, "'{}': only messages start a process that is kept", node.id);
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

#include "process/durable/kept.hpp"

namespace yunzhi::process {
namespace {

// A timer or a condition that begins a process would have no record to move.
Result<> kept(Node const& node) {
  bool const begins = node.element == Element::start && node.scope == nowhere;
  bool const alone =
      node.trigger != Trigger::none && node.trigger != Trigger::message && node.trigger != Trigger::signal;
  if (begins && alone)
    return refuse(Why::invalid, node.at,
                  "'{}': a process that moves records is begun by a record, a message or a signal", node.id);
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

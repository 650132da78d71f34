#include "process/engine/migration.hpp"

#include "process/engine/moving.hpp"

namespace yunzhi::process {
namespace {

bool joins(Node const& node) {
  return (node.element == Element::parallel || node.element == Element::inclusive) &&
         node.incoming.size() > 1;
}

}  // namespace

std::string const& mapped(ElementMapping const& mapping, std::string const& id) {
  auto const found = mapping.find(id);
  return found == mapping.end() ? id : found->second;
}

Result<> check_plan(Definition const& from, Definition const& to, MigrationPlan const& plan) {
  Refusal refusal;
  Pairing const pairing(from, to, plan);
  std::map<Index, std::string> joined;
  for (auto const& [source, target] : plan.mapping) {
    auto const old = from.find_node(source);
    auto const fresh = to.find_node(target);
    std::optional<Fault> fault;
    if (old == nowhere) {
      fault = Fault{"", "the process has no step '{}'", {source}};
    } else if (fresh == nowhere) {
      fault = Fault{"", "'{}' has no counterpart: the new version has no step '{}'", {source, target}};
    } else if (joins(from.nodes[old]) && !joined.emplace(fresh, source).second) {
      fault = Fault{"", "'{}' and '{}' cannot both become '{}'", {joined[fresh], source, target}};
    } else {
      fault = pairing.mismatch(old, fresh);
    }
    if (!fault) continue;
    fault->field = "/mapping/" + source;
    refusal.faults.push_back(std::move(*fault));
  }
  for (auto const& id : plan.renewed) {
    auto const number = to.find_node(id);
    if (number == nowhere || !to.nodes[number].awaited_event())
      refusal.faults.push_back({"/renewed", "'{}' is no event of the new version that waits", {id}});
  }
  if (!refusal.faults.empty()) return refusal;
  return {};
}

Result<Migrated> migrate(Definition const& from, Definition const& to, MigrationPlan const& plan,
                         Instance const& instance) {
  return Moving(from, to, plan, instance).go();
}

}  // namespace yunzhi::process

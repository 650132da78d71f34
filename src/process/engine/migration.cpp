#include "process/engine/migration.hpp"

#include <algorithm>

#include "process/engine/delta.hpp"

namespace yunzhi::process {
namespace {

// Why a token at `from` cannot stand at `to`; nothing when it can.
std::optional<Fault> mismatch(Definition const& old, Definition const& fresh, ElementMapping const& mapping,
                              Node const& from, std::string const& target) {
  auto const number = fresh.find_node(target);
  if (number == nowhere)
    return Fault{from.id, "'{}' has no counterpart: the new version has no step '{}'", {from.id, target}};
  auto const& to = fresh.nodes[number];
  if (to.element != from.element || to.trigger != from.trigger)
    return Fault{from.id, "'{}' cannot become '{}', which is of another kind", {from.id, target}};
  auto const around = from.scope == nowhere ? std::string() : mapped(mapping, old.nodes[from.scope].id);
  auto const new_around = to.scope == nowhere ? std::string() : fresh.nodes[to.scope].id;
  if (around != new_around)
    return Fault{from.id, "'{}' cannot become '{}', which lies in another sub-process", {from.id, target}};
  return std::nullopt;
}

Index timer_on(Definition const& definition, Index host, std::string const& id) {
  for (auto const number : definition.nodes[host].boundary)
    if (definition.nodes[number].id == id && definition.nodes[number].trigger == Trigger::timer)
      return number;
  return nowhere;
}

// The saved state with the new ids: elements, the flows on which tokens came to joins, and whatever else
// names an element.
json::value renamed(json::value value, ElementMapping const& mapping, ElementMapping const& flows) {
  for (auto& image : value.at("t").as_array()) {
    auto& parts = image.as_array();
    auto const element = std::string(parts[1].as_string());
    parts[1] = json::string(mapped(mapping, element));
    for (std::size_t i = 4; i < parts.size(); ++i) {
      if (auto const* flow = parts[i].if_string()) parts[i] = json::string(mapped(flows, std::string(*flow)));
      if (auto const* extra = parts[i].if_object()) {
        json::object fresh;
        for (auto const& member : *extra) fresh[mapped(mapping, std::string(member.key()))] = member.value();
        parts[i] = std::move(fresh);
      }
    }
  }
  return value;
}

// A join knows on which of its flows somebody came; the flow is found by its id, or by where it comes from.
ElementMapping flows_of(Definition const& old, Definition const& fresh, ElementMapping const& mapping) {
  ElementMapping flows;
  for (auto const& flow : old.flows) {
    if (fresh.find_flow(flow.id) != nowhere) continue;
    auto const& from = mapped(mapping, old.nodes[flow.from].id);
    auto const& to = mapped(mapping, old.nodes[flow.to].id);
    for (auto const& other : fresh.flows)
      if (fresh.nodes[other.from].id == from && fresh.nodes[other.to].id == to) flows[flow.id] = other.id;
  }
  return flows;
}

}  // namespace

std::string const& mapped(ElementMapping const& mapping, std::string const& id) {
  auto const found = mapping.find(id);
  return found == mapping.end() ? id : found->second;
}

Result<> check_mapping(Definition const& from, Definition const& to, ElementMapping const& mapping) {
  Refusal refusal;
  for (auto const& [source, target] : mapping) {
    auto const number = from.find_node(source);
    if (number == nowhere) {
      refusal.faults.push_back({"/mapping/" + source, "the process has no step '{}'", {source}});
    } else if (auto fault = mismatch(from, to, mapping, from.nodes[number], target)) {
      fault->field = "/mapping/" + source;
      refusal.faults.push_back(std::move(*fault));
    }
  }
  if (!refusal.faults.empty()) return refusal;
  return {};
}

Result<Migrated> migrate(Definition const& from, Definition const& to, ElementMapping const& mapping,
                         Instance const& instance, Event const& event) {
  Refusal refusal;
  refusal.why = Why::conflict;
  for (auto const& token : instance.tokens) {
    auto const& node = from.nodes[token.node];
    if (auto fault = mismatch(from, to, mapping, node, mapped(mapping, node.id)))
      refusal.faults.push_back(std::move(*fault));
  }
  if (!refusal.faults.empty()) return refusal;
  auto const state = renamed(parse_state(save(from, instance)), mapping, flows_of(from, to, mapping));
  auto restored = restore(to, json::serialize(state));
  if (!restored)
    return refuse(Why::conflict, "", "a token waits at a join on a flow that the new version does not have");
  Migrated migrated{std::move(*restored), {}};
  for (auto const& token : instance.tokens) {
    if (token.state == Token::State::joining) continue;
    auto const target = to.find_node(mapped(mapping, from.nodes[token.node].id));
    for (auto const number : from.nodes[token.node].boundary)
      if (from.nodes[number].trigger == Trigger::timer &&
          timer_on(to, target, mapped(mapping, from.nodes[number].id)) == nowhere)
        migrated.effects.emplace_back(CancelTimers{token.id, &from.nodes[number]});
    for (auto const number : to.nodes[target].boundary) {
      auto const& timer = to.nodes[number];
      bool const known =
          std::any_of(from.nodes[token.node].boundary.begin(), from.nodes[token.node].boundary.end(),
                      [&](Index old) { return mapped(mapping, from.nodes[old].id) == timer.id; });
      if (timer.trigger != Trigger::timer || known) continue;
      auto when = timer_moment(timer.timer, event.fields, event.moment);
      if (!when) return when.error();
      migrated.effects.emplace_back(StartTimer{token.id, &timer, *when});
    }
  }
  return migrated;
}

}  // namespace yunzhi::process

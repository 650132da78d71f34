#include "process/engine/pairing.hpp"

namespace yunzhi::process {
namespace {

std::string_view text_of(std::optional<Expression> const& expression) {
  return expression ? std::string_view(expression->text()) : std::string_view();
}

}  // namespace

Index Pairing::target(Index old) const {
  return to.find_node(mapped(plan_.mapping, from.nodes[old].id));
}

Index Pairing::target_flow(Index old) const {
  auto const& flow = from.flows[old];
  auto const source = target(flow.from);
  auto const end = target(flow.to);
  auto const same = to.find_flow(flow.id);
  if (same != nowhere && to.flows[same].to == end) return same;
  for (Index i = 0; i < to.flows.size(); ++i)
    if (source != nowhere && to.flows[i].from == source && to.flows[i].to == end) return i;
  return nowhere;
}

std::optional<Fault> Pairing::mismatch(Index old, Index fresh) const {
  auto const& before = from.nodes[old];
  auto const& after = to.nodes[fresh];
  bool const alike = before.element == after.element && before.trigger == after.trigger &&
                     before.event_sub == after.event_sub && before.transaction == after.transaction &&
                     before.ad_hoc.has_value() == after.ad_hoc.has_value() && before.handler == after.handler;
  if (!alike)
    return Fault{before.id, "'{}' cannot become '{}', which is of another kind", {before.id, after.id}};
  if (before.loop.kind != after.loop.kind)
    return Fault{
        before.id, "'{}' cannot become '{}', which is repeated in another way", {before.id, after.id}};
  if (before.loop.output.empty() != after.loop.output.empty())
    return Fault{before.id,
                 "'{}' cannot become '{}': only one of them gathers the results of its runs",
                 {before.id, after.id}};
  return std::nullopt;
}

bool Pairing::waits_alike(Index old, Index fresh) const {
  auto const& before = from.nodes[old];
  auto const& after = to.nodes[fresh];
  if (plan_.renewed.contains(after.id) || before.trigger != after.trigger) return false;
  bool const named = after.trigger == Trigger::message || after.trigger == Trigger::signal;
  if (named)
    return before.reference == after.reference && text_of(before.correlation) == text_of(after.correlation);
  if (after.trigger != Trigger::conditional) return true;
  bool const looks_alike = before.watched.has_value() == after.watched.has_value() &&
                           (!after.watched || before.watched->variables == after.watched->variables);
  return looks_alike && text_of(before.condition) == text_of(after.condition);
}

std::optional<Fault> Pairing::cannot_undo(Index old) const {
  auto const& before = from.nodes[old];
  auto const fresh = target(old);
  bool const undone = before.compensation != nowhere || before.compensation_start != nowhere;
  bool fits = fresh != nowhere && to.nodes[fresh].element == before.element;
  if (fits && undone)
    fits = to.nodes[fresh].compensation != nowhere || to.nodes[fresh].compensation_start != nowhere;
  if (fits) return std::nullopt;
  return Fault{before.id, "what was done at '{}' could not be undone in the new version", {before.id}};
}

bool Pairing::rename(json::array& images) const {
  for (auto& image : images) {
    auto& parts = image.as_array();
    auto const old = from.find_node(parts[1].as_string());
    auto const fresh = old == nowhere ? nowhere : target(old);
    if (fresh == nowhere || mismatch(old, fresh)) return false;
    auto const around = from.nodes[old].scope;
    auto const new_around = around == nowhere ? nowhere : target(around);
    if (to.nodes[fresh].scope != new_around) return false;
    parts[1] = json::string(to.nodes[fresh].id);
    for (std::size_t i = 4; i < parts.size(); ++i) {
      if (auto const* flow = parts[i].if_string()) {
        auto const number = from.find_flow(*flow);
        auto const other = number == nowhere ? nowhere : target_flow(number);
        if (other == nowhere) return false;
        parts[i] = json::string(to.flows[other].id);
      }
      if (auto* extra = parts[i].if_object(); extra != nullptr && !rename_extra(*extra)) return false;
    }
  }
  return true;
}

// What was done inside is not looked into: whoever comes back to such a place must not have any.
bool Pairing::rename_extra(json::object& extra) const {
  if (extra.contains("done") || extra.contains("queue")) return false;
  auto* waits = extra.if_contains("waits");
  if (waits == nullptr) return true;
  json::object renamed;
  for (auto const& wait : waits->as_object())
    renamed[mapped(plan_.mapping, std::string(wait.key()))] = wait.value();
  for (auto const& wait : renamed)
    if (to.find_node(wait.key()) == nowhere) return false;
  *waits = std::move(renamed);
  return true;
}

}  // namespace yunzhi::process

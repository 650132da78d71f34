// Sent elsewhere: the part of Run that takes a token to another step.
#include "process/engine/run.hpp"

namespace yunzhi::process {

// What would run again from `target`: everything reachable from it, but not past the first join that the
// moved token has still before it. Inside one way of a split the other ways stay as they are; a move to
// before the split takes them along.
NodeSet Run::rerun_from(Index target, Index current) const {
  auto const join = [&](Index number) {
    auto const element = node(number).element;
    return node(number).incoming.size() > 1 &&
           (element == Element::parallel || element == Element::inclusive);
  };
  auto const walk = [&](Index from, auto&& stops) {
    NodeSet seen(definition_.nodes.size() / 64 + 1);
    std::vector<Index> todo{from};
    put(seen, from);
    while (!todo.empty()) {
      auto const here = todo.back();
      todo.pop_back();
      if (stops(here)) continue;
      std::vector<Index> next = node(here).boundary;
      for (auto const flow : node(here).outgoing) next.push_back(definition_.flows[flow].to);
      if (node(here).link != nowhere) next.push_back(node(here).link);
      for (auto const number : next)
        if (!holds(seen, number)) {
          put(seen, number);
          todo.push_back(number);
        }
    }
    return seen;
  };
  auto const ahead = walk(current, join);
  auto again = walk(target, [&](Index number) { return join(number) && holds(ahead, number); });
  return again;
}

Result<> Run::move() {
  auto const number = definition_.find_node(event_.element);
  if (number == nowhere)
    return refuse(Why::invalid, "/element", "the process has no step '{}'", event_.element);
  auto const& target = node(number);
  // No flow leads to what begins a process without a start event, or to the steps of a checklist.
  bool const step = target.activity() ? !target.handler && !target.event_sub
                                      : target.element == Element::catch_event && !target.incoming.empty();
  if (!step) return refuse(Why::invalid, "/element", "'{}' is no step one can go to", event_.element);
  auto const* token = find(event_.token);
  if (token != nullptr) token = find(carrier(token->id));
  while (token != nullptr && node(token->node).scope != target.scope)
    token = token->scope == no_token ? nullptr : find(carrier(token->scope));
  if (token == nullptr)
    return refuse(Why::conflict, "/element", "'{}' lies in a sub-process that is not running",
                  event_.element);
  auto const moved = *token;
  auto const again = rerun_from(number, moved.node);
  tell(HistoryRow::Kind::moved, number, node(find(event_.token)->node).id);
  std::vector<TokenId> gone{moved.id};
  for (auto const id : tokens().children(moved.scope)) {
    auto const& other = *find(id);
    if (other.id == moved.id) continue;
    bool const join = other.state == Token::State::joining;
    auto const position = join ? definition_.flows[other.flow].from : other.node;
    if (holds(again, position)) gone.push_back(other.id);
  }
  for (auto const id : gone) cancel(id);
  arrivals_.push_back({number, target.incoming.empty() ? nowhere : target.incoming.front(), moved.scope});
  return {};
}

}  // namespace yunzhi::process

// Joining ways: the part of Run that waits for tokens on several flows.
#include <algorithm>
#include <map>

#include "process/engine/run.hpp"

namespace yunzhi::process {
namespace {

// So many tokens looked at for joins count as one step, so that a tangle cannot work without end.
constexpr std::size_t join_looks_per_step = 32;

}  // namespace

// A parallel join goes on when a token waits on each of its incoming flows; two on one flow are one and
// one that stays for the next round.
void Run::join_all(Arrival const& arrival) {
  auto const& gateway = node(arrival.node);
  if (gateway.incoming.size() < 2) return take_all(gateway, arrival.scope);
  wait(arrival, Token::State::joining);
  std::vector<TokenId> first(gateway.incoming.size(), no_token);
  std::size_t filled = 0;
  TokenId next = no_token;
  for (auto id = tokens().scope(arrival.scope)->first_child; id != no_token; id = next) {
    auto const& token = *find(id);
    next = token.next;
    steps_ += ++looked_at_ % join_looks_per_step == 0 ? 1 : 0;
    if (token.node != arrival.node || token.state != Token::State::joining) continue;
    auto const flow = std::find(gateway.incoming.begin(), gateway.incoming.end(), token.flow);
    auto& slot = first[static_cast<std::size_t>(flow - gateway.incoming.begin())];
    if (slot == no_token) ++filled;
    if (slot == no_token) slot = id;
  }
  if (filled < first.size()) return;
  for (auto const id : first) remove(id);
  take_all(gateway, arrival.scope);
}

// BPMN 2.0, 13.4.3: the join waits while some token could still reach an incoming flow that is empty,
// unless that token could as well reach one that is not. `standing` are the nodes of the scope's tokens,
// `filled` tells which incoming flows of the join hold one.
bool Run::ready(Index join, NodeSet const& standing, std::vector<TokenId> const& filled) const {
  auto const& reach = definition_.reach.at(join);
  for (std::size_t word = 0; word < standing.size(); ++word) {
    std::uint64_t reaches_empty = 0;
    std::uint64_t reaches_filled = 0;
    for (std::size_t i = 0; i < filled.size(); ++i)
      (filled[i] == no_token ? reaches_empty : reaches_filled) |= reach[i][word];
    if ((standing[word] & reaches_empty & ~reaches_filled) != 0) return false;
  }
  return true;
}

bool Run::join_some() {
  while (!to_join_.empty()) {
    auto const scope = to_join_.back();
    to_join_.pop_back();
    auto const* token = tokens().scope(scope);
    if (token == nullptr || (scope != no_token && contains_runs(*token))) continue;
    auto const& with_joins = definition_.joining_scopes;
    if (std::find(with_joins.begin(), with_joins.end(), token->node) == with_joins.end()) continue;
    if (!join_in(scope)) continue;
    to_join_.push_back(scope);
    return true;
  }
  return false;
}

// One pass over the scope's tokens finds where they stand and what waits at each of its joins.
bool Run::join_in(TokenId scope) {
  NodeSet standing(definition_.nodes.size() / 64 + 1);
  std::map<Index, std::vector<TokenId>> joins;
  TokenId next = no_token;
  for (auto id = tokens().scope(scope)->first_child; id != no_token; id = next) {
    auto const& token = *find(id);
    next = token.next;
    put(standing, token.node);
    steps_ += ++looked_at_ % join_looks_per_step == 0 ? 1 : 0;
    auto const& here = node(token.node);
    if (token.state != Token::State::joining || here.element != Element::inclusive) continue;
    auto& first = joins[token.node];
    first.resize(here.incoming.size());
    auto const flow =
        std::find(here.incoming.begin(), here.incoming.end(), token.flow) - here.incoming.begin();
    if (auto& slot = first[static_cast<std::size_t>(flow)]; slot == no_token) slot = id;
  }
  for (auto const& [join, first] : joins) {
    if (!ready(join, standing, first)) continue;
    for (auto const id : first) remove(id);
    choose_some(join, scope);
    return true;
  }
  return false;
}

}  // namespace yunzhi::process

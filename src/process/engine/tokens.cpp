#include "process/engine/tokens.hpp"

#include <algorithm>

namespace yunzhi::process {

Token* Tokens::find(TokenId id) {
  auto const found = std::lower_bound(list_.begin(), list_.end(), id,
                                      [](Token const& token, TokenId wanted) { return token.id < wanted; });
  return found != list_.end() && found->id == id && !found->removed ? &*found : nullptr;
}

std::vector<TokenId> Tokens::children(TokenId of) const {
  std::vector<TokenId> all;
  auto const* around = scope(of);
  if (around == nullptr) return all;
  for (auto id = around->first_child; id != no_token; id = find(id)->next) all.push_back(id);
  return all;
}

void Tokens::add(Token token) {
  if (list_.size() > 64 && list_.size() > 2 * size_) tidy();
  auto& around = *scope(token.scope);
  token.previous = around.last_child;
  if (around.last_child != no_token)
    find(around.last_child)->next = token.id;
  else
    around.first_child = token.id;
  around.last_child = token.id;
  ++size_;
  if (movable(token.state)) ++movable_;
  list_.push_back(std::move(token));
}

void Tokens::remove(TokenId id) {
  auto* token = find(id);
  if (token == nullptr) return;
  auto& around = *scope(token->scope);
  (token->previous == no_token ? around.first_child : find(token->previous)->next) = token->next;
  (token->next == no_token ? around.last_child : find(token->next)->previous) = token->previous;
  --size_;
  if (movable(token->state)) --movable_;
  token->removed = true;
  token->extra = {};
  while (!list_.empty() && list_.back().removed) list_.pop_back();
}

void Tokens::set_state(Token& token, Token::State state) {
  if (movable(token.state)) --movable_;
  token.state = state;
  if (movable(token.state)) ++movable_;
}

void Tokens::tidy() {
  std::erase_if(list_, [](Token const& token) { return token.removed; });
}

}  // namespace yunzhi::process

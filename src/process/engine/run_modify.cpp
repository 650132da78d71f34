// Changed by hand: the part of Run that puts somebody before or behind any element, takes a token away, and
// begins to wait for what another version waits for.
#include "process/engine/run.hpp"

namespace yunzhi::process {

// The token of the sub-process, made when it is not running; its own start is not taken then.
Result<TokenId> Run::running_scope(Index scope) {
  if (scope == nowhere) return no_token;
  auto found = no_token;
  for (auto const& token : step_.instance.tokens) {
    if (token.node != scope || token.state != Token::State::inside) continue;
    if (found != no_token)
      return refuse(Why::conflict, "/element", "'{}' runs more than once; name the one that is meant",
                    node(scope).id);
    found = token.id;
  }
  if (found != no_token) return found;
  auto around = running_scope(node(scope).scope);
  if (!around) return around;
  auto const made = wait({scope, nowhere, *around}, Token::State::inside);
  arm_all(made, node(scope).boundary, true);
  arm_all(made, awaited_inside(made), true);
  return made;
}

Result<> Run::put_in() {
  auto const number = definition_.find_node(event_.element);
  if (number == nowhere)
    return refuse(Why::invalid, "/element", "the process has no step '{}'", event_.element);
  auto const& target = node(number);
  bool const behind = event_.name == "after";
  if (target.element == Element::boundary || (behind && target.element == Element::end))
    return refuse(Why::invalid, "/element", "'{}' is no step one can go to", event_.element);
  if (step_.instance.next == 1) arm_all(no_token, definition_.awaited, false);
  auto const scope = running_scope(target.scope);
  if (!scope) return scope.error();
  tell(HistoryRow::Kind::entered, number, event_.name);
  if (behind) {
    leave(number, *scope);
  } else {
    arrivals_.push_back({number, target.incoming.empty() ? nowhere : target.incoming.front(), *scope});
  }
  return {};
}

// Sub-processes that came to stand around others begin with their variables; what is not yet known outside is
// made known.
Result<> Run::come_over() {
  tell(HistoryRow::Kind::migrated, nowhere, event_.name);
  changed_ = true;
  auto awaited = std::move(event_.awaited);
  for (auto const id : event_.entered) {
    auto const& here = node(find(id)->node);
    set_locals(id, here.inputs);
    set_locals(id, here.initial);
    for (auto const* events : {&here.boundary, &here.awaited})
      for (auto const event : *events) awaited.push_back({id, node(event).id});
  }
  for (auto const& [token, event] : awaited) {
    if (tokens().scope(token) == nullptr) continue;
    if (auto armed = arm(token, definition_.find_node(event)); !armed) return armed;
  }
  touch(no_token);
  for (auto const& token : tokens())
    if (token.state == Token::State::inside) touch(token.id);
  return {};
}

Result<> Run::take_out() {
  auto const* token = find(event_.token);
  if (token == nullptr) return refuse(Why::conflict, "/token", "the process has no such token");
  auto const around = token->scope;
  bool const run = repeats(*token) && event_.name != "instead";
  tell(HistoryRow::Kind::dropped, token->node);
  cancel(event_.token);
  if (run) forget_run(around);
  return {};
}

// One run of a repeated activity is not waited for any more; the others go on.
void Run::forget_run(TokenId container) {
  auto& state = *find(container)->extra.make().loop;
  if (state.total > 0) --state.total;
  next_run(container);
}

}  // namespace yunzhi::process

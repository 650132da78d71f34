// What came from outside: the part of Run that checks an event against where the instance stands.
#include "process/engine/run.hpp"

namespace yunzhi::process {

Result<> Run::begin() {
  bool const begins =
      event_.kind == Event::Kind::start || (event_.kind == Event::Kind::enter && step_.instance.next == 1);
  if (!begins && step_.instance.ended()) return refuse(Why::conflict, "", "the process has ended");
  switch (event_.kind) {
    case Event::Kind::start:
      return start();
    case Event::Kind::complete:
      return complete();
    case Event::Kind::timer:
      return fire();
    case Event::Kind::message:
      return receive();
    case Event::Kind::called:
      return called();
    case Event::Kind::fail:
      return fail_work();
    case Event::Kind::move:
      return move();
    case Event::Kind::retry:
      return retry();
    case Event::Kind::cancel:
      return cancel_all();
    case Event::Kind::signal:
      return signal();
    case Event::Kind::change:
      return change();
    case Event::Kind::escalated:
      return escalated();
    case Event::Kind::enter:
      return put_in();
    case Event::Kind::drop:
      return take_out();
    case Event::Kind::terminate:
      return terminated();
    case Event::Kind::migrate:
      return come_over();
  }
  return {};
}

Result<> Run::start() {
  std::vector<Index> begins;
  if (!event_.element.empty()) {
    begins.push_back(definition_.find_node(event_.element));
  } else if (!event_.name.empty()) {
    begins.push_back(definition_.start_of(nowhere, event_.name));
  } else {
    begins = definition_.entries(nowhere);
  }
  if (begins.empty() || begins.front() == nowhere)
    return refuse(Why::invalid, "", "the process '{}' has no start event of this kind", definition_.key);
  if (step_.instance.next != 1) return refuse(Why::conflict, "", "the process has already started");
  tell(HistoryRow::Kind::started, begins.front());
  step_.instance.role = event_.role;
  step_.instance.called = event_.called;
  if (node(begins.front()).trigger == Trigger::message)
    keep_conversation(node(begins.front()), event_.changes);
  bring_changes(no_token);
  for (auto const& mapping : definition_.initial)
    if (!event_.fields.contains(mapping.target))
      assign(no_token, mapping.target, value_of(mapping.source, no_token), nowhere);
  arm_all(no_token, definition_.awaited, false);
  if (tokens().scope(no_token)->extra.get() != nullptr && tokens().scope(no_token)->extra.get()->interrupted)
    return {};
  for (auto begin = begins.rbegin(); begin != begins.rend(); ++begin) start_at(*begin);
  return {};
}

// A start that was triggered has happened: an event behind a gateway, or a receiving task that starts its
// process, is left at once.
void Run::start_at(Index number) {
  auto const& begin = node(number);
  bool const happened = !event_.element.empty() || !event_.name.empty();
  bool const waits = begin.element == Element::catch_event || begin.element == Element::receive_task;
  if (!happened || !waits) return arrivals_.push_back({number, nowhere, no_token});
  if (!begin.incoming.empty()) path_.push_back(begin.incoming.front());
  if (!begin.state.empty()) step_.effects.emplace_back(SetState{&begin});
  leave(number, no_token);
}

Result<> Run::complete() {
  auto const* token = find(event_.token);
  bool const open = token != nullptr && token->state == Token::State::waiting && node(token->node).task();
  if (!open) return refuse(Why::conflict, "", "the task is no longer open");
  tell(HistoryRow::Kind::completed, token->node);
  bring_changes(event_.token);
  complete_activity(event_.token);
  return {};
}

Result<> Run::called() {
  auto const* token = find(event_.token);
  bool const awaited = token != nullptr && token->state == Token::State::waiting &&
                       node(token->node).activity() && !node(token->node).person();
  if (!awaited) return refuse(Why::conflict, "", "the service is no longer awaited");
  auto const& here = node(token->node);
  tell(HistoryRow::Kind::called, token->node);
  if (here.called) take_back(here);
  bring_changes(event_.token);
  complete_activity(event_.token);
  return {};
}

// Of a called process's variables those that its call takes back.
void Run::take_back(Node const& call) {
  auto brought = std::move(event_.changes);
  event_.changes = {};
  if (call.called->all_out || !call.outputs.empty()) event_.changes = brought;
  for (auto const& mapping : call.called->out)
    event_.changes[mapping.target] = mapping.source.evaluate(brought, event_.moment).to_json();
}

// A call that is left by an error or escalation takes them back too, though it is not completed.
void Run::take_back_around(TokenId id) {
  auto const& call = node(find(id)->node);
  if (!call.called || event_.changes.empty()) return;
  take_back(call);
  for (auto& change : event_.changes) assign(find(id)->scope, change.key(), change.value(), find(id)->node);
  event_.changes.clear();
}

Result<> Run::fail_work() {
  auto* token = find(event_.token);
  bool const awaited =
      token != nullptr && token->state == Token::State::waiting && node(token->node).activity();
  if (!awaited) return refuse(Why::conflict, "", "the service is no longer awaited");
  auto const id = token->id;
  auto const at = token->node;
  tell(HistoryRow::Kind::failed, at, event_.name);
  take_back_around(id);
  bring_changes(no_token);
  if (raise(id, Trigger::error, event_.name)) return {};
  if (step_.instance.called) {
    end_with_error(event_.name);
    return {};
  }
  token = find(id);
  tokens().set_state(*token, Token::State::failed);
  token->flow = node(at).incoming.empty() ? nowhere : node(at).incoming.front();
  report(id, at, {"", "'{}' failed with '{}'", {node(at).id, event_.name}});
  return {};
}

Result<> Run::escalated() {
  auto const* token = find(event_.token);
  if (token == nullptr || token->state != Token::State::waiting)
    return refuse(Why::conflict, "", "the process is no longer awaited");
  tell(HistoryRow::Kind::escalated, token->node, event_.name);
  auto const& here = node(token->node);
  take_back_around(event_.token);
  bool const caught = raise(event_.token, Trigger::escalation, event_.name);
  if (!caught && step_.instance.called)
    step_.effects.emplace_back(Escalate{&here, event_.name, event_.fields});
  return {};
}

Result<> Run::terminated() {
  auto const* token = find(event_.token);
  if (token == nullptr || token->state != Token::State::waiting)
    return refuse(Why::conflict, "", "the process is no longer awaited");
  tell(HistoryRow::Kind::called, token->node);
  take_back_around(event_.token);
  end_everything();
  return {};
}

Result<> Run::retry() {
  auto const* token = find(event_.token);
  if (token == nullptr) return refuse(Why::conflict, "", "there is nothing to try again");
  auto const again = *token;
  auto const& here = node(again.node);
  tell(HistoryRow::Kind::retried, again.node);
  bring_changes(again.id);
  if (again.state != Token::State::failed || here.activity()) {
    if (again.state == Token::State::joining) return {};
    disarm_token(again);
    if (auto* extra = find(again.id)->extra.get()) extra->waits.clear();
    if (!repeats(again)) arm_all(again.id, here.boundary, true);
    if (again.state == Token::State::failed && find(again.id) != nullptr) begin_work(again.id);
    if (again.state != Token::State::failed) arm_all(again.id, awaited_inside(again.id), true);
    return {};
  }
  remove(again.id);
  if (again.flow == nowhere && here.element != Element::end) {
    leave(again.node, again.scope);
  } else {
    arrivals_.push_back({again.node, again.flow, again.scope});
  }
  return {};
}

Result<> Run::cancel_all() {
  tell(HistoryRow::Kind::cancelled, nowhere);
  cancel_scope(no_token);
  return {};
}

}  // namespace yunzhi::process

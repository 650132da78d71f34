// Errors, escalations and incidents: the part of Run that looks for who catches them.
#include "process/engine/run.hpp"

namespace yunzhi::process {

void Run::fail(Arrival const& arrival, Fault fault) {
  auto const token = wait(arrival, Token::State::failed);
  report(token, arrival.node, std::move(fault));
}

void Run::report(TokenId token, Index number, Fault fault) {
  tell(HistoryRow::Kind::incident, number, fault.english());
  step_.effects.emplace_back(Incident{token, &node(number), std::move(fault)});
}

TokenId Run::carrier(TokenId id) const {
  auto const& token = *find(id);
  return repeats(token) ? token.scope : id;
}

// The event that takes this code; one that names the code comes before one that takes any. An event
// sub-process does not catch what is thrown `inside` it.
Index Run::catcher(std::vector<Index> const& events, Trigger kind, std::string const& code,
                   Index inside) const {
  Index any = nowhere;
  for (auto const number : events) {
    if (node(number).trigger != kind || (inside != nowhere && node(number).scope == inside)) continue;
    if (node(number).reference == code) return number;
    if (node(number).reference.empty()) any = number;
  }
  return any;
}

void Run::keep_code(Index event, TokenId scope, std::string const& code) {
  if (!node(event).code.empty()) assign(scope, node(event).code, json::value(code), event);
}

bool Run::catch_on_border(TokenId id, Trigger kind, std::string const& code) {
  auto const host = carrier(id);
  auto const number = catcher(node(find(host)->node).boundary, kind, code);
  if (number == nowhere) return false;
  keep_code(number, find(host)->scope, code);
  fire_boundary(host, number);
  return true;
}

bool Run::catch_inside(TokenId scope, Trigger kind, std::string const& code, Index inside) {
  auto const* extra = tokens().scope(scope)->extra.get();
  if (extra != nullptr && (extra->interrupted || extra->restored)) return false;
  auto const number = catcher(awaited_inside(scope), kind, code, inside);
  if (number == nowhere) return false;
  keep_code(number, scope, code);
  fire_event_sub(scope, number);
  return true;
}

// From the activity `from` outwards: its border, the event sub-processes around it, the border of what is
// around, and so on to the process.
bool Run::raise(TokenId from, Trigger kind, std::string const& code) {
  auto id = from;
  while (id != no_token) {
    auto const host = carrier(id);
    auto const scope = find(host)->scope;
    auto const inside = find(host)->node;
    if (catch_on_border(host, kind, code)) return true;
    if (catch_inside(scope, kind, code, inside)) return true;
    id = scope;
  }
  return false;
}

// An error ends the sub-process it happens in, and those around it until one has a catcher. One that the
// process itself ends with ends the process; its caller gets it.
void Run::raise_error(Arrival const& from, std::string const& code) {
  if (catch_inside(from.scope, Trigger::error, code)) return;
  if (from.scope != no_token && raise(from.scope, Trigger::error, code)) return;
  if (!step_.instance.called && from.scope != no_token)
    return fail(from, {"", "the error '{}' of '{}' is caught nowhere", {code, node(from.node).id}});
  end_with_error(code);
}

void Run::end_with_error(std::string const& code) {
  cancel_scope(no_token);
  arrivals_.clear();
  error_ = code;
  failed_ = true;
}

// Nobody has to catch an escalation. Who threw it goes on unless the catcher ended it.
void Run::escalate(Arrival const& from, std::string const& code) {
  tell(HistoryRow::Kind::escalated, from.node, code);
  auto const before = find(from.scope) != nullptr || from.scope == no_token;
  bool const caught = catch_inside(from.scope, Trigger::escalation, code) ||
                      (from.scope != no_token && raise(from.scope, Trigger::escalation, code));
  if (!caught && step_.instance.called)
    step_.effects.emplace_back(Escalate{&node(from.node), code, event_.fields});
  auto const* scope = tokens().scope(from.scope);
  bool const interrupted =
      scope == nullptr || (caught && scope->extra.get() != nullptr && scope->extra.get()->interrupted);
  if (before && !interrupted) leave(from.node, from.scope);
}

}  // namespace yunzhi::process

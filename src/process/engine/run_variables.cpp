// Variables: the part of Run that reads and sets them. Those of the process are the fields of its record;
// a scope may have some of its own, which hide them inside it.
#include "process/engine/run.hpp"

namespace yunzhi::process {
namespace {

// `a.b.c` as a member inside a member; what is no object on the way becomes one.
void put_path(json::object& into, std::string_view path, json::value value) {
  auto const dot = path.find('.');
  if (dot == std::string_view::npos) {
    into[path] = std::move(value);
    return;
  }
  auto& member = into[path.substr(0, dot)];
  if (!member.is_object()) member.emplace_object();
  put_path(member.get_object(), path.substr(dot + 1), std::move(value));
}

}  // namespace

// The variables as the token sees them: its own and those of the scopes around it laid over the process's,
// until hide(). Nothing is copied but what is covered.
json::object const& Run::view(TokenId id) {
  std::vector<json::object const*> layers;
  for (auto at = id; at != no_token;) {
    auto const* token = find(at);
    if (token == nullptr) break;
    if (auto const* extra = token->extra.get(); extra != nullptr && !extra->locals.empty())
      layers.push_back(&extra->locals);
    at = token->scope;
  }
  for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer)
    for (auto const& [name, value] : **layer) {
      auto* const there = event_.fields.if_contains(name);
      shown_.push_back(
          {std::string(name), there == nullptr ? std::nullopt : std::optional(std::move(*there))});
      event_.fields[name] = value;
    }
  return event_.fields;
}

void Run::hide() {
  for (; !shown_.empty(); shown_.pop_back()) {
    auto& [name, before] = shown_.back();
    if (before)
      event_.fields[name] = std::move(*before);
    else
      event_.fields.erase(name);
  }
}

json::value Run::value_of(Expression const& expression, TokenId id) {
  auto value = expression.evaluate(view(id), event_.moment).to_json();
  hide();
  return value;
}

Result<bool> Run::decide(Expression const& expression, TokenId id) {
  auto answer = expression.decide(view(id), event_.moment);
  hide();
  return answer;
}

// To the nearest scope that has the variable, else to the process.
void Run::assign(TokenId from, std::string_view name, json::value value, Index at) {
  changed_ = true;
  for (auto id = from; id != no_token;) {
    auto* token = find(id);
    if (token == nullptr) break;
    if (auto* extra = token->extra.get(); extra != nullptr && extra->locals.contains(name)) {
      extra->locals[name] = std::move(value);
      return;
    }
    id = token->scope;
  }
  event_.fields[name] = value;
  step_.effects.emplace_back(
      SetField{at == nowhere ? nullptr : &node(at), std::string(name), std::move(value)});
}

// What the act itself brought. An activity with outputs of its own keeps it to itself until they are set.
void Run::bring_changes(TokenId id) {
  if (event_.kind != Event::Kind::start) changed_ = true;
  auto* token = tokens().scope(id);
  bool const keeps = id != no_token && token != nullptr && !node(token->node).outputs.empty();
  for (auto& change : event_.changes) {
    if (keeps)
      token->extra.make().locals[change.key()] = change.value();
    else
      assign(id, change.key(), change.value(), nowhere);
  }
  event_.changes.clear();
}

// What the first message of a conversation carries, in or out, is what those after it must carry.
void Run::keep_conversation(Node const& message, json::object const& carried) {
  for (auto const& [variable, path] : message.conversation) {
    auto const* known = event_.fields.if_contains(variable);
    if (known != nullptr && !known->is_null()) continue;
    auto value = path.evaluate(carried, event_.moment).to_json();
    if (!value.is_null()) assign(no_token, variable, std::move(value), nowhere);
  }
}

void Run::set_locals(TokenId id, std::vector<Mapping> const& mappings) {
  for (auto const& mapping : mappings) {
    auto value = value_of(mapping.source, id);
    if (auto* token = find(id)) put_path(token->extra.make().locals, mapping.target, std::move(value));
  }
}

// Read inside the activity, set around it.
void Run::set_outputs(Token const& done) {
  auto const id = done.id;
  auto const at = done.node;
  auto const scope = done.scope;
  for (auto const& mapping : node(at).outputs) {
    auto value = value_of(mapping.source, id);
    auto const dot = mapping.target.find('.');
    if (dot != std::string::npos) {
      auto const root = mapping.target.substr(0, dot);
      json::object whole;
      if (auto const* now = view(scope).if_contains(root)) whole[root] = *now;
      hide();
      put_path(whole, mapping.target, std::move(value));
      value = whole[root];
    }
    assign(scope, mapping.target.substr(0, dot), std::move(value), at);
  }
}

}  // namespace yunzhi::process

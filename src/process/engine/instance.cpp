#include "process/engine/instance.hpp"

#include <algorithm>
#include <charconv>

#include "base/json.hpp"
#include "base/limits.hpp"
#include "process/engine/saved_extra.hpp"

namespace yunzhi::process {
namespace {

constexpr std::string_view letters = "wjifu";

void append_number(std::string& text, std::int64_t number) {
  char buffer[24];
  auto const [end, error] = std::to_chars(buffer, buffer + sizeof buffer, number);
  text.append(buffer, error == std::errc{} ? end : buffer);
}

// Ids hold no character that JSON would escape: the model refuses others.
void append_id(std::string& text, std::string const& id) {
  text += '"';
  text += id;
  text += '"';
}

void append_token(std::string& text, Definition const& definition, Token const& token) {
  text += '[';
  append_number(text, token.id);
  text += ',';
  append_id(text, definition.nodes[token.node].id);
  text += ',';
  append_number(text, token.scope);
  text += ",\"";
  text += letters[static_cast<std::size_t>(token.state)];
  text += '"';
  if (token.flow != nowhere) {
    text += ',';
    append_id(text, definition.flows[token.flow].id);
  }
  if (auto const* extra = token.extra.get()) {
    text += ',';
    text += json::serialize(save_extra(definition, *extra));
  }
  text += ']';
}

Refusal broken() {
  return refuse(Why::invalid, "", "the saved state of the process does not fit its definition");
}

bool read_more(Definition const& definition, json::value const& more, Token& token) {
  if (auto const* flow = more.if_string()) {
    token.flow = definition.find_flow(*flow);
    return token.flow != nowhere;
  }
  auto const* extra = more.if_object();
  return extra != nullptr && restore_extra(definition, *extra, token.extra.make());
}

bool read_token(Definition const& definition, json::value const& value, Token& token) {
  auto const* parts = value.if_array();
  if (parts == nullptr || parts->size() < 4 || parts->size() > 6) return false;
  auto const* id = (*parts)[0].if_int64();
  auto const* element = (*parts)[1].if_string();
  auto const* scope = (*parts)[2].if_int64();
  auto const* state = (*parts)[3].if_string();
  if (id == nullptr || element == nullptr || scope == nullptr || state == nullptr || state->size() != 1)
    return false;
  auto const letter = letters.find(state->front());
  if (letter == std::string_view::npos || *id < 1 || *id >= UINT32_MAX || *scope < 0 || *scope >= *id)
    return false;
  token.id = static_cast<TokenId>(*id);
  token.node = definition.find_node(*element);
  token.scope = static_cast<TokenId>(*scope);
  token.state = static_cast<Token::State>(letter);
  for (std::size_t i = 4; i < parts->size(); ++i)
    if (!read_more(definition, (*parts)[i], token)) return false;
  return token.node != nowhere;
}

bool at_join(Node const& node) {
  return node.element == Element::parallel || node.element == Element::inclusive;
}

// What a token's state asks of where it stands: joins know by which flow it came, loops how far they are.
bool state_fits(Definition const& definition, Token const& token) {
  auto const& node = definition.nodes[token.node];
  auto const* extra = token.extra.get();
  if (token.flow != nowhere && definition.flows[token.flow].to != token.node) return false;
  switch (token.state) {
    case Token::State::joining:
      return at_join(node) && token.flow != nowhere;
    case Token::State::inside: {
      bool const loops = extra != nullptr && extra->loop && node.activity();
      return node.element == Element::sub_process || (loops && node.loop.kind != Loop::Kind::none);
    }
    case Token::State::undoing:
      return node.trigger == Trigger::compensation && extra != nullptr && extra->compensating;
    default:
      return true;
  }
}

// A scope must be the token of the sub-process the element is drawn in, or of the same activity repeated.
bool scope_fits(Definition const& definition, Instance const& instance, Token const& token) {
  auto const* scope = token.scope == no_token ? nullptr : instance.find(token.scope);
  auto const around = definition.nodes[token.node].scope;
  if (token.scope == no_token) return around == nowhere;
  if (scope == nullptr) return false;
  bool const repeated = runs_inside(definition, instance, *scope);
  // Runs go on beside a completion condition that waits to be mended.
  bool const mending = repeated && scope->state == Token::State::failed;
  if (scope->state != Token::State::inside && !mending) return false;
  return scope->node == token.node ? repeated : scope->node == around && !repeated;
}

}  // namespace

bool repetition(Instance const& instance, Token const& token) {
  auto const* around = token.scope == no_token ? nullptr : instance.find(token.scope);
  return around != nullptr && around->node == token.node;
}

bool runs_inside(Definition const& definition, Instance const& instance, Token const& token) {
  auto const* extra = token.extra.get();
  return definition.nodes[token.node].loop.kind != Loop::Kind::none && extra != nullptr &&
         extra->loop.has_value() && !repetition(instance, token);
}

std::int64_t run_number(Instance const& instance, Token const& token) {
  for (auto const* at = &token; at != nullptr;
       at = at->scope == no_token ? nullptr : instance.find(at->scope))
    if (auto const* extra = at->extra.get())
      if (auto const* counter = extra->locals.if_contains("loopCounter");
          counter != nullptr && counter->is_int64())
        return counter->get_int64();
  return 0;
}

std::string save(Definition const& definition, Instance const& instance) {
  std::string text = "{\"n\":";
  append_number(text, instance.next);
  if (instance.called) text += ",\"c\":true";
  if (!instance.role.empty()) text += ",\"role\":" + json::serialize(json::value(instance.role));
  if (auto const* extra = instance.tokens.scope(no_token)->extra.get())
    text += ",\"r\":" + json::serialize(save_extra(definition, *extra));
  text += ",\"t\":[";
  for (auto const& token : instance.tokens) {
    if (text.back() != '[') text += ',';
    append_token(text, definition, token);
  }
  text += ']';
  if (!instance.kept.empty()) text += ",\"k\":" + json::serialize(instance.kept);
  return text + '}';
}

Result<Instance> restore(Definition const& definition, std::string_view text) {
  boost::system::error_code error;
  // Variables may be as deep as JSON from outside; they stand some levels down in here.
  json::parse_options options;
  options.max_depth = 2 * limits::json_depth;
  auto const value = json::parse(text, error, {}, options);
  auto const* object = error ? nullptr : value.if_object();
  auto const* next = object == nullptr ? nullptr : object->if_contains("n");
  auto const* tokens = object == nullptr ? nullptr : object->if_contains("t");
  if (next == nullptr || !next->is_int64() || tokens == nullptr || !tokens->is_array()) return broken();
  if (next->get_int64() < 1 || next->get_int64() > UINT32_MAX) return broken();
  Instance instance;
  instance.next = static_cast<TokenId>(next->get_int64());
  instance.called = object->contains("c");
  instance.role = text_of(*object, "role");
  if (auto const* root = object->if_contains("r"))
    if (!root->is_object() ||
        !restore_extra(definition, root->get_object(), instance.tokens.scope(no_token)->extra.make()))
      return broken();
  instance.tokens.expect(tokens->get_array().size());
  TokenId last = no_token;
  for (auto const& saved : tokens->get_array()) {
    Token token;
    if (!read_token(definition, saved, token) || token.id <= last || token.id >= instance.next)
      return broken();
    if (!state_fits(definition, token) || !scope_fits(definition, instance, token)) return broken();
    last = token.id;
    instance.tokens.add(std::move(token));
  }
  if (auto const* kept = object->if_contains("k")) {
    if (!kept->is_object()) return broken();
    instance.kept = kept->get_object();
  }
  return instance;
}

}  // namespace yunzhi::process

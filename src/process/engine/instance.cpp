#include "process/engine/instance.hpp"

#include <charconv>

#include "base/json.hpp"

namespace yunzhi::process {
namespace {

constexpr std::string_view letters = "wjif";

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
  if (!token.cycles.empty()) {
    text += ",{";
    for (auto const& [node, left] : token.cycles) {
      if (text.back() != '{') text += ',';
      append_id(text, definition.nodes[node].id);
      text += ':';
      append_number(text, left);
    }
    text += '}';
  }
  text += ']';
}

Refusal broken() {
  return refuse(Why::invalid, "", "the saved state of the process does not fit its definition");
}

bool read_extra(Definition const& definition, json::value const& extra, Token& token) {
  if (auto const* flow = extra.if_string()) {
    token.flow = definition.find_flow(*flow);
    return token.flow != nowhere;
  }
  auto const* cycles = extra.if_object();
  if (cycles == nullptr) return false;
  for (auto const& [id, left] : *cycles) {
    auto const node = definition.find_node(id);
    if (node == nowhere || !left.is_int64()) return false;
    token.cycles.emplace_back(node, left.get_int64());
  }
  return true;
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
    if (!read_extra(definition, (*parts)[i], token)) return false;
  return token.node != nowhere;
}

// A scope must be a sub-process token, and the one whose inside the token's element is drawn in.
bool scopes_fit(Definition const& definition, Instance const& instance) {
  return std::all_of(instance.tokens.begin(), instance.tokens.end(), [&](Token const& token) {
    auto const around = definition.nodes[token.node].scope;
    if (token.scope == no_token) return around == nowhere;
    auto const* scope = instance.find(token.scope);
    return scope != nullptr && scope->state == Token::State::inside && scope->node == around;
  });
}

}  // namespace

std::string save(Definition const& definition, Instance const& instance) {
  std::string text = "{\"n\":";
  append_number(text, instance.next);
  text += ",\"t\":[";
  for (auto const& token : instance.tokens) {
    if (text.back() != '[') text += ',';
    append_token(text, definition, token);
  }
  return text + "]}";
}

Result<Instance> restore(Definition const& definition, std::string_view text) {
  boost::system::error_code error;
  auto const value = json::parse(text, error);
  auto const* object = error ? nullptr : value.if_object();
  auto const* next = object == nullptr ? nullptr : object->if_contains("n");
  auto const* tokens = object == nullptr ? nullptr : object->if_contains("t");
  if (next == nullptr || !next->is_int64() || tokens == nullptr || !tokens->is_array()) return broken();
  if (next->get_int64() < 1 || next->get_int64() > UINT32_MAX) return broken();
  Instance instance;
  instance.next = static_cast<TokenId>(next->get_int64());
  instance.tokens.reserve(tokens->get_array().size());
  TokenId last = no_token;
  for (auto const& saved : tokens->get_array()) {
    Token token;
    if (!read_token(definition, saved, token) || token.id <= last || token.id >= instance.next)
      return broken();
    last = token.id;
    instance.tokens.push_back(std::move(token));
  }
  if (!scopes_fit(definition, instance)) return broken();
  return instance;
}

}  // namespace yunzhi::process

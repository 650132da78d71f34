#include "process/model/source.hpp"

#include <algorithm>

#include "process/model/juel.hpp"
#include "process/model/vocabulary.hpp"

namespace yunzhi::process {
namespace {

bool feel_language(std::string_view language) {
  return language.empty() || language.find("FEEL") != std::string_view::npos ||
         language.find("feel") != std::string_view::npos;
}

// Whether an operand begins with `not` and no bracket follows, as Python has it and FEEL has not: there the
// words would be one name.
bool has_bare_not(std::string_view text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  constexpr std::string_view blanks = " \t\r\n";
  bool operand = true;
  for (std::size_t at = 0; at < text.size();) {
    if (blanks.find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    if (text[at] == '"') {
      for (++at; at < text.size() && text[at] != '"'; ++at) at += text[at] == '\\' ? 1 : 0;
      operand = false;
      ++at;
      continue;
    }
    auto const end = std::min(text.find_first_not_of(letters, at), text.size());
    if (end == at) {
      operand = text[at] != ')' && text[at] != ']' && text[at] != '}' && text[at] != '.';
      ++at;
      continue;
    }
    auto const word = text.substr(at, end - at);
    auto const next = std::min(text.find_first_not_of(blanks, end), text.size());
    if (operand && word == "not" && next > end && next < text.size() &&
        letters.find(text[next]) != std::string_view::npos)
      return true;
    operand = word == "and" || word == "or" || word == "then" || word == "else" || word == "if";
    at = end;
  }
  return false;
}

// The first compiled of: the text as FEEL, the text told in FEEL.
Result<Expression> compile(std::string_view text, std::string_view language) {
  if (has_juel(text)) {
    auto const told = juel_to_feel(text);
    if (!told) return told.error();
    return Expression::compile(*told);
  }
  if (feel_language(language)) {
    if (has_bare_not(text))
      if (auto const told = comparison_to_feel(text))
        if (auto negated = Expression::compile(*told)) return negated;
    auto compiled = Expression::compile(text);
    if (compiled || text.starts_with('=')) return compiled;
    if (auto const told = comparison_to_feel(text))
      if (auto again = Expression::compile(*told)) return again;
    return compiled;
  }
  auto const told = comparison_to_feel(text);
  if (!told) return told.error();
  return Expression::compile(*told);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  auto const first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  constexpr std::string_view blanks = " \t\r\n,";
  for (auto at = list.find_first_not_of(blanks); at != std::string_view::npos;
       at = list.find_first_not_of(blanks, at)) {
    auto const end = std::min(list.find_first_of(blanks, at), list.size());
    words.emplace_back(list.substr(at, end - at));
    at = end;
  }
  return words;
}

bool Source::bpmn(pugi::xml_node node, std::string_view local) const {
  if (node.type() != pugi::node_element || !std::string_view(node.name()).ends_with(local)) return false;
  auto const name = document.name(node);
  return name.local == local && name.space == vocabulary::bpmn;
}

pugi::xml_node Source::child(pugi::xml_node xml, std::string_view local) const {
  for (auto const& node : xml.children())
    if (bpmn(node, local)) return node;
  return {};
}

std::string Source::our(pugi::xml_node xml, std::string_view local) const {
  for (auto const& attribute : xml.attributes()) {
    if (!std::string_view(attribute.name()).ends_with(local)) continue;
    auto const name = document.name(xml, attribute);
    if (name.space == vocabulary::ours && name.local == local) return attribute.value();
  }
  return {};
}

std::string Source::foreign(pugi::xml_node xml, std::string_view local) const {
  for (auto const& attribute : xml.attributes()) {
    if (!std::string_view(attribute.name()).ends_with(local)) continue;
    auto const name = document.name(xml, attribute);
    if (name.local == local && vocabulary::other_engine(name.space)) return attribute.value();
  }
  return {};
}

std::string Source::either(pugi::xml_node xml, std::string_view ours, std::string_view other) const {
  auto text = our(xml, ours);
  return text.empty() ? foreign(xml, other) : text;
}

std::vector<pugi::xml_node> Source::extensions(pugi::xml_node xml, std::string_view local) const {
  std::vector<pugi::xml_node> found;
  for (auto const& node : child(xml, "extensionElements").children()) {
    if (node.type() != pugi::node_element) continue;
    auto const name = document.name(node);
    if (name.local == local && (vocabulary::other_engine(name.space) || name.space == vocabulary::ours))
      found.push_back(node);
  }
  return found;
}

pugi::xml_node Source::extension(pugi::xml_node xml, std::string_view local) const {
  auto const found = extensions(xml, local);
  return found.empty() ? pugi::xml_node{} : found.front();
}

pugi::xml_node Source::declared(std::string_view local, std::string_view reference) const {
  reference = trimmed(reference);
  if (reference.empty()) return {};
  if (auto const colon = reference.find(':'); colon != std::string_view::npos)
    reference.remove_prefix(colon + 1);
  for (auto const& node : document.root().children())
    if (node.type() == pugi::node_element && reference == trimmed(node.attribute("id").value()) &&
        document.name(node).local == local)
      return node;
  return {};
}

std::optional<Expression> Source::expression(std::string_view text, std::string_view language,
                                             std::string_view position, std::string_view id,
                                             std::string_view what, bool vital) const {
  auto compiled = compile(trimmed(text), language);
  if (compiled) return std::move(*compiled);
  if (!vital) {
    problems.note(position, "'{}': {} is wrong: {}", id, what, compiled.error().english());
  } else if (feel_language(language)) {
    problems.add(position, "'{}': {} is wrong: {}", id, what, compiled.error().english());
  } else {
    problems.add(position, "'{}': {} is written in {}; only FEEL runs here: {}", id, what, language,
                 compiled.error().english());
  }
  return std::nullopt;
}

std::optional<Expression> Source::value(std::string_view text, std::string_view position, std::string_view id,
                                        std::string_view what, bool vital) const {
  auto const clean = trimmed(text);
  if (clean.starts_with('=') || has_juel(clean)) return expression(clean, {}, position, id, what, vital);
  return expression("=" + feel_literal(clean), {}, position, id, what, vital);
}

}  // namespace yunzhi::process

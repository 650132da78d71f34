#include "process/model/correlations.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

using pugi::xml_node;

// References may have the prefix of their namespace.
std::string referred(std::string_view reference) {
  reference = trimmed(reference);
  if (auto const colon = reference.find(':'); colon != std::string_view::npos)
    reference.remove_prefix(colon + 1);
  return std::string(reference);
}

std::string bare(Expression const& expression) {
  std::string_view text = trimmed(expression.text());
  if (text.starts_with('=')) text.remove_prefix(1);
  return std::string(text);
}

}  // namespace

Correlations::Correlations(Source const& source) : source_(source) {
  std::vector<xml_node> keys;
  for (auto const& child : source.document.root().children()) {
    if (source.bpmn(child, "correlationProperty")) property(child);
    bool const holder = source.bpmn(child, "collaboration") || source.bpmn(child, "conversation") ||
                        source.bpmn(child, "choreography") || source.bpmn(child, "globalConversation");
    if (!holder) continue;
    for (auto const& inner : child.children()) {
      if (source.bpmn(inner, "correlationKey")) keys.push_back(inner);
      bool const node = source.bpmn(inner, "conversation") || source.bpmn(inner, "subConversation");
      if (!node) continue;
      for (auto const& one : inner.children())
        if (source.bpmn(one, "correlationKey")) keys.push_back(one);
    }
  }
  for (auto const& one : keys) key(one);
  for (auto const& each_property : properties_) {
    auto const& id = each_property.first;
    bool const used = std::any_of(keys_.begin(), keys_.end(), [&](auto const& each) {
      auto const& parts = each.second.properties;
      return std::find(parts.begin(), parts.end(), id) != parts.end();
    });
    auto const declared = source.declared("correlationProperty", id);
    if (!used)
      source.problems.note(source.at(declared), "'{}' belongs to no correlationKey and would be ignored", id);
  }
}

void Correlations::property(xml_node xml) {
  Property property{xml.attribute("id").value(), xml.attribute("name").value(), {}};
  for (auto const& child : xml.children()) {
    if (!source_.bpmn(child, "correlationPropertyRetrievalExpression")) continue;
    auto const message = referred(child.attribute("messageRef").value());
    auto const path = source_.child(child, "messagePath");
    if (!source_.declared("message", message) || !path) {
      source_.problems.note(source_.at(child),
                            "'{}': a retrieval expression needs a messageRef and a messagePath", property.id);
      continue;
    }
    if (auto read = source_.expression(path.text().as_string(), path.attribute("language").value(),
                                       source_.at(path), property.id, "the messagePath", false))
      property.paths.emplace(message, std::move(*read));
  }
  properties_.emplace(property.id, std::move(property));
}

void Correlations::key(xml_node xml) {
  Key key{xml.attribute("id").value(), {}};
  for (auto const& child : xml.children()) {
    if (!source_.bpmn(child, "correlationPropertyRef")) continue;
    auto const id = referred(child.text().as_string());
    if (properties_.contains(id))
      key.properties.push_back(id);
    else
      source_.problems.note(source_.at(child),
                            "'{}' refers to '{}', which is no correlationProperty of the file", key.id, id);
  }
  if (!key.properties.empty()) keys_.emplace(key.id, std::move(key));
}

Correlations::Bindings Correlations::bindings(xml_node process) const {
  Bindings bindings;
  for (auto const& child : process.children()) {
    if (!source_.bpmn(child, "correlationSubscription")) continue;
    auto const id = referred(child.attribute("correlationKeyRef").value());
    auto const known = keys_.find(id);
    if (known == keys_.end()) {
      source_.problems.note(
          source_.at(child),
          "a correlationSubscription refers to '{}', which is no correlationKey of the file", id);
      continue;
    }
    for (auto const& binding : child.children()) {
      if (!source_.bpmn(binding, "correlationPropertyBinding")) continue;
      auto const property = referred(binding.attribute("correlationPropertyRef").value());
      auto const& parts = known->second.properties;
      auto const path = source_.child(binding, "dataPath");
      if (std::find(parts.begin(), parts.end(), property) == parts.end() || !path) {
        source_.problems.note(source_.at(binding),
                              "'{}': a binding needs a correlationPropertyRef of its key and a dataPath", id);
        continue;
      }
      if (auto read = source_.expression(path.text().as_string(), path.attribute("language").value(),
                                         source_.at(path), id, "the dataPath", false))
        bindings.insert_or_assign(property, std::move(*read));
    }
  }
  return bindings;
}

// The key whose properties all have an expression for the message.
Correlations::Key const* Correlations::key_of(std::string_view message, Node const& node) const {
  Key const* found = nullptr;
  for (auto const& [id, key] : keys_) {
    auto const has = [&](std::string const& property) {
      return properties_.at(property).paths.contains(message);
    };
    auto const many = std::count_if(key.properties.begin(), key.properties.end(), has);
    if (many == 0) continue;
    if (static_cast<std::size_t>(many) < key.properties.size())
      source_.problems.note(
          node.at, "'{}': the correlationKey '{}' has properties without an expression for its message",
          node.id, id);
    else if (found != nullptr)
      source_.problems.note(node.at,
                            "'{}': its message belongs to the correlationKeys '{}' and '{}'; only one runs",
                            node.id, found->id, id);
    else
      found = &key;
  }
  return found;
}

// One property is the key itself, several are a list. With `all`, it is null unless each has a value.
std::optional<Expression> Correlations::together(std::vector<std::string> const& parts, bool all,
                                                 Node const& node) const {
  if (parts.size() == 1)
    return source_.expression("=" + parts.front(), {}, node.at, node.id, "the correlation key", false);
  std::string list;
  std::string lacking;
  for (auto const& part : parts) {
    list += (list.empty() ? "" : ", ") + part;
    lacking += (lacking.empty() ? "(" : " or (") + part + ") = null";
  }
  auto const text = all ? "=if " + lacking + " then null else [" + list + "]" : "=[" + list + "]";
  return source_.expression(text, {}, node.at, node.id, "the correlation key", false);
}

void Correlations::read(std::string_view message, Bindings const& bindings, bool throws, Node& node) const {
  auto const* key = key_of(message, node);
  if (key == nullptr) return;
  std::vector<std::string> carried;
  std::vector<std::string> wanted;
  for (auto const& id : key->properties) {
    auto const& path = properties_.at(id).paths.find(message)->second;
    carried.push_back(bare(path));
    auto const bound = bindings.find(id);
    auto const variable = "correlation_" + id;
    wanted.push_back(bound == bindings.end() ? variable : bare(bound->second));
    if (bound == bindings.end()) node.conversation.push_back({variable, path});
  }
  node.correlation = together(throws ? carried : wanted, true, node);
  if (!throws) node.message_key = together(carried, true, node);
}

}  // namespace yunzhi::process

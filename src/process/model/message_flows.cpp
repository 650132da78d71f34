// Message flows of collaborations: which message travels between two pools.
#include "process/model/bpmn_reader.hpp"

namespace yunzhi::process {
namespace {

using pugi::xml_node;

// All elements by id, to look up both ends of a message flow.
void gather(xml_node from, std::map<std::string_view, xml_node>& elements) {
  for (auto const& child : from.children()) {
    if (child.type() != pugi::node_element) continue;
    if (auto const id = trimmed(child.attribute("id").value()); !id.empty()) elements.emplace(id, child);
    gather(child, elements);
  }
}

// The name of the message an element refers to, directly or in its event definition.
std::string message_of(Source const& source, xml_node element) {
  auto reference = std::string_view(element.attribute("messageRef").value());
  if (auto const event = source.child(element, "messageEventDefinition"); event && reference.empty())
    reference = event.attribute("messageRef").value();
  auto const declared = source.declared("message", reference);
  std::string name = declared.attribute("name").value();
  return name.empty() && declared ? declared.attribute("id").value() : name;
}

}  // namespace

// Both ends of a flow must mean the same message: the catching end's name, else the flow's, else the
// throwing end's, else the flow itself.
MessageFlows read_message_flows(Source const& source) {
  MessageFlows flows;
  std::map<std::string_view, xml_node> elements;
  for (auto const& child : source.document.root().children()) {
    if (!source.bpmn(child, "collaboration")) continue;
    for (auto const& flow : child.children()) {
      if (!source.bpmn(flow, "messageFlow")) continue;
      if (elements.empty()) gather(source.document.root(), elements);
      std::string const from(trimmed(flow.attribute("sourceRef").value()));
      std::string const to(trimmed(flow.attribute("targetRef").value()));
      auto const source_end = elements.find(from);
      auto const target_end = elements.find(to);
      if (source_end == elements.end() || target_end == elements.end()) continue;
      auto name = message_of(source, target_end->second);
      if (name.empty()) name = message_of(source, flow);
      if (name.empty()) name = message_of(source, source_end->second);
      if (name.empty()) name = flow.attribute("name").value();
      if (name.empty()) name = flow.attribute("id").value();
      // Two flows into one catching event carry the same message.
      auto const known = flows.find(to);
      if (known != flows.end()) name = known->second;
      flows[to] = name;
      flows.emplace(from, name);
    }
  }
  return flows;
}

}  // namespace yunzhi::process

#include "process/model/data_flow.hpp"

#include <algorithm>

namespace yunzhi::process {
namespace {

using pugi::xml_node;

bool plain(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

// Its name, or its id when the name is only for reading.
std::string named(xml_node element) {
  std::string name = element.attribute("name").value();
  return plain(name) ? name : std::string(element.attribute("id").value());
}

std::string reference(Source const& source, xml_node association, std::string_view end) {
  return std::string(trimmed(source.child(association, end).text().as_string()));
}

}  // namespace

DataFlow::DataFlow(Source const& source) : source_(source) {
  for (auto const& child : source.document.root().children())
    if (source.bpmn(child, "process")) gather(child);
  for (auto const& [id, object] : references_)
    if (auto const known = variables_.find(object); known != variables_.end()) variables_[id] = known->second;
}

void DataFlow::gather(xml_node from) {
  for (auto const& child : from.children()) {
    if (child.type() != pugi::node_element) continue;
    auto const local = source_.document.name(child).local;
    std::string const id = child.attribute("id").value();
    if (local == "dataObject") {
      // As its own value is set.
      std::string const name = child.attribute("name").value();
      variables_[id] = name.empty() ? id : name;
    } else if (local == "property" || local == "dataInput" || local == "dataOutput" ||
               local == "inputDataItem" || local == "outputDataItem") {
      variables_[id] = named(child);
    } else if (local == "dataObjectReference") {
      references_[id] = trimmed(child.attribute("dataObjectRef").value());
    } else {
      gather(child);
    }
  }
}

std::string DataFlow::variable(std::string_view id) const {
  auto const found = variables_.find(trimmed(id));
  return found == variables_.end() ? std::string() : found->second;
}

std::string DataFlow::origin(xml_node activity, std::string_view input) const {
  for (auto const& child : activity.children())
    if (source_.bpmn(child, "dataInputAssociation") &&
        reference(source_, child, "targetRef") == trimmed(input))
      return variable(reference(source_, child, "sourceRef"));
  return {};
}

std::string DataFlow::goal(xml_node activity, std::string_view output) const {
  for (auto const& child : activity.children())
    if (source_.bpmn(child, "dataOutputAssociation") &&
        reference(source_, child, "sourceRef") == trimmed(output))
      return variable(reference(source_, child, "targetRef"));
  return {};
}

void DataFlow::read(xml_node xml, Node& node) const {
  for (auto const& child : xml.children()) {
    bool const in = source_.bpmn(child, "dataInputAssociation");
    if (!in && !source_.bpmn(child, "dataOutputAssociation")) continue;
    // What all runs of a repeated activity share is its loop's.
    auto const loop = source_.child(xml, "multiInstanceLoopCharacteristics");
    auto const shared = reference(source_, loop, in ? "loopDataInputRef" : "loopDataOutputRef");
    if (!shared.empty() && shared == reference(source_, child, in ? "targetRef" : "sourceRef")) continue;
    std::vector<Mapping> mappings;
    association(child, node, mappings);
    if (!mappings.empty() && !node.activity()) {
      source_.problems.note(source_.at(child), "'{}': data associations of events are not run by this engine",
                            node.id);
      continue;
    }
    auto& all = in ? node.inputs : node.outputs;
    std::move(mappings.begin(), mappings.end(), std::back_inserter(all));
  }
}

// What is drawn without both ends, or to a data store, is drawing only. What keeps its name needs no mapping.
void DataFlow::association(xml_node xml, Node& node, std::vector<Mapping>& mappings) const {
  auto const target = variable(reference(source_, xml, "targetRef"));
  auto const changed = source_.child(xml, "transformation");
  if (source_.child(xml, "assignment")) {
    if (changed)
      source_.problems.note(
          source_.at(xml), "'{}': a data association has assignments or a transformation, not both", node.id);
    return assignments(xml, node, mappings);
  }
  if (changed) {
    if (target.empty())
      source_.problems.note(source_.at(xml),
                            "'{}': a transformation needs a targetRef that stands for a variable", node.id);
    else
      map(target, changed.text().as_string(), changed, node, mappings);
    return;
  }
  auto const source = variable(reference(source_, xml, "sourceRef"));
  if (source.empty() || target.empty() || source == target) return;
  map(target, source, xml, node, mappings);
}

// A name, or a path inside a variable; the id of a data element means its variable.
void DataFlow::assignments(xml_node xml, Node const& node, std::vector<Mapping>& mappings) const {
  for (auto const& child : xml.children()) {
    if (!source_.bpmn(child, "assignment")) continue;
    std::string to(trimmed(source_.child(child, "to").text().as_string()));
    if (to.starts_with('=')) to = trimmed(std::string_view(to).substr(1));
    if (auto const known = variable(to); !known.empty()) to = known;
    if (!plain(to)) {
      source_.problems.note(source_.at(child),
                            "'{}': an assignment sets '{}'; it must be a variable or a path in one", node.id,
                            to);
      continue;
    }
    map(to, source_.child(child, "from").text().as_string(), child, node, mappings);
  }
}

void DataFlow::map(std::string target, std::string const& text, xml_node at, Node const& node,
                   std::vector<Mapping>& mappings) const {
  auto const expression = source_.child(at, "from") ? source_.child(at, "from") : at;
  if (auto read = source_.expression(text, expression.attribute("language").value(), source_.at(at), node.id,
                                     "a data association", false))
    mappings.push_back({std::move(target), std::move(*read)});
}

}  // namespace yunzhi::process

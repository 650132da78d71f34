#include "process/model/definition.hpp"

#include "process/model/bpmn_reader.hpp"
#include "process/model/graph_check.hpp"

namespace yunzhi::process {

Index Definition::find_node(std::string_view id) const {
  auto const found = node_ids_.find(id);
  return found == node_ids_.end() ? nowhere : found->second;
}

Index Definition::find_flow(std::string_view id) const {
  auto const found = flow_ids_.find(id);
  return found == flow_ids_.end() ? nowhere : found->second;
}

Index Definition::start_of(Index scope, std::string_view message) const {
  for (Index i = 0; i < nodes.size(); ++i) {
    auto const& node = nodes[i];
    if (node.element != Element::start || node.scope != scope) continue;
    if (message.empty() ? node.trigger == Trigger::none
                        : node.trigger == Trigger::message && node.reference == message)
      return i;
  }
  return nowhere;
}

void Definition::index() {
  for (Index i = 0; i < nodes.size(); ++i) node_ids_.emplace(nodes[i].id, i);
  for (Index i = 0; i < flows.size(); ++i) flow_ids_.emplace(flows[i].id, i);
}

Result<Definition> read_definition(std::string_view xml) {
  Problems problems;
  auto document = XmlDocument::parse(xml);
  if (!document) return document.error();
  auto definition = read_bpmn(*document, problems);
  if (problems.empty()) check_graph(definition, problems);
  if (!problems.empty()) return problems.take();
  find_reach(definition);
  definition.xml = std::string(xml);
  return definition;
}

}  // namespace yunzhi::process

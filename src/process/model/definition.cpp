#include "process/model/definition.hpp"

#include "process/model/bpmn_reader.hpp"
#include "process/model/graph_check.hpp"
#include "process/model/model.hpp"

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
  if (!message.empty()) {
    for (auto const number : triggered_starts())
      if (nodes[number].scope == scope && nodes[number].trigger == Trigger::message &&
          nodes[number].reference == message)
        return number;
    return nowhere;
  }
  for (Index i = 0; i < nodes.size(); ++i)
    if (nodes[i].element == Element::start && nodes[i].scope == scope && nodes[i].trigger == Trigger::none)
      return i;
  return nowhere;
}

std::vector<Index> Definition::entries(Index scope) const {
  if (auto const plain = start_of(scope); plain != nowhere) return {plain};
  std::vector<Index> found;
  for (Index i = 0; i < nodes.size(); ++i) {
    auto const& node = nodes[i];
    bool const apart = node.element == Element::boundary || node.element == Element::start ||
                       node.event_sub || node.handler || node.instantiate || node.link != nowhere ||
                       (node.element == Element::catch_event && node.trigger == Trigger::link);
    if (node.scope == scope && !apart && node.incoming.empty()) found.push_back(i);
  }
  return found;
}

std::vector<Index> Definition::triggered_starts() const {
  std::vector<Index> found;
  for (Index i = 0; i < nodes.size(); ++i) {
    auto const& node = nodes[i];
    if (node.scope != nowhere) continue;
    if (node.element == Element::start && node.trigger != Trigger::none) found.push_back(i);
    if (!node.instantiate || !node.incoming.empty()) continue;
    if (node.element == Element::receive_task) found.push_back(i);
    if (node.element == Element::event_gateway)
      found.insert(found.end(), node.awaited.begin(), node.awaited.end());
  }
  return found;
}

void Definition::index() {
  for (Index i = 0; i < nodes.size(); ++i) node_ids_.emplace(nodes[i].id, i);
  for (Index i = 0; i < flows.size(); ++i) flow_ids_.emplace(flows[i].id, i);
}

Result<Model> read_model(std::string_view xml, Strictness strictness) {
  Problems problems(strictness);
  auto document = XmlDocument::parse(xml);
  if (!document) return document.error();
  Model model;
  model.processes = read_bpmn(*document, problems);
  if (problems.empty())
    for (auto const& process : model.processes) check_graph(process, problems);
  if (!problems.empty()) return problems.take();
  for (auto& process : model.processes) {
    find_reach(process);
    process.xml = document->source();
  }
  model.notes = problems.take_notes();
  return model;
}

Result<Definition> read_definition(std::string_view xml) {
  auto model = read_model(xml, Strictness::deploy);
  if (!model) return model.error();
  if (model->processes.size() > 1)
    return refuse(Why::invalid, model->processes[1].nodes.empty() ? "1:1" : model->processes[1].nodes[0].at,
                  "'{}' is a second process; a file holds one", model->processes[1].key);
  return std::move(model->processes.front());
}

Result<std::string> round_trip(std::string_view xml) {
  auto const document = XmlDocument::parse(xml, XmlDocument::Keep::everything);
  if (!document) return document.error();
  return document->text();
}

}  // namespace yunzhi::process

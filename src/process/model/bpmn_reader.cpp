#include "process/model/bpmn_reader.hpp"

#include <algorithm>
#include <unordered_set>

#include "process/model/activity_reader.hpp"
#include "process/model/event_reader.hpp"
#include "process/model/vocabulary.hpp"

namespace yunzhi::process {
namespace {

using pugi::xml_node;
using Ids = std::unordered_set<std::string>;

// Our own attributes must have a meaning where they stand; of other engines' words it must be known what they
// do. `id` is that of the element they are part of.
void check_words(Source const& source, xml_node xml, std::string_view id) {
  auto& problems = source.problems;
  auto const local = source.document.name(xml).local;
  for (auto const& attribute : xml.attributes()) {
    if (std::string_view(attribute.name()).find(':') == std::string_view::npos) continue;
    auto const name = source.document.name(xml, attribute);
    if (name.space == vocabulary::ours && !vocabulary::our_attribute(local, name.local))
      problems.add(source.at(xml), "'{}': the attribute '{}' has no meaning on {}", id, attribute.name(),
                   local);
    if (vocabulary::other_engine(name.space) && !vocabulary::understood_on(local, name.local))
      problems.note(source.at(xml), "'{}': the attribute '{}' belongs to another engine and would be ignored",
                    id, attribute.name());
  }
  for (auto const& child : source.child(xml, "extensionElements").children()) {
    if (child.type() != pugi::node_element) continue;
    auto const name = source.document.name(child);
    bool const lost = !vocabulary::understood_on(local, name.local);
    if (name.space == vocabulary::ours || (vocabulary::other_engine(name.space) && lost))
      problems.note(source.at(child), "'{}': the extension '{}' would be ignored", id, child.name());
  }
}

/// Reads one process.
class Reader {
 public:
  Reader(Source const& source, MessageFlows const& flows, Correlations const& correlations,
         DataFlow const& data, Ids& ids)
      : source_(source),
        flows_(flows),
        correlations_(correlations),
        data_(data),
        ids_(ids),
        problems_(source.problems) {}

  Definition read(xml_node process) {
    definition_.key = id_of(process);
    definition_.name = process.attribute("name").value();
    definition_.record = source_.our(process, "record");
    definition_.called = source_.our(process, "called") == "true";
    definition_.tag = source_.either(process, "tag", "versionTag");
    if (auto const tag = source_.extension(process, "versionTag"))
      definition_.tag = tag.attribute("value").value();
    unique_id(process, definition_.key);
    check_words(source_, process, definition_.key);
    definition_.initial = ActivityReader(source_, data_).data_objects(process);
    bindings_ = correlations_.bindings(process);
    scope(process, nowhere);
    link_flows();
    link_boundaries();
    link_compensation();
    link_links();
    link_roles();
    link_awaited();
    definition_.index();
    return std::move(definition_);
  }

 private:
  struct RawFlow {
    xml_node xml;
    Index scope;
  };

  // The id an element has. Files that only run may leave them out: then it is its kind and place.
  std::string id_of(xml_node xml) const {
    std::string id(trimmed(xml.attribute("id").value()));
    if (!id.empty() || problems_.strict()) return id;
    id = std::string(source_.document.name(xml).local) + "_" + source_.at(xml);
    std::replace(id.begin(), id.end(), ':', '_');
    return id;
  }

  bool unique_id(xml_node xml, std::string_view id) {
    if (!vocabulary::identifier(id)) {
      problems_.add(source_.at(xml), "'{}' needs an id of letters, digits, '_', '-' and '.'", xml.name());
      return false;
    }
    if (ids_.emplace(id).second) return true;
    problems_.add(source_.at(xml), "the id '{}' is used twice", id);
    return false;
  }

  void scope(xml_node xml, Index around) {
    for (auto const& child : xml.children()) {
      if (child.type() != pugi::node_element) continue;
      auto const name = source_.document.name(child);
      if (name.space != vocabulary::bpmn) {
        problems_.note(source_.at(child), "'{}' is not BPMN and would be ignored", child.name());
      } else if (name.local == "laneSet") {
        lanes(child);
      } else if (name.local == "sequenceFlow") {
        if (unique_id(child, id_of(child))) raw_flows_.push_back({child, around});
      } else if (auto const element = vocabulary::element(name.local)) {
        node(child, name.local, *element, around);
      } else if (name.local == "association") {
        associations_.emplace_back(trimmed(child.attribute("sourceRef").value()),
                                   trimmed(child.attribute("targetRef").value()));
      } else if (!vocabulary::part(name.local)) {
        problems_.add(source_.at(child), "'{}': the element {} is not run by this engine",
                      child.attribute("id").value(), name.local);
      }
    }
  }

  void lanes(xml_node set) {
    for (auto const& lane : set.children()) {
      if (!source_.bpmn(lane, "lane")) continue;
      check_words(source_, lane, lane.attribute("id").value());
      auto role = source_.our(lane, "role");
      if (role.empty()) role = lane.attribute("name").value();
      for (auto const& child : lane.children()) {
        if (source_.bpmn(child, "flowNodeRef"))
          lane_roles_[std::string(trimmed(child.text().as_string()))] = role;
        if (source_.bpmn(child, "childLaneSet")) lanes(child);
      }
    }
  }

  void node(xml_node xml, std::string_view local, Element element, Index around) {
    if (!unique_id(xml, id_of(xml))) return;
    if (definition_.nodes.size() >= limits::bpmn_nodes) {
      problems_.add(source_.at(xml), "a process may have at most {} elements", limits::bpmn_nodes);
      return;
    }
    check_all_words(xml);
    if (element == Element::call_activity) element = global_task(xml);
    Node node;
    node.id = id_of(xml);
    node.name = xml.attribute("name").value();
    node.at = source_.at(xml);
    node.element = element;
    node.scope = around;
    node.state = source_.our(xml, "state");
    node.role = source_.our(xml, "role");
    node.event_sub = xml.attribute("triggeredByEvent").as_bool();
    node.instantiate = xml.attribute("instantiate").as_bool();
    node.transaction = local == "transaction";
    if (local == "adHocSubProcess") node.ad_hoc.emplace();
    if (element == Element::boundary) node.interrupting = xml.attribute("cancelActivity").as_bool(true);
    ActivityReader(source_, data_).read(xml, node);
    // Where files are only run, a send task is seen to wait; its message goes out when it is completed.
    if (element == Element::send_task) node.waits = !problems_.strict() || !node.action.empty();
    EventReader(source_, flows_, correlations_, bindings_).read(xml, node);
    if (element == Element::event_gateway &&
        std::string_view(xml.attribute("eventGatewayType").value()) == "Parallel")
      problems_.add(node.at, "'{}': a parallel event-based gateway is not run by this engine", node.id);
    for (auto const* quantity : {"startQuantity", "completionQuantity"})
      if (xml.attribute(quantity).as_int(1) != 1)
        problems_.add(node.at, "'{}': {} is not run by this engine; only 1 is", node.id, quantity);
    if (element != Element::sub_process) refuse_rest(xml, node);
    if (auto const flow = trimmed(xml.attribute("default").value()); !flow.empty()) defaults_[node.id] = flow;
    if (element == Element::boundary) attached_[node.id] = trimmed(xml.attribute("attachedToRef").value());
    auto const number = static_cast<Index>(definition_.nodes.size());
    definition_.nodes.push_back(std::move(node));
    if (element == Element::sub_process) scope(xml, number);
  }

  // Those of an element, of what triggers it and of how often it runs.
  void check_all_words(xml_node xml) const {
    auto const id = id_of(xml);
    check_words(source_, xml, id);
    for (auto const& child : xml.children()) {
      if (child.type() != pugi::node_element) continue;
      auto const local = source_.document.name(child).local;
      if (local.ends_with("EventDefinition") || local.ends_with("LoopCharacteristics"))
        check_words(source_, child, id);
    }
  }

  // A call of a global task is that task.
  Element global_task(xml_node xml) const {
    constexpr std::pair<char const*, Element> kinds[] = {
        {"globalTask", Element::task},
        {"globalUserTask", Element::user_task},
        {"globalManualTask", Element::manual_task},
        {"globalScriptTask", Element::script_task},
        {"globalBusinessRuleTask", Element::business_rule_task}};
    for (auto const& [name, meant] : kinds)
      if (source_.declared(name, xml.attribute("calledElement").value())) return meant;
    return Element::call_activity;
  }

  // Children that are neither drawing nor already read would change the run: refuse them.
  void refuse_rest(xml_node xml, Node const& node) {
    for (auto const& child : xml.children()) {
      if (child.type() != pugi::node_element) continue;
      auto const name = source_.document.name(child);
      if (name.space != vocabulary::bpmn)
        problems_.note(source_.at(child), "'{}' is not BPMN and would be ignored", child.name());
      else if (!vocabulary::part(name.local))
        problems_.add(source_.at(child), "'{}': {} is not run by this engine", node.id, name.local);
    }
  }

  void link_flows() {
    definition_.index();
    for (auto const& raw : raw_flows_) {
      check_words(source_, raw.xml, id_of(raw.xml));
      Flow flow;
      flow.id = id_of(raw.xml);
      flow.name = raw.xml.attribute("name").value();
      flow.at = source_.at(raw.xml);
      flow.from = end_of(raw, flow, "sourceRef");
      flow.to = end_of(raw, flow, "targetRef");
      if (flow.from == nowhere || flow.to == nowhere) continue;
      condition(raw.xml, flow);
      auto const number = static_cast<Index>(definition_.flows.size());
      definition_.nodes[flow.from].outgoing.push_back(number);
      definition_.nodes[flow.to].incoming.push_back(number);
      definition_.flows.push_back(std::move(flow));
    }
    definition_.index();
    for (auto const& [id, default_id] : defaults_) {
      auto& node = definition_.nodes[definition_.find_node(id)];
      node.default_flow = definition_.find_flow(default_id);
      if (node.default_flow == nowhere ||
          definition_.nodes.at(definition_.flows[node.default_flow].from).id != id)
        problems_.add(node.at, "'{}': its default flow '{}' does not leave it", id, default_id);
    }
  }

  Index end_of(RawFlow const& raw, Flow const& flow, char const* attribute) {
    auto const id = trimmed(raw.xml.attribute(attribute).value());
    auto const node = definition_.find_node(id);
    if (node == nowhere) {
      problems_.add(flow.at, "'{}': its {} '{}' is not in this process", flow.id, attribute, id);
    } else if (definition_.nodes[node].scope != raw.scope) {
      problems_.add(flow.at, "'{}' crosses the border of a sub-process", flow.id);
      return nowhere;
    }
    return node;
  }

  void condition(xml_node xml, Flow& flow) {
    for (auto const& child : xml.children()) {
      if (child.type() != pugi::node_element) continue;
      if (vocabulary::drawing(source_.document.name(child).local)) continue;
      if (!source_.bpmn(child, "conditionExpression")) {
        problems_.note(source_.at(child), "'{}': {} is not run by this engine", flow.id, child.name());
        continue;
      }
      std::string_view const text = child.text().as_string();
      if (text.find_first_not_of(" \t\r\n") == std::string_view::npos && !problems_.strict()) continue;
      flow.condition = source_.expression(text, child.attribute("language").value(), source_.at(child),
                                          flow.id, "the condition");
    }
  }

  void link_boundaries() {
    for (auto const& [id, host_id] : attached_) {
      auto const number = definition_.find_node(id);
      auto& node = definition_.nodes[number];
      node.attached_to = definition_.find_node(host_id);
      bool const fits = node.attached_to != nowhere && definition_.nodes[node.attached_to].activity() &&
                        definition_.nodes[node.attached_to].scope == node.scope;
      if (fits) definition_.nodes[node.attached_to].boundary.push_back(number);
      if (!fits) {
        problems_.add(node.at, "'{}' is attached to '{}', which is no activity beside it", id, host_id);
        node.attached_to = nowhere;
      }
    }
  }

  // A boundary compensation event leads to its handler by an association.
  void link_compensation() {
    for (auto const& [from, to] : associations_) {
      auto const event = definition_.find_node(from);
      auto const handler = definition_.find_node(to);
      if (event == nowhere || handler == nowhere) continue;
      auto const& boundary = definition_.nodes[event];
      if (boundary.element != Element::boundary || boundary.trigger != Trigger::compensation ||
          boundary.attached_to == nowhere || !definition_.nodes[handler].activity())
        continue;
      if (definition_.nodes[boundary.attached_to].compensation != nowhere)
        problems_.add(boundary.at, "'{}': '{}' is already undone by another activity", boundary.id,
                      definition_.nodes[boundary.attached_to].id);
      definition_.nodes[boundary.attached_to].compensation = handler;
      definition_.nodes[handler].handler = true;
    }
  }

  void link_links() {
    for (auto& node : definition_.nodes) {
      if (node.trigger != Trigger::link || node.element != Element::throw_event) continue;
      for (Index i = 0; i < definition_.nodes.size(); ++i) {
        auto const& other = definition_.nodes[i];
        if (other.trigger == Trigger::link && other.element == Element::catch_event &&
            other.scope == node.scope && other.reference == node.reference)
          node.link = i;
      }
      if (node.link == nowhere)
        problems_.add(node.at, "'{}' links to '{}', and no catching link beside it has this name", node.id,
                      node.reference);
    }
  }

  // A step's role: its own, that of its lane, or that of the nearest sub-process around it.
  void link_roles() {
    for (auto& node : definition_.nodes) {
      if (!node.role.empty()) continue;
      auto const lane = lane_roles_.find(node.id);
      if (lane != lane_roles_.end()) node.role = lane->second;
      if (node.role.empty() && node.scope != nowhere) node.role = definition_.nodes[node.scope].role;
    }
  }

  // What a token at each node waits for from outside, beside what is on its border.
  void link_awaited() {
    for (Index i = 0; i < definition_.nodes.size(); ++i) {
      auto& node = definition_.nodes[i];
      definition_.conditional = definition_.conditional || node.trigger == Trigger::conditional;
      bool const catches = node.element == Element::catch_event || node.element == Element::receive_task;
      if (catches && node.trigger != Trigger::link) node.awaited.push_back(i);
      if (node.element == Element::event_gateway)
        for (auto const flow : node.outgoing) {
          auto const event = definition_.flows[flow].to;
          bool const again = std::find(node.awaited.begin(), node.awaited.end(), event) != node.awaited.end();
          if (!again) node.awaited.push_back(event);
        }
      bool const begins =
          node.element == Element::start && node.scope != nowhere && definition_.nodes[node.scope].event_sub;
      if (!begins) continue;
      auto const around = definition_.nodes[node.scope].scope;
      if (node.trigger == Trigger::compensation && around != nowhere)
        definition_.nodes[around].compensation_start = i;
      if (node.trigger == Trigger::compensation) continue;
      (around == nowhere ? definition_.awaited : definition_.nodes[around].awaited).push_back(i);
    }
  }

  Source const& source_;
  MessageFlows const& flows_;
  Correlations const& correlations_;
  Correlations::Bindings bindings_;
  DataFlow const& data_;
  Ids& ids_;
  Problems& problems_;
  Definition definition_;
  std::vector<RawFlow> raw_flows_;
  std::vector<std::pair<std::string, std::string>> associations_;
  std::map<std::string, std::string, std::less<>> lane_roles_;
  std::map<std::string, std::string> defaults_;
  std::map<std::string, std::string> attached_;
};

bool declaration(std::string_view local) {
  constexpr std::string_view words[] = {"message",
                                        "error",
                                        "signal",
                                        "escalation",
                                        "itemDefinition",
                                        "category",
                                        "dataStore",
                                        "collaboration",
                                        "interface",
                                        "resource",
                                        "import",
                                        "relationship",
                                        "correlationProperty",
                                        "endPoint",
                                        "partnerEntity",
                                        "partnerRole",
                                        "choreography",
                                        "conversation"};
  return std::find(std::begin(words), std::end(words), local) != std::end(words) ||
         local.ends_with("EventDefinition") || (local.starts_with("global") && local.ends_with("Task")) ||
         vocabulary::drawing(local);
}

}  // namespace

std::vector<Definition> read_bpmn(XmlDocument const& document, Problems& problems) {
  std::vector<Definition> processes;
  Source const source{document, problems};
  auto const root = document.root();
  if (!source.bpmn(root, "definitions")) {
    problems.add(document.at(root), "the file holds '{}' and not BPMN 2.0 <definitions>", root.name());
    return processes;
  }
  auto const flows = read_message_flows(source);
  Correlations const correlations(source);
  DataFlow const data(source);
  Ids ids;
  for (auto const& child : root.children()) {
    if (child.type() != pugi::node_element) continue;
    auto const name = document.name(child);
    if (name.space != vocabulary::bpmn) continue;  // the diagram, and what drawing tools leave
    if (name.local == "process") {
      // A pool whose inside is not drawn is no process to run.
      if (child.first_child() || problems.strict())
        processes.push_back(Reader(source, flows, correlations, data, ids).read(child));
    } else if (name.local == "signal") {
      check_words(source, child, child.attribute("id").value());
    } else if (!declaration(name.local)) {
      problems.note(document.at(child), "'{}' is not supported here", name.local);
    }
  }
  if (processes.empty()) problems.add(document.at(root), "the file holds no process");
  return processes;
}

}  // namespace yunzhi::process

#include "process/model/bpmn_reader.hpp"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "process/model/event_reader.hpp"
#include "process/model/vocabulary.hpp"

namespace yunzhi::process {
namespace {

using pugi::xml_node;

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

class Reader {
 public:
  Reader(XmlDocument const& document, Problems& problems) : document_(document), problems_(problems) {}

  Definition read() {
    auto const root = document_.root();
    if (!bpmn(root, "definitions")) {
      problems_.add(document_.at(root), "the file holds '{}' and not BPMN 2.0 <definitions>", root.name());
      return {};
    }
    auto const process = top_level(root);
    if (!process) return {};
    definition_.key = process.attribute("id").value();
    definition_.name = process.attribute("name").value();
    definition_.record = our(process, "record");
    unique_id(process, definition_.key);
    check_attributes(process);
    scope(process, nowhere);
    link_flows();
    link_boundaries();
    link_roles();
    definition_.index();
    return std::move(definition_);
  }

 private:
  struct RawFlow {
    xml_node xml;
    Index scope;
  };

  [[nodiscard]] bool bpmn(xml_node node, std::string_view local) const {
    auto const name = document_.name(node);
    return name.space == vocabulary::bpmn && name.local == local;
  }

  [[nodiscard]] std::string our(xml_node node, std::string_view local) const {
    for (auto const& attribute : node.attributes()) {
      auto const name = document_.name(node, attribute);
      if (name.space == vocabulary::ours && name.local == local) return attribute.value();
    }
    return {};
  }

  // The one process of the file, or nothing.
  xml_node top_level(xml_node root) {
    constexpr std::string_view declarations[] = {"message",        "error",    "signal",    "escalation",
                                                 "itemDefinition", "category", "dataStore", "collaboration"};
    xml_node process;
    for (auto const& child : root.children()) {
      if (child.type() != pugi::node_element) continue;
      auto const name = document_.name(child);
      if (name.space != vocabulary::bpmn) continue;  // the diagram, and what drawing tools leave
      if (name.local == "process") {
        if (process)
          problems_.add(document_.at(child), "'{}' is a second process; a file holds one",
                        child.attribute("id").value());
        if (!process) process = child;
      } else if (std::find(std::begin(declarations), std::end(declarations), name.local) ==
                     std::end(declarations) &&
                 !vocabulary::drawing(name.local)) {
        problems_.add(document_.at(child), "'{}' is not supported here", name.local);
      }
    }
    if (!process) problems_.add(document_.at(root), "the file holds no process");
    return process;
  }

  bool unique_id(xml_node xml, std::string_view id) {
    if (!vocabulary::identifier(id)) {
      problems_.add(document_.at(xml), "'{}' needs an id of letters, digits, '_', '-' and '.'", xml.name());
      return false;
    }
    if (ids_.emplace(id).second) return true;
    problems_.add(document_.at(xml), "the id '{}' is used twice", id);
    return false;
  }

  // Our own attributes must have a meaning where they stand; those of other engines would be ignored.
  void check_attributes(xml_node xml) {
    auto const local = document_.name(xml).local;
    std::string_view const id = xml.attribute("id").value();
    for (auto const& attribute : xml.attributes()) {
      auto const name = document_.name(xml, attribute);
      if (name.space == vocabulary::ours && !vocabulary::our_attribute(local, name.local))
        problems_.add(document_.at(xml), "'{}': the attribute '{}' has no meaning on {}", id,
                      attribute.name(), local);
      if (vocabulary::other_engine(name.space))
        problems_.add(document_.at(xml),
                      "'{}': the attribute '{}' belongs to another engine and would be ignored", id,
                      attribute.name());
    }
    for (auto const* flag : {"isForCompensation", "triggeredByEvent", "instantiate", "parallelMultiple"})
      if (xml.attribute(flag).as_bool())
        problems_.add(document_.at(xml), "'{}': {} is not supported", id, flag);
    for (auto const& child : xml.child(xml_prefix(xml, "extensionElements").c_str()).children())
      if (child.type() == pugi::node_element)
        if (auto const name = document_.name(child);
            vocabulary::other_engine(name.space) || name.space == vocabulary::ours)
          problems_.add(document_.at(child), "'{}': the extension '{}' would be ignored", id, child.name());
  }

  // The name a BPMN child has under the prefix its parent uses.
  [[nodiscard]] static std::string xml_prefix(xml_node xml, std::string_view local) {
    std::string_view const name = xml.name();
    auto const colon = name.find(':');
    return (colon == std::string_view::npos ? "" : std::string(name.substr(0, colon + 1))) +
           std::string(local);
  }

  void scope(xml_node xml, Index around) {
    for (auto const& child : xml.children()) {
      if (child.type() != pugi::node_element) continue;
      auto const name = document_.name(child);
      if (name.space != vocabulary::bpmn) {
        problems_.add(document_.at(child), "'{}' is not BPMN and would be ignored", child.name());
      } else if (name.local == "laneSet") {
        lanes(child);
      } else if (name.local == "sequenceFlow") {
        if (unique_id(child, child.attribute("id").value())) raw_flows_.push_back({child, around});
      } else if (auto const element = vocabulary::element(name.local)) {
        node(child, *element, around);
      } else if (!vocabulary::drawing(name.local)) {
        problems_.add(document_.at(child), "'{}': the element {} is not run by this engine",
                      child.attribute("id").value(), name.local);
      }
    }
  }

  void lanes(xml_node set) {
    for (auto const& lane : set.children()) {
      if (lane.type() != pugi::node_element || !bpmn(lane, "lane")) continue;
      check_attributes(lane);
      auto role = our(lane, "role");
      if (role.empty()) role = lane.attribute("name").value();
      for (auto const& child : lane.children()) {
        if (bpmn(child, "flowNodeRef")) lane_roles_[child.text().as_string()] = role;
        if (bpmn(child, "childLaneSet")) lanes(child);
      }
    }
  }

  void node(xml_node xml, Element element, Index around) {
    if (!unique_id(xml, xml.attribute("id").value())) return;
    if (definition_.nodes.size() >= limits::bpmn_nodes) {
      problems_.add(document_.at(xml), "a process may have at most {} elements", limits::bpmn_nodes);
      return;
    }
    check_attributes(xml);
    Node node;
    node.id = xml.attribute("id").value();
    node.name = xml.attribute("name").value();
    node.at = document_.at(xml);
    node.element = element;
    node.scope = around;
    node.state = our(xml, "state");
    node.role = our(xml, "role");
    content(xml, node);
    if (std::string_view const flow = xml.attribute("default").value(); !flow.empty())
      defaults_[node.id] = flow;
    if (element == Element::boundary) attached_[node.id] = xml.attribute("attachedToRef").value();
    auto const number = static_cast<Index>(definition_.nodes.size());
    definition_.nodes.push_back(std::move(node));
    if (element == Element::sub_process) scope(xml, number);
  }

  void content(xml_node xml, Node& node) {
    if (node.element == Element::user_task || node.element == Element::manual_task) person(xml, node);
    if (node.element == Element::service_task) {
      node.action = our(xml, "action");
      if (node.action.empty()) problems_.add(node.at, "'{}' names no action; add yunzhi:action", node.id);
    }
    if (node.element == Element::script_task) script(xml, node);
    node.interrupting = xml.attribute("cancelActivity").as_bool(true);
    EventReader(document_, problems_).read(xml, node);
    if (node.element != Element::sub_process) refuse_rest(xml, node);
  }

  void person(xml_node xml, Node& node) {
    auto& form = node.form;
    form.action = our(xml, "action");
    form.fields = words_of(our(xml, "fields"));
    form.required = words_of(our(xml, "required"));
    form.readonly = words_of(our(xml, "readonly"));
    form.assignee = our(xml, "assignee");
    if (!form.assignee.empty() && (!form.assignee.starts_with("field:") || form.assignee.size() == 6))
      problems_.add(node.at, "'{}': yunzhi:assignee is '{}'; it must read field:<name>", node.id,
                    form.assignee);
    for (auto const& field : form.required)
      if (std::find(form.fields.begin(), form.fields.end(), field) == form.fields.end())
        problems_.add(node.at, "'{}' requires the field '{}', which is not among its yunzhi:fields", node.id,
                      field);
    auto const due = our(xml, "due");
    if (due.empty()) return;
    auto rule = read_timer(TimerRule::Form::duration, due);
    if (!rule) {
      problems_.add(node.at, "'{}': yunzhi:due is wrong: {}", node.id, rule.error().english());
      return;
    }
    rule->working = our(xml, "working") != "false";
    rule->calendar = our(xml, "calendar");
    form.due = std::move(*rule);
  }

  void script(xml_node xml, Node& node) {
    std::string_view const format = xml.attribute("scriptFormat").value();
    if (!format.empty() && format.find("feel") == std::string_view::npos &&
        format.find("FEEL") == std::string_view::npos)
      problems_.add(node.at, "'{}': scripts are FEEL expressions, not {}", node.id, format);
    node.result = our(xml, "result");
    if (node.result.empty())
      problems_.add(node.at, "'{}' does not say which field it sets; add yunzhi:result", node.id);
    auto compiled = Expression::compile(xml.child(xml_prefix(xml, "script").c_str()).text().as_string());
    if (!compiled) {
      problems_.add(node.at, "'{}': the script is wrong: {}", node.id, compiled.error().english());
    } else {
      node.script = std::move(*compiled);
    }
  }

  // Children that are neither drawing nor already read would change the run: refuse them.
  void refuse_rest(xml_node xml, Node const& node) {
    for (auto const& child : xml.children()) {
      if (child.type() != pugi::node_element) continue;
      auto const name = document_.name(child);
      bool const read = vocabulary::drawing(name.local) || name.local.ends_with("EventDefinition") ||
                        (node.element == Element::script_task && name.local == "script");
      if (name.space != vocabulary::bpmn || !read)
        problems_.add(document_.at(child), "'{}': {} is not run by this engine", node.id, name.local);
    }
  }

  void link_flows() {
    definition_.index();
    for (auto const& raw : raw_flows_) {
      check_attributes(raw.xml);
      Flow flow;
      flow.id = raw.xml.attribute("id").value();
      flow.name = raw.xml.attribute("name").value();
      flow.at = document_.at(raw.xml);
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
    std::string_view const id = raw.xml.attribute(attribute).value();
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
      if (child.type() != pugi::node_element || vocabulary::drawing(document_.name(child).local)) continue;
      if (!bpmn(child, "conditionExpression")) {
        problems_.add(document_.at(child), "'{}': {} is not run by this engine", flow.id, child.name());
        continue;
      }
      std::string_view const language = child.attribute("language").value();
      if (!language.empty() && language.find("FEEL") == std::string_view::npos &&
          language.find("feel") == std::string_view::npos)
        problems_.add(document_.at(child), "'{}': conditions are written in FEEL, not in {}", flow.id,
                      language);
      auto compiled = Expression::compile(child.text().as_string());
      if (!compiled) {
        problems_.add(document_.at(child), "'{}': the condition is wrong: {}", flow.id,
                      compiled.error().english());
        continue;
      }
      flow.condition = std::move(*compiled);
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
      if (!fits)
        problems_.add(node.at, "'{}' is attached to '{}', which is no activity beside it", id, host_id);
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

  XmlDocument const& document_;
  Problems& problems_;
  Definition definition_;
  std::unordered_set<std::string> ids_;
  std::vector<RawFlow> raw_flows_;
  std::map<std::string, std::string, std::less<>> lane_roles_;
  std::map<std::string, std::string> defaults_;
  std::map<std::string, std::string> attached_;
};

}  // namespace

Definition read_bpmn(XmlDocument const& document, Problems& problems) {
  return Reader(document, problems).read();
}

}  // namespace yunzhi::process

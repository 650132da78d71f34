#include "process/model/activity_reader.hpp"

#include "process/model/juel.hpp"
#include "process/model/vocabulary.hpp"

namespace yunzhi::process {
namespace {

using pugi::xml_node;

// The variable a data item of BPMN stands for: its name, or its id when the name is only for reading.
std::string variable_of(xml_node item) {
  std::string name = item.attribute("name").value();
  bool const plain = name.find_first_of(" \t\r\n") == std::string::npos;
  std::string id = item.attribute("id").value();
  return name.empty() || (!plain && !id.empty()) ? id : name;
}

bool feel_script(std::string_view format) {
  return format.find("feel") != std::string_view::npos || format.find("FEEL") != std::string_view::npos;
}

}  // namespace

void ActivityReader::read(xml_node xml, Node& node) {
  if (node.person()) person(xml, node);
  if (node.element == Element::service_task || node.element == Element::send_task) service(xml, node);
  if (node.element == Element::script_task) script(xml, node);
  if (node.element == Element::business_rule_task) decision(xml, node);
  if (node.element == Element::call_activity) call(xml, node);
  if (node.ad_hoc) ad_hoc(xml, node);
  if (node.element == Element::sub_process) node.initial = data_objects(xml);
  if (!node.activity()) return data_.read(xml, node);
  loop(xml, node);
  data_.read(xml, node);
  mappings(xml, node);
  node.handler = xml.attribute("isForCompensation").as_bool();
}

void ActivityReader::service(xml_node xml, Node& node) const {
  node.action = source_.our(xml, "action");
  if (node.action.empty()) node.action = source_.extension(xml, "taskDefinition").attribute("type").value();
  for (auto const* name : {"topic", "class", "delegateExpression", "expression", "type"})
    if (node.action.empty()) node.action = source_.foreign(xml, name);
  node.result = source_.either(xml, "result", "resultVariable");
  if (node.result.empty()) node.result = source_.foreign(xml, "resultVariableName");
  if (node.action.empty() && node.element == Element::service_task)
    source_.problems.note(node.at, "'{}' names no action; add yunzhi:action", node.id);
}

void ActivityReader::script(xml_node xml, Node& node) const {
  node.result = source_.either(xml, "result", "resultVariable");
  std::string text = source_.child(xml, "script").text().as_string();
  std::string format = xml.attribute("scriptFormat").value();
  if (auto const zeebe = source_.extension(xml, "script")) {
    text = zeebe.attribute("expression").value();
    node.result = zeebe.attribute("resultVariable").value();
    format = "feel";
  }
  if (source_.extension(xml, "taskDefinition")) format = "job";
  bool const ours = format.empty() && !source_.our(xml, "result").empty();
  if (!ours && !feel_script(format)) {
    source_.problems.note(node.at, "'{}': scripts are FEEL expressions, not {}", node.id,
                          format.empty() ? "of no language" : format);
    return;
  }
  if (node.result.empty())
    source_.problems.note(node.at, "'{}' does not say which field it sets; add yunzhi:result", node.id);
  node.script = source_.expression(text, "feel", node.at, node.id, "the script");
}

void ActivityReader::decision(xml_node xml, Node& node) const {
  auto const zeebe = source_.extension(xml, "calledDecision");
  node.decision = source_.either(xml, "decision", "decisionRef");
  if (node.decision.empty()) node.decision = zeebe.attribute("decisionId").value();
  node.result = source_.either(xml, "result", "resultVariable");
  if (node.result.empty()) node.result = zeebe.attribute("resultVariable").value();
  service(xml, node);
  if (node.result.empty()) node.result = zeebe.attribute("resultVariable").value();
  if (node.decision.empty() && node.action.empty())
    source_.problems.note(node.at, "'{}' names no decision; add yunzhi:decision", node.id);
}

void ActivityReader::call(xml_node xml, Node& node) const {
  Called called;
  std::string text = xml.attribute("calledElement").value();
  auto const zeebe = source_.extension(xml, "calledElement");
  if (zeebe) text = zeebe.attribute("processId").value();
  if (auto const colon = text.find(':'); colon != std::string::npos && !has_juel(text))
    text = text.substr(colon + 1);
  if (text.starts_with('=') || has_juel(text)) {
    called.computed = source_.expression(text, {}, node.at, node.id, "what it calls");
  } else {
    called.process = text;
  }
  if (text.empty())
    source_.problems.add(node.at, "'{}' calls nothing; name a process in calledElement", node.id);
  auto binding = source_.foreign(xml, "calledElementBinding");
  if (binding.empty()) binding = zeebe.attribute("bindingType").value();
  auto const version = source_.either(xml, "version", "calledElementVersion");
  auto tag = source_.either(xml, "tag", "calledElementVersionTag");
  if (tag.empty()) tag = zeebe.attribute("versionTag").value();
  if (binding == "deployment" || source_.foreign(xml, "sameDeployment") == "true")
    called.binding = Called::Binding::deployment;
  if (binding == "version" || (binding.empty() && !version.empty())) {
    called.binding = Called::Binding::version;
    called.wanted = version;
  }
  if (binding == "versionTag" || (binding.empty() && !tag.empty())) {
    called.binding = Called::Binding::tag;
    called.wanted = tag;
  }
  handed_over(xml, node, called);
  node.called = std::move(called);
}

// Camunda 7 and Flowable hand over what `in` and `out` name and nothing else; Zeebe, and files of no
// engine, everything.
void ActivityReader::handed_over(xml_node xml, Node const& node, Called& called) const {
  auto const zeebe = source_.extension(xml, "calledElement");
  auto const in = source_.extensions(xml, "in");
  auto const out = source_.extensions(xml, "out");
  bool const named = !in.empty() || !out.empty();
  called.all_in = !named && zeebe.attribute("propagateAllParentVariables").as_bool(true);
  called.all_out = !named && zeebe.attribute("propagateAllChildVariables").as_bool(true);
  if (source_.foreign(xml, "inheritVariables") == "true") called.all_in = true;
  for (auto const& [nodes, all, mappings] :
       {std::tuple(&in, &called.all_in, &called.in), std::tuple(&out, &called.all_out, &called.out)})
    for (auto const& one : *nodes) {
      if (std::string_view(one.attribute("variables").value()) == "all") *all = true;
      std::string const target = one.attribute("target").value();
      std::string const source = one.attribute("source").value();
      std::string const computed = one.attribute("sourceExpression").value();
      if (target.empty()) continue;
      auto read = computed.empty()
                      ? source_.expression("=" + source, {}, node.at, node.id, "what it hands over", false)
                      : source_.value(computed, node.at, node.id, "what it hands over", false);
      if (read) mappings->push_back({target, std::move(*read)});
    }
}

void ActivityReader::ad_hoc(xml_node xml, Node& node) const {
  auto& rule = *node.ad_hoc;
  rule.sequential = std::string_view(xml.attribute("ordering").value()) == "Sequential";
  rule.cancel_remaining = xml.attribute("cancelRemainingInstances").as_bool(true);
  if (auto const text = source_.child(xml, "completionCondition"))
    rule.completion = source_.expression(text.text().as_string(), text.attribute("language").value(),
                                         source_.at(text), node.id, "the completion condition");
  std::string active = source_.our(xml, "active");
  if (auto const zeebe = source_.extension(xml, "adHoc"); zeebe && active.empty())
    active = zeebe.attribute("activeElementsCollection").value();
  if (!active.empty()) rule.active = source_.expression(active, {}, node.at, node.id, "what begins in it");
}

void ActivityReader::loop(xml_node xml, Node& node) const {
  if (auto const standard = source_.child(xml, "standardLoopCharacteristics")) {
    node.loop.kind = Loop::Kind::standard;
    node.loop.test_before = standard.attribute("testBefore").as_bool();
    node.loop.maximum = std::max<std::int64_t>(standard.attribute("loopMaximum").as_llong(), 0);
    if (auto const text = source_.child(standard, "loopCondition"))
      node.loop.condition = source_.expression(text.text().as_string(), text.attribute("language").value(),
                                               source_.at(text), node.id, "the loop condition");
    if (!node.loop.condition && node.loop.maximum == 0)
      source_.problems.note(node.at, "'{}' loops without end; give it a loopCondition or a loopMaximum",
                            node.id);
  }
  if (auto const many = source_.child(xml, "multiInstanceLoopCharacteristics")) multi_instance(many, node);
}

void ActivityReader::multi_instance(xml_node xml, Node& node) const {
  auto& loop = node.loop;
  auto const position = source_.at(xml);
  loop.kind = xml.attribute("isSequential").as_bool() ? Loop::Kind::sequential : Loop::Kind::parallel;
  std::string const behaviour = xml.attribute("behavior").value();
  if (!behaviour.empty() && behaviour != "All")
    source_.problems.add(position,
                         "'{}': a multi-instance with behavior '{}' is not run by this engine; use All",
                         node.id, behaviour);
  if (auto const text = source_.child(xml, "loopCardinality"))
    loop.cardinality = source_.expression(text.text().as_string(), text.attribute("language").value(),
                                          position, node.id, "the loop cardinality");
  if (auto const text = source_.child(xml, "completionCondition"))
    loop.completion = source_.expression(text.text().as_string(), text.attribute("language").value(),
                                         position, node.id, "the completion condition");
  auto const zeebe = source_.extension(xml, "loopCharacteristics");
  auto collection = source_.either(xml, "collection", "collection");
  if (collection.empty()) collection = zeebe.attribute("inputCollection").value();
  if (collection.empty()) collection = loop_data(xml, "loopDataInputRef");
  if (!collection.empty())
    loop.collection = source_.expression(collection, {}, position, node.id, "the collection");
  loop.item = source_.either(xml, "item", "elementVariable");
  if (loop.item.empty()) loop.item = zeebe.attribute("inputElement").value();
  if (auto const item = source_.child(xml, "inputDataItem"); item && loop.item.empty())
    loop.item = variable_of(item);
  loop.output = source_.our(xml, "output");
  if (loop.output.empty()) loop.output = zeebe.attribute("outputCollection").value();
  if (loop.output.empty()) loop.output = loop_data(xml, "loopDataOutputRef");
  auto result = source_.our(xml, "outputItem");
  if (result.empty()) result = zeebe.attribute("outputElement").value();
  if (auto const item = source_.child(xml, "outputDataItem"); item && result.empty())
    result = variable_of(item);
  if (!result.empty())
    loop.output_item = source_.expression(result, {}, position, node.id, "the output item");
  if (!loop.cardinality && !loop.collection)
    source_.problems.add(position, "'{}' does not say how many; give it a loopCardinality or a collection",
                         node.id);
}

// An input or output of the activity itself has its data from where it is associated with; what stands for no
// data element is a variable's name.
std::string ActivityReader::loop_data(xml_node loop, std::string_view reference) const {
  std::string id(trimmed(source_.child(loop, reference).text().as_string()));
  auto name = data_.origin(loop.parent(), id);
  if (name.empty()) name = data_.goal(loop.parent(), id);
  if (name.empty()) name = data_.variable(id);
  return name.empty() ? id : name;
}

void ActivityReader::mappings(xml_node xml, Node& node) const {
  for (auto const* holder : {"ioMapping", "inputOutput"}) {
    auto const extension = source_.extension(xml, holder);
    std::vector<xml_node> in;
    std::vector<xml_node> out;
    for (auto const& child : extension.children()) {
      auto const local = std::string_view(child.name());
      if (local.ends_with(":input") || local.ends_with(":inputParameter")) in.push_back(child);
      if (local.ends_with(":output") || local.ends_with(":outputParameter")) out.push_back(child);
    }
    for (auto& mapping : mapped(in, node)) node.inputs.push_back(std::move(mapping));
    for (auto& mapping : mapped(out, node)) node.outputs.push_back(std::move(mapping));
  }
}

std::vector<Mapping> ActivityReader::mapped(std::vector<xml_node> const& nodes, Node const& node) const {
  std::vector<Mapping> mappings;
  for (auto const& one : nodes) {
    std::string target = one.attribute("target").value();
    std::string source = one.attribute("source").value();
    if (target.empty()) target = one.attribute("name").value();
    bool const plain = one.attribute("source").empty();
    if (plain) source = one.text().as_string();
    if (target.empty()) continue;
    if (plain && one.first_child() && one.first_child().type() == pugi::node_element) {
      source_.problems.note(source_.at(one),
                            "'{}': the {} of '{}' is not taken over; write it as one expression", node.id,
                            one.first_child().name(), target);
      continue;
    }
    if (auto read = source_.value(source, source_.at(one), node.id, "a variable mapping", false))
      mappings.push_back({target, std::move(*read)});
  }
  return mappings;
}

std::vector<Mapping> ActivityReader::data_objects(xml_node scope) const {
  std::vector<Mapping> initial;
  for (auto const& child : scope.children()) {
    if (!source_.bpmn(child, "dataObject")) continue;
    std::string name = child.attribute("name").value();
    if (name.empty()) name = child.attribute("id").value();
    std::string const id = child.attribute("id").value();
    std::string const type = child.attribute("itemSubjectRef").value();
    auto text = source_.our(child, "value");
    if (auto const value = source_.extension(child, "value"); value && text.empty()) {
      text = value.text().as_string();
      bool const plain = type.ends_with("string") || type.ends_with("datetime") || type.empty();
      if (plain && !has_juel(text)) text = feel_literal(text);
    }
    if (text.empty()) continue;
    if (auto read = source_.expression(text, {}, source_.at(child), id, "the value of a data object", false))
      initial.push_back({name, std::move(*read)});
  }
  return initial;
}

}  // namespace yunzhi::process

#include "process/model/event_reader.hpp"

#include "process/model/vocabulary.hpp"

namespace yunzhi::process {
namespace {

// Which triggers an element may have.
bool allowed(Element element, Trigger trigger) {
  switch (element) {
    case Element::start:
      return trigger == Trigger::none || trigger == Trigger::message;
    case Element::end:
      return trigger == Trigger::none || trigger == Trigger::terminate || trigger == Trigger::error;
    case Element::catch_event:
      return trigger == Trigger::timer || trigger == Trigger::message;
    case Element::boundary:
      return trigger == Trigger::timer || trigger == Trigger::message || trigger == Trigger::error;
    default:
      return trigger == Trigger::none;
  }
}

bool event(Element element) {
  return element == Element::start || element == Element::end || element == Element::catch_event ||
         element == Element::throw_event || element == Element::boundary;
}

}  // namespace

void EventReader::read(pugi::xml_node xml, Node& node) {
  std::size_t count = 0;
  for (auto const& child : xml.children()) {
    if (child.type() != pugi::node_element || !document_.name(child).local.ends_with("EventDefinition"))
      continue;
    ++count;
    trigger(child, node);
  }
  if (count > 1)
    problems_.add(node.at, "'{}' waits for several things at once, which is not run by this engine", node.id);
  if (count <= 1 && event(node.element) && !allowed(node.element, node.trigger))
    problems_.add(node.at, "'{}': an event of this kind does not run with this trigger", node.id);
  if (!event(node.element) && count > 0)
    problems_.add(node.at, "'{}' is no event and cannot have a trigger", node.id);
  if (node.element == Element::receive_task) {
    node.trigger = Trigger::message;
    node.reference = message(xml.attribute("messageRef").value(), node);
  }
  if (node.element == Element::boundary && node.trigger == Trigger::error && !node.interrupting)
    problems_.add(node.at, "'{}': an error always interrupts; remove cancelActivity=\"false\"", node.id);
}

void EventReader::trigger(pugi::xml_node definition, Node& node) {
  auto const local = document_.name(definition).local;
  if (local == "timerEventDefinition") {
    node.trigger = Trigger::timer;
    timer(definition, node);
  } else if (local == "messageEventDefinition") {
    node.trigger = Trigger::message;
    node.reference = message(definition.attribute("messageRef").value(), node);
  } else if (local == "errorEventDefinition") {
    node.trigger = Trigger::error;
    node.reference = error(definition.attribute("errorRef").value(), node);
  } else if (local == "terminateEventDefinition") {
    node.trigger = Trigger::terminate;
  } else {
    problems_.add(document_.at(definition), "'{}': {} is not run by this engine", node.id, local);
  }
}

void EventReader::timer(pugi::xml_node definition, Node& node) {
  std::size_t count = 0;
  for (auto const& child : definition.children()) {
    if (child.type() != pugi::node_element) continue;
    auto const local = document_.name(child).local;
    auto form = TimerRule::Form::duration;
    if (local == "timeDate")
      form = TimerRule::Form::date;
    else if (local == "timeCycle")
      form = TimerRule::Form::cycle;
    else if (local != "timeDuration")
      continue;
    ++count;
    auto rule = read_timer(form, child.text().as_string());
    if (!rule) {
      problems_.add(document_.at(child), "'{}': the timer is wrong: {}", node.id, rule.error().english());
      continue;
    }
    node.timer = std::move(*rule);
  }
  if (count != 1)
    problems_.add(document_.at(definition), "'{}' needs exactly one timeDuration, timeDate or timeCycle",
                  node.id);
  if (node.timer.form == TimerRule::Form::cycle && (node.element != Element::boundary || node.interrupting))
    problems_.add(node.at, "'{}': a cycle runs only on a boundary event that does not interrupt", node.id);
  auto const event = definition.parent();
  node.timer.working = our(definition, "working") == "true" || our(event, "working") == "true";
  node.timer.calendar = our(definition, "calendar");
  if (node.timer.calendar.empty()) node.timer.calendar = our(event, "calendar");
}

std::string EventReader::our(pugi::xml_node xml, std::string_view local) const {
  for (auto const& attribute : xml.attributes()) {
    auto const name = document_.name(xml, attribute);
    if (name.space == vocabulary::ours && name.local == local) return attribute.value();
  }
  return {};
}

pugi::xml_node EventReader::declared(std::string_view local, std::string_view reference) const {
  if (auto const colon = reference.find(':'); colon != std::string_view::npos)
    reference.remove_prefix(colon + 1);
  for (auto const& child : document_.root().children())
    if (child.type() == pugi::node_element && document_.name(child).local == local &&
        reference == child.attribute("id").value())
      return child;
  return {};
}

std::string EventReader::message(std::string_view reference, Node const& node) {
  std::string name = declared("message", reference).attribute("name").value();
  if (name.empty()) problems_.add(node.at, "'{}' waits for a message that the file does not name", node.id);
  return name;
}

std::string EventReader::error(std::string_view reference, Node const& node) {
  if (reference.empty() && node.element == Element::boundary) return {};
  auto const found = declared("error", reference);
  std::string code = found.attribute("errorCode").value();
  if (code.empty()) code = found.attribute("name").value();
  if (code.empty()) problems_.add(node.at, "'{}' names an error that the file does not declare", node.id);
  return code;
}

}  // namespace yunzhi::process

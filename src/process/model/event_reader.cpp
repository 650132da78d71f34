#include "process/model/event_reader.hpp"

#include <algorithm>

#include "process/model/vocabulary.hpp"

namespace yunzhi::process {
namespace {

bool among(Trigger trigger, std::initializer_list<Trigger> allowed) {
  return std::find(allowed.begin(), allowed.end(), trigger) != allowed.end();
}

// Which triggers an element may have (BPMN 2.0, table 10.93).
bool allowed(Node const& node) {
  switch (node.element) {
    case Element::start:
      return among(node.trigger,
                   {Trigger::none, Trigger::timer, Trigger::message, Trigger::signal, Trigger::conditional,
                    Trigger::error, Trigger::escalation, Trigger::compensation});
    case Element::end:
      return among(node.trigger,
                   {Trigger::none, Trigger::message, Trigger::signal, Trigger::error, Trigger::escalation,
                    Trigger::compensation, Trigger::cancel, Trigger::terminate});
    case Element::catch_event:
      return among(node.trigger,
                   {Trigger::timer, Trigger::message, Trigger::signal, Trigger::conditional, Trigger::link});
    case Element::throw_event:
      return among(node.trigger, {Trigger::none, Trigger::message, Trigger::signal, Trigger::escalation,
                                  Trigger::compensation, Trigger::link});
    case Element::boundary:
      return among(node.trigger,
                   {Trigger::timer, Trigger::message, Trigger::signal, Trigger::conditional, Trigger::error,
                    Trigger::escalation, Trigger::compensation, Trigger::cancel});
    default:
      return node.trigger == Trigger::none;
  }
}

bool event(Element element) {
  return element == Element::start || element == Element::end || element == Element::catch_event ||
         element == Element::throw_event || element == Element::boundary;
}

std::optional<Trigger> trigger_of(std::string_view local) {
  constexpr std::pair<std::string_view, Trigger> known[] = {
      {"timerEventDefinition", Trigger::timer},
      {"messageEventDefinition", Trigger::message},
      {"signalEventDefinition", Trigger::signal},
      {"errorEventDefinition", Trigger::error},
      {"escalationEventDefinition", Trigger::escalation},
      {"conditionalEventDefinition", Trigger::conditional},
      {"compensateEventDefinition", Trigger::compensation},
      {"linkEventDefinition", Trigger::link},
      {"cancelEventDefinition", Trigger::cancel},
      {"terminateEventDefinition", Trigger::terminate}};
  for (auto const& [name, meant] : known)
    if (name == local) return meant;
  return std::nullopt;
}

}  // namespace

// Those inside, and those it refers to among the declarations.
std::vector<pugi::xml_node> EventReader::triggers(pugi::xml_node xml) const {
  std::vector<pugi::xml_node> found;
  for (auto const& child : xml.children()) {
    if (child.type() != pugi::node_element) continue;
    auto const local = source_.document.name(child).local;
    if (local.ends_with("EventDefinition")) found.push_back(child);
    if (local != "eventDefinitionRef") continue;
    auto const reference = trimmed(child.text().as_string());
    for (auto const& other : source_.document.root().children())
      if (other.type() == pugi::node_element && reference == trimmed(other.attribute("id").value()))
        found.push_back(other);
  }
  return found;
}

void EventReader::read(pugi::xml_node xml, Node& node) {
  auto& problems = source_.problems;
  auto const found = triggers(xml);
  if (event(node.element) && found.size() == 1) trigger(found.front(), node);
  if (found.size() > 1)
    problems.add(node.at,
                 "'{}' waits for several things at once, which is not run by this engine; draw one event for "
                 "each",
                 node.id);
  if (!event(node.element) && !found.empty())
    problems.add(node.at, "'{}' is no event and cannot have a trigger", node.id);
  if (node.element == Element::start) node.interrupting = xml.attribute("isInterrupting").as_bool(true);
  if (found.size() <= 1 && event(node.element) && !allowed(node))
    problems.add(node.at, "'{}': an event of this kind does not run with this trigger", node.id);
  if (node.element == Element::receive_task || node.element == Element::send_task) message_of_task(xml, node);
  if (node.element == Element::boundary && node.trigger == Trigger::error && !node.interrupting) {
    problems.note(node.at, "'{}': an error always interrupts; remove cancelActivity=\"false\"", node.id);
    node.interrupting = true;
  }
}

void EventReader::trigger(pugi::xml_node definition, Node& node) {
  auto const local = source_.document.name(definition).local;
  auto const meant = trigger_of(local);
  if (!meant) {
    source_.problems.add(source_.at(definition), "'{}': {} is not run by this engine", node.id, local);
    return;
  }
  node.trigger = *meant;
  bool const catches = node.element != Element::end && node.element != Element::throw_event;
  if (*meant == Trigger::timer) timer(definition, node);
  if (*meant == Trigger::message) message(definition, node);
  if (*meant == Trigger::signal)
    node.reference = named("signal", definition.attribute("signalRef").value(), "name", node, false);
  if (*meant == Trigger::error)
    node.reference = named("error", definition.attribute("errorRef").value(), "errorCode", node, catches);
  if (*meant == Trigger::escalation)
    node.reference =
        named("escalation", definition.attribute("escalationRef").value(), "escalationCode", node, true);
  if (*meant == Trigger::error) node.code = source_.foreign(definition, "errorCodeVariable");
  if (*meant == Trigger::escalation) node.code = source_.foreign(definition, "escalationCodeVariable");
  if (*meant == Trigger::terminate) node.ends_all = source_.foreign(definition, "terminateAll") == "true";
  if (*meant == Trigger::conditional) condition(definition, node);
  if (*meant == Trigger::compensation) compensation(definition, node);
  if (*meant == Trigger::link) {
    node.reference = definition.attribute("name").value();
    if (node.reference.empty())
      source_.problems.add(node.at, "'{}' is a link without a name; give both ends the same", node.id);
  }
}

void EventReader::timer(pugi::xml_node definition, Node& node) {
  std::size_t count = 0;
  for (auto const& child : definition.children()) {
    if (child.type() != pugi::node_element) continue;
    auto const local = source_.document.name(child).local;
    auto form = TimerRule::Form::duration;
    if (local == "timeDate")
      form = TimerRule::Form::date;
    else if (local == "timeCycle")
      form = TimerRule::Form::cycle;
    else if (local != "timeDuration")
      continue;
    ++count;
    std::string text = child.text().as_string();
    if (text.find("${") != std::string::npos || text.find("#{") != std::string::npos) {
      if (auto told = source_.expression(text, {}, source_.at(child), node.id, "the timer")) {
        node.timer.form = form;
        node.timer.computed = std::move(told);
      }
      continue;
    }
    auto rule = read_timer(form, text);
    if (!rule) {
      source_.problems.add(source_.at(child), "'{}': the timer is wrong: {}", node.id,
                           rule.error().english());
      continue;
    }
    node.timer = std::move(*rule);
  }
  if (count != 1)
    source_.problems.add(source_.at(definition), "'{}' needs exactly one timeDuration, timeDate or timeCycle",
                         node.id);
  auto const event = definition.parent();
  node.timer.working =
      source_.our(definition, "working") == "true" || source_.our(event, "working") == "true";
  node.timer.calendar = source_.our(definition, "calendar");
  if (node.timer.calendar.empty()) node.timer.calendar = source_.our(event, "calendar");
}

void EventReader::condition(pugi::xml_node definition, Node& node) {
  auto const text = source_.child(definition, "condition");
  if (!text) {
    source_.problems.add(source_.at(definition), "'{}' waits for a condition and has none", node.id);
    return;
  }
  node.condition = source_.expression(text.text().as_string(), text.attribute("language").value(),
                                      source_.at(text), node.id, "the condition");
  watched(definition, node);
}

// Camunda 7 names one variable and Zeebe several; both may say which events count.
void EventReader::watched(pugi::xml_node definition, Node& node) {
  auto const zeebe = source_.extension(definition, "conditionalFilter");
  auto names = source_.foreign(definition, "variableName");
  if (names.empty()) names = zeebe.attribute("variableNames").value();
  auto events = source_.foreign(definition, "variableEvents");
  if (events.empty()) events = zeebe.attribute("variableEvents").value();
  if (names.empty() && events.empty()) return;
  Watched watched{words_of(names)};
  auto const kinds = words_of(events);
  if (!kinds.empty()) watched.created = watched.updated = watched.deleted = false;
  for (auto const& kind : kinds) {
    if (kind == "create") watched.created = true;
    if (kind == "update") watched.updated = true;
    if (kind == "delete") watched.deleted = true;
    if (kind != "create" && kind != "update" && kind != "delete")
      source_.problems.add(node.at, "'{}': variableEvents names '{}'; it may name create, update and delete",
                           node.id, kind);
  }
  node.watched = std::move(watched);
}

void EventReader::compensation(pugi::xml_node definition, Node& node) {
  node.reference = trimmed(definition.attribute("activityRef").value());
  node.waits = definition.attribute("waitForCompletion").as_bool(true);
}

std::string EventReader::named(std::string_view kind, std::string_view reference, char const* code,
                               Node const& node, bool any) const {
  if (reference.empty() && any) return {};
  auto const found = source_.declared(kind, reference);
  std::string name = found.attribute(code).value();
  if (name.empty()) name = found.attribute("name").value();
  // Files of other engines name a code without declaring it.
  if (name.empty() && !found && !reference.empty()) name = reference;
  if (name.empty() && found) name = found.attribute("id").value();
  if (!found)
    source_.problems.note(node.at, "'{}' names no {} that the file declares; declare it and refer to its id",
                          node.id, kind);
  return name;
}

// The message an element names, or that its message flow carries, and the key it is told apart by.
void EventReader::message(pugi::xml_node holder, Node& node) {
  auto const declared = source_.declared("message", holder.attribute("messageRef").value());
  node.reference = declared.attribute("name").value();
  if (node.reference.empty() && declared) node.reference = declared.attribute("id").value();
  if (auto const flow = flows_.find(node.id); flow != flows_.end()) node.reference = flow->second;
  bool const sends = node.element == Element::end || node.element == Element::throw_event ||
                     node.element == Element::send_task;
  if (declared) correlations_.read(trimmed(declared.attribute("id").value()), bindings_, sends, node);
  if (auto const subscription = source_.extension(declared, "subscription"))
    node.correlation = source_.value(subscription.attribute("correlationKey").value(),
                                     source_.at(subscription), node.id, "the correlation key");
  for (auto const& place : {holder, holder.parent()})
    if (auto const ours = source_.our(place, "correlation"); !ours.empty())
      node.correlation = source_.expression(ours, {}, node.at, node.id, "yunzhi:correlation");
  if (!node.reference.empty()) return;
  if (!sends) source_.problems.note(node.at, "'{}' waits for a message that the file does not name", node.id);
  // Where only running matters, it goes by the event's own id.
  node.reference = node.id;
}

void EventReader::message_of_task(pugi::xml_node xml, Node& node) {
  bool const named = *xml.attribute("messageRef").value() != 0 || flows_.contains(node.id);
  if (node.element == Element::send_task && !named) return;
  message(xml, node);
  if (node.element == Element::receive_task) node.trigger = Trigger::message;
}

}  // namespace yunzhi::process

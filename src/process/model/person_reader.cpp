// Steps that people do: who, with which form, by when.
#include <algorithm>

#include "process/model/activity_reader.hpp"
#include "process/model/juel.hpp"
#include "process/model/vocabulary.hpp"

namespace yunzhi::process {
namespace {

using pugi::xml_node;

bool simple_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Result<TimerRule> read_due(std::string_view text) {
  bool const date = text.front() >= '0' && text.front() <= '9';
  return read_timer(date ? TimerRule::Form::date : TimerRule::Form::duration, text);
}

}  // namespace

void ActivityReader::person(xml_node xml, Node& node) const {
  auto& form = node.form;
  form.action = source_.our(xml, "action");
  form.fields = words_of(source_.our(xml, "fields"));
  form.required = words_of(source_.our(xml, "required"));
  form.readonly = words_of(source_.our(xml, "readonly"));
  form.assignee = source_.our(xml, "assignee");
  if (!form.assignee.empty() && (!form.assignee.starts_with("field:") || form.assignee.size() == 6))
    source_.problems.add(node.at, "'{}': yunzhi:assignee is '{}'; it must read field:<name>", node.id,
                         form.assignee);
  for (auto const& field : form.required)
    if (std::find(form.fields.begin(), form.fields.end(), field) == form.fields.end())
      source_.problems.add(node.at, "'{}' requires the field '{}', which is not among its yunzhi:fields",
                           node.id, field);
  schema(xml, node);
  auto rule = read_signing_rule([&](std::string_view name) { return source_.our(xml, name); });
  if (rule) form.signing = std::move(*rule);
  if (!rule) {
    auto const refusal = rule.error();
    source_.problems.add(node.at, "'{}': {}", node.id, refusal.english());
  }
  foreign_person(xml, node);
  due(xml, node);
}

// The form stands in the drawing, so that a version of the process has its own.
void ActivityReader::schema(xml_node xml, Node& node) const {
  auto const text = source_.our(xml, "schema");
  if (text.empty()) return;
  auto const parsed = parse_json(text);
  auto const* object = parsed.has_value() ? parsed->if_object() : nullptr;
  auto const* properties = object == nullptr ? nullptr : object->if_contains("properties");
  if (properties == nullptr || !properties->is_object())
    return source_.problems.add(node.at, "'{}': yunzhi:schema must be a JSON Schema with properties",
                                node.id);
  auto const& fields = node.form.fields;
  for (auto const& property : properties->get_object())
    if (std::find(fields.begin(), fields.end(), property.key()) == fields.end())
      source_.problems.add(node.at, "'{}': yunzhi:schema tells of '{}', which is not among its yunzhi:fields",
                           node.id, std::string(property.key()));
  node.form.schema = *object;
}

// Who does it and with which form, as other engines write it. A group is a role.
void ActivityReader::foreign_person(xml_node xml, Node& node) const {
  auto& form = node.form;
  auto const assigned = source_.extension(xml, "assignmentDefinition");
  auto assignee = source_.foreign(xml, "assignee");
  if (assignee.empty()) assignee = assigned.attribute("assignee").value();
  auto groups = source_.foreign(xml, "candidateGroups");
  if (groups.empty()) groups = assigned.attribute("candidateGroups").value();
  if (node.role.empty() && !groups.empty() && !groups.starts_with('=') && !has_juel(groups))
    node.role = words_of(groups).empty() ? std::string{} : words_of(groups).front();
  if (form.assignee.empty() && !assignee.empty()) {
    auto name = assignee;
    bool const computed = name.starts_with('=') || has_juel(name);
    if (name.starts_with('=')) name = name.substr(1);
    if (has_juel(name) && name.size() > 3) name = name.substr(2, name.size() - 3);
    while (!name.empty() && name.front() == ' ') name.erase(0, 1);
    if (computed && simple_name(name))
      form.assignee = "field:" + name;
    else if (!computed)
      form.assignee = "person:" + assignee;
    else
      source_.problems.note(node.at,
                            "'{}': who does it is computed by '{}'; only a variable's name can be "
                            "taken over as field:<name>",
                            node.id, assignee);
  }
  form.form = source_.foreign(xml, "formKey");
  if (form.form.empty()) form.form = source_.foreign(xml, "formRef");
  auto const definition = source_.extension(xml, "formDefinition");
  for (auto const* key : {"formId", "formKey", "externalReference"})
    if (form.form.empty()) form.form = definition.attribute(key).value();
  std::vector<xml_node> fields = source_.extensions(xml, "formProperty");
  for (auto const& field : source_.extension(xml, "formData").children()) fields.push_back(field);
  for (auto const& field : fields) {
    std::string const id = field.attribute("id").value();
    if (id.empty()) continue;
    form.fields.push_back(id);
    if (field.attribute("required").as_bool()) form.required.push_back(id);
    if (!field.attribute("writable").as_bool(true)) form.readonly.push_back(id);
  }
}

void ActivityReader::due(xml_node xml, Node& node) const {
  auto text = source_.our(xml, "due");
  bool const ours = !text.empty();
  if (!ours) text = source_.foreign(xml, "dueDate");
  if (!ours && text.empty()) text = source_.extension(xml, "taskSchedule").attribute("dueDate").value();
  if (text.empty()) return;
  auto rule = has_juel(text) ? Result<TimerRule>(TimerRule{}) : read_due(text);
  if (has_juel(text)) rule->computed = source_.expression(text, {}, node.at, node.id, "its due date", false);
  if (rule && has_juel(text) && !rule->computed) return;
  if (!rule && !ours) {
    source_.problems.note(node.at, "'{}': its due date is wrong: {}", node.id, rule.error().english());
    return;
  }
  if (!rule) {
    source_.problems.add(node.at, "'{}': yunzhi:due is wrong: {}", node.id, rule.error().english());
    return;
  }
  rule->working = ours && source_.our(xml, "working") != "false";
  rule->calendar = source_.our(xml, "calendar");
  node.form.due = std::move(*rule);
  remind(xml, node);
}

void ActivityReader::remind(xml_node xml, Node& node) const {
  auto const text = source_.our(xml, "remind");
  if (text.empty()) return;
  auto const length = parse_duration(text);
  if (length && length->count() >= 0)
    node.form.remind = *length;
  else
    source_.problems.add(node.at, "'{}': yunzhi:remind is '{}'; it must be a length of time as in PT30M",
                         node.id, text);
}

}  // namespace yunzhi::process

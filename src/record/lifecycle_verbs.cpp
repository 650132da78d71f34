// What people do with a step beside finishing it: the part of Lifecycle that checks who may, and tells whom
// it concerns.
#include <algorithm>

#include "base/limits.hpp"
#include "record/lifecycle.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {
namespace {

json::object task_answer(process::Task const& task) {
  return {{"id", task.id},
          {"element", task.element},
          {"assignee", task.assignee ? json::value(*task.assignee) : json::value(nullptr)},
          {"owner", task.owner ? json::value(*task.owner) : json::value(nullptr)},
          {"state", task.state}};
}

Result<> check_people(store::Reader& reader, std::vector<std::string> const& people, std::string_view field) {
  auto const names = access::names_of(reader, people);
  for (auto const& person : people)
    if (!names.contains(person))
      return refuse(Why::invalid, field, "there is no {} with this id that you may see", "person");
  return {};
}

}  // namespace

Result<process::Task> Lifecycle::seen_step(store::Reader& reader, access::Actor const& actor,
                                           std::string const& id, json::object& record) const {
  auto task = process::find_task(reader, id);
  auto const* module = task ? kernel_.modules().find(task->record_kind) : nullptr;
  if (module == nullptr) return access::not_found();
  auto found = kernel_.get(reader, actor, *module, task->record);
  if (found.has_error()) return access::not_found();
  record = std::move(*found);
  return std::move(*task);
}

void Lifecycle::tell_about(store::Edit& edit, process::Task const& task, json::object const& record,
                           std::vector<std::string> const& people, std::string_view sentence) {
  auto const* module = kernel_.modules().find(task.record_kind);
  if (!messenger_ || module == nullptr) return;
  messenger_(edit, people,
             {std::string(sentence),
              {task.name, text_of(record, "number"), text_of(record, module->title)},
              href_of(*module, record)});
}

Result<json::object> Lifecycle::give_to(store::Edit& edit, access::Actor const& actor, std::string const& id,
                                        std::string const& person, std::string_view sentence,
                                        std::function<Result<process::Task>()> const& act) {
  auto const step = own_step(edit, actor, id);
  if (step.has_error()) return step.error();
  if (auto const known = check_people(edit, {person}, "/person"); known.has_error()) return known.error();
  auto const task = act();
  if (task.has_error()) return task.error();
  auto const& module = *kernel_.modules().find(task->record_kind);
  tell_about(edit, *task, fetch(edit, module.kind, module.fields, task->record), {person}, sentence);
  return task_answer(*task);
}

Result<json::object> Lifecycle::delegate(store::Edit& edit, access::Actor const& actor, std::string const& id,
                                         std::string const& person, std::string const& note) {
  return give_to(edit, actor, id, person, "Lent to you: {} of {} {}",
                 [&] { return processes_.delegate(edit, id, actor.person, person, note); });
}

Result<json::object> Lifecycle::hand_over(store::Edit& edit, access::Actor const& actor,
                                          std::string const& id, std::string const& person,
                                          std::string const& note) {
  return give_to(edit, actor, id, person, "Handed over to you: {} of {} {}",
                 [&] { return processes_.hand_over(edit, id, actor.person, person, note); });
}

Result<json::object> Lifecycle::urge(store::Edit& edit, access::Actor const& actor, std::string const& id,
                                     std::string const& note) {
  json::object record;
  auto const step = seen_step(edit, actor, id, record);
  if (step.has_error()) return step.error();
  auto const task = processes_.urge(edit, id, actor.person, note);
  if (task.has_error()) return task.error();
  auto const people = task->assignee ? std::vector<std::string>{*task->assignee}
                                     : access::on_duty_for(edit, settings_.rota, task->role, edit.now());
  tell_about(edit, *task, record, people, "Please hurry: {} of {} {}");
  return task_answer(*task);
}

Result<json::object> Lifecycle::copy_to(store::Edit& edit, access::Actor const& actor, std::string const& id,
                                        std::vector<std::string> const& people, std::string const& note) {
  json::object record;
  auto const step = seen_step(edit, actor, id, record);
  if (step.has_error()) return step.error();
  if (auto const known = check_people(edit, people, "/people"); known.has_error()) return known.error();
  auto const task = processes_.copy_to(edit, id, actor.person, people, note);
  if (task.has_error()) return task.error();
  tell_about(edit, *task, record, people, "For your information: {} of {} {}");
  return task_answer(*task);
}

Result<Lifecycle::Completed> Lifecycle::after_verb(store::Edit& edit, access::Actor const& actor,
                                                   process::Task const& task, json::object const& before,
                                                   Result<process::Outcome> const& outcome) {
  if (outcome.has_error()) return outcome.error();
  auto const& module = *kernel_.modules().find(task.record_kind);
  auto after = follow(edit, actor, module, before, before, *outcome);
  if (after.has_error()) return after.error();
  Completed done;
  done.change = json::object{{"step", task.element}};
  done.subject = subject_of(module, task.record);
  done.element = task.element;
  done.record = std::move(*after);
  return done;
}

Result<Lifecycle::Completed> Lifecycle::add_sign(store::Edit& edit, access::Actor const& actor,
                                                 std::string const& id, process::Seat::Place place,
                                                 std::vector<std::string> const& people) {
  auto const step = own_step(edit, actor, id);
  if (step.has_error()) return step.error();
  if (auto const known = check_people(edit, people, "/people"); known.has_error()) return known.error();
  auto const& module = *kernel_.modules().find(step->task.record_kind);
  auto const before = fetch(edit, module.kind, module.fields, step->task.record);
  auto done = after_verb(edit, actor, step->task, before,
                         processes_.add_sign(edit, id, actor.person, place, people, before));
  if (done.has_value()) done->change["place"] = name_of(place);
  return done;
}

Result<Lifecycle::Completed> Lifecycle::remove_sign(store::Edit& edit, access::Actor const& actor,
                                                    std::string const& id) {
  json::object before;
  auto const task = seen_step(edit, actor, id, before);
  if (task.has_error()) return task.error();
  auto const asked = edit.one<std::int64_t>(
      "select count(*) from process_event where instance = :instance and kind = 'sign_added' and element = "
      ":element and actor = :actor and data like :person",
      task->instance, task->element, actor.person, "%" + task->assignee.value_or("-") + "%");
  if (asked.value_or(0) == 0 && access::scope(actor, "task.assign") == access::Scope::none)
    return refuse(Why::forbidden, "", "only who asked for the signature can take it away");
  return after_verb(edit, actor, *task, before, processes_.remove_sign(edit, id, actor.person, before));
}

Result<Lifecycle::Completed> Lifecycle::send_back(store::Edit& edit, access::Actor const& actor,
                                                  std::string const& id, std::string const& element,
                                                  bool straight_back, std::string const& reason) {
  auto const step = own_step(edit, actor, id);
  if (step.has_error()) return step.error();
  auto const& module = *kernel_.modules().find(step->task.record_kind);
  auto const before = fetch(edit, module.kind, module.fields, step->task.record);
  auto done = after_verb(edit, actor, step->task, before,
                         processes_.send_back(edit, id, actor.person, element, straight_back, before));
  if (done.has_error()) return done;
  done->change["to"] = element;
  done->change["reason"] = reason;
  return done;
}

Result<Lifecycle::Completed> Lifecycle::withdraw(store::Edit& edit, access::Actor const& actor,
                                                 std::string const& id) {
  json::object before;
  auto const task = seen_step(edit, actor, id, before);
  if (task.has_error()) return task.error();
  return after_verb(edit, actor, *task, before, processes_.withdraw(edit, id, actor.person, before));
}

Result<json::array> Lifecycle::earlier_steps(store::Reader& reader, access::Actor const& actor,
                                             std::string const& id) const {
  json::object record;
  auto const task = seen_step(reader, actor, id, record);
  if (task.has_error()) return task.error();
  json::array items;
  for (auto const& step : processes_.earlier_steps(reader, *task))
    items.push_back(json::object{{"element", step.element}, {"name", step.name}});
  return items;
}

json::object Lifecycle::copies(store::Reader& reader, access::Actor const& actor, std::size_t limit,
                               std::string const& after) const {
  json::array items;
  std::vector<std::string> people;
  std::string last;
  auto const rows = reader.rows<std::string, std::string, std::string, std::string, std::string, std::string,
                                std::string, Instant>(
      "select id, element, name, record_kind, record, sent_by, note, sent_at from process_copy where person "
      "= "
      ":person and id > :after order by id limit :limit",
      actor.person, after, static_cast<std::int64_t>(limit + 1));
  bool const more = rows.size() > limit;
  for (auto const& [id, element, name, kind, record, sent_by, note, sent_at] : rows) {
    if (items.size() == limit) break;
    last = id;
    items.push_back(json::object{{"id", id},
                                 {"element", element},
                                 {"name", name},
                                 {"record_kind", kind},
                                 {"record", record},
                                 {"sent_by", sent_by},
                                 {"note", note},
                                 {"sent_at", format_instant(sent_at)}});
    people.push_back(sent_by);
  }
  json::object labels;
  for (auto const& [id, name] : access::names_of(reader, people)) labels[id] = name;
  return {{"items", std::move(items)},
          {"next", more ? json::value(last) : json::value(nullptr)},
          {"labels", std::move(labels)}};
}

}  // namespace yunzhi::record

// What happens without anybody acting: the part of Lifecycle that fires due timers of processes and marks
// service clocks whose target has passed.
#include <algorithm>

#include "base/log.hpp"
#include "process/durable/reminders.hpp"
#include "record/lifecycle.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {
namespace {

// Whole sentences, so that each can be translated.
std::string_view target_passed(std::string_view clock) {
  if (clock == "response") return "The response target of {} {} has passed";
  if (clock == "resolution") return "The resolution target of {} {} has passed";
  return "A target of {} {} has passed";
}

}  // namespace

std::size_t Lifecycle::fire_timers(store::Store& store, std::size_t most) {
  auto const due =
      store.read([&](store::Reader& reader) { return processes_.due_timers(reader, store.clock()(), most); });
  std::size_t fired = 0;
  for (auto const& timer : due) {
    auto const done = store.write([&](store::Edit& edit) { return fire_timer(edit, timer); });
    if (done.has_value())
      ++fired;
    else
      log::warning("timer.not_fired", {{"timer", timer.id}, {"reason", done.error().english()}});
  }
  return fired;
}

Result<bool> Lifecycle::fire_timer(store::Edit& edit, process::DueTimer const& timer) {
  auto const* module = kernel_.modules().find(timer.record_kind);
  if (module == nullptr)
    return refuse(Why::missing, "", "there is no family of records '{}'", timer.record_kind);
  auto const before = fetch(edit, module->kind, module->fields, timer.record);
  auto const outcome = processes_.fire(edit, timer.id, before);
  if (outcome.has_error()) return outcome.error();
  auto const actor = access::system_actor("timer");
  auto const after = follow(edit, actor, *module, before, before, *outcome);
  if (after.has_error()) return after.error();
  json::array actions;
  for (auto const& act : outcome->tells) actions.emplace_back(act.action);
  edit.record({actor.person, "process.timer", subject_of(*module, timer.record),
               json::object{{"element", timer.element},
                            {"due_at", format_instant(timer.due_at)},
                            {"actions", std::move(actions)}},
               ""});
  return true;
}

std::size_t Lifecycle::remind(store::Store& store, std::size_t most) {
  auto const due = store.read(
      [&](store::Reader& reader) { return process::tasks_to_remind(reader, store.clock()(), most); });
  for (auto const& task : due) {
    auto const done = store.write([&](store::Edit& edit) -> Result<> {
      remind_of(edit, task);
      return {};
    });
    if (done.has_error()) log::warning("task.not_reminded", {{"task", task.id}});
  }
  return due.size();
}

void Lifecycle::remind_of(store::Edit& edit, process::Task const& task) {
  auto const reminder = process::remind(edit, task);
  auto const* module = kernel_.modules().find(task.record_kind);
  if (!reminder || module == nullptr) return;
  bool const overdue = reminder->overdue;
  auto people = task.assignee ? std::vector<std::string>{*task.assignee}
                              : access::on_duty_for(edit, settings_.rota, task.role, edit.now());
  if (overdue)
    for (auto const& person : access::on_duty_for(edit, settings_.rota, access::supervisor, edit.now()))
      if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
  tell_about(edit, task, fetch(edit, module->kind, module->fields, task.record), people,
             overdue ? "Overdue: {} of {} {}" : "Soon due: {} of {} {}");
  edit.record({"system:clock", "task.remind", subject_of(*module, task.record),
               json::object{{"step", task.element}, {"due_at", format_instant(*task.due_at)}}, ""});
}

std::size_t Lifecycle::sound_clocks(store::Store& store, std::size_t most) {
  auto const due = store.read([&](store::Reader& reader) {
    return reader.rows<std::string, std::string, std::string>(
        "select kind, record, name from record_clock where wake_at is not null and wake_at <= :now order by "
        "wake_at limit :most",
        store.clock()(), static_cast<std::int64_t>(most));
  });
  for (auto const& [kind, record, clock] : due) {
    auto const done =
        store.write([&, kind = kind, record = record, clock = clock](store::Edit& edit) -> Result<> {
          sound_clock(edit, kind, record, clock);
          return {};
        });
    if (done.has_error()) log::warning("clock.not_sounded", {{"record", record}});
  }
  return due.size();
}

void Lifecycle::sound_clock(store::Edit& edit, std::string const& kind, std::string const& record,
                            std::string const& clock) {
  auto const marked = edit.run(
      "update record_clock set breached = 1, wake_at = null where record = :record and name = :name and "
      "wake_at <= :now",
      record, clock, edit.now());
  auto const* module = kernel_.modules().find(kind);
  if (marked == 0 || module == nullptr) return;
  auto const now = fetch(edit, module->kind, module->fields, record);
  auto const assignee = text_of(now, "assignee");
  auto const people = assignee.empty()
                          ? access::on_duty_for(edit, settings_.rota, access::supervisor, edit.now())
                          : std::vector<std::string>{assignee};
  if (messenger_)
    messenger_(edit, people,
               {std::string(target_passed(clock)),
                {text_of(now, "number"), text_of(now, module->title)},
                href_of(*module, now)});
  edit.record(
      {"system:clock", "clock.breach", subject_of(*module, record), json::object{{"clock", clock}}, ""});
  kernel_.touched(edit, *module, now);
}

}  // namespace yunzhi::record

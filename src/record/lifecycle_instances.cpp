// Whole processes and their jobs: the part of Lifecycle that acts on instances and applies to the record
// what that means.
#include "base/log.hpp"
#include "record/lifecycle.hpp"
#include "record/migration_request.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {

Result<Lifecycle::Moved> Lifecycle::with_instance(store::Edit& edit, access::Actor const& actor,
                                                  std::string const& instance, InstanceVerb const& verb,
                                                  int depth) {
  auto const row = edit.row<std::string, std::string>(
      "select record_kind, record from process_instance where id = :id", instance);
  auto const* module = row ? kernel_.modules().find(std::get<0>(*row)) : nullptr;
  if (module == nullptr) return access::not_found();
  auto const& record = std::get<1>(*row);
  if (!actor.person.starts_with("system:")) {
    auto const seen = kernel_.get(edit, actor, *module, record);
    if (seen.has_error()) return access::not_found();
  }
  auto const before = fetch(edit, module->kind, module->fields, record);
  auto const outcome = verb(before);
  if (outcome.has_error()) return outcome.error();
  auto after = follow(edit, actor, *module, before, before, *outcome, depth);
  if (after.has_error()) return after.error();
  return Moved{std::move(*after), subject_of(*module, record)};
}

Result<json::object> Lifecycle::edited(store::Edit& edit, access::Actor const& actor, Module const& module,
                                       json::object const& before, json::object record) {
  auto const id = text_of(record, "id");
  // Who edits may lose sight of the record by it; its process goes on all the same.
  auto const watcher = access::system_actor("condition");
  bool moved = false;
  for (auto const& instance : processes_.watching(edit, id)) {
    auto const seen = with_instance(edit, watcher, instance, [&](json::object const& now) {
      return processes_.changed(edit, instance, now, actor.person);
    });
    // One that an earlier one has ended no longer looks.
    if (seen.has_error() && seen.error().why != Why::conflict) return seen.error();
    moved = true;
  }
  auto const begun = begin_by_condition(edit, module, before, record);
  if (begun.has_error()) return begun.error();
  if (moved || *begun) return fetch(edit, module.kind, module.fields, id);
  return record;
}

namespace {

Result<process::Outcome> one_of_batch(store::Edit& edit, process::Processes& processes,
                                      process::Batch const& batch, std::string const& instance,
                                      json::object const& record) {
  auto const& actor = batch.created_by;
  if (batch.kind == "suspend") return processes.suspend(edit, instance, actor);
  if (batch.kind == "resume") return processes.resume(edit, instance, actor);
  if (batch.kind == "cancel") return processes.cancel(edit, instance, record, actor);
  auto const plan = read_migration(batch.parameters);
  if (plan.has_error()) return plan.error();
  return processes.migrate(edit, instance, text_of(batch.parameters, "definition"), *plan, record, actor);
}

}  // namespace

std::size_t Lifecycle::run_batch(store::Store& store, std::size_t most) {
  auto const batch = store.read([](store::Reader& reader) { return process::running_batch(reader); });
  if (!batch) return 0;
  auto const actor = access::system_actor("batch");
  auto const ids =
      store.read([&](store::Reader& reader) { return process::next_instances(reader, *batch, most); });
  auto const entry = [&](std::string subject, json::object change) {
    change["batch"] = batch->id;
    return store::Entry{batch->created_by, "process." + batch->kind, std::move(subject), std::move(change),
                        ""};
  };
  for (auto const& id : ids) {
    auto const done = store.write([&](store::Edit& edit) -> Result<bool> {
      auto const moved = with_instance(edit, actor, id, [&](json::object const& record) {
        return one_of_batch(edit, processes_, *batch, id, record);
      });
      if (moved.has_error()) return moved.error();
      process::count_in_batch(edit, batch->id, id, "");
      edit.record(entry(moved->subject, {}));
      return true;
    });
    if (done.has_value()) continue;
    auto const counted = store.write([&](store::Edit& edit) -> Result<bool> {
      process::count_in_batch(edit, batch->id, id, done.error().english());
      edit.record(entry("", json::object{{"instance", id}, {"refused", done.error().english()}}));
      return true;
    });
    if (counted.has_error()) log::warning("batch.not_counted", {{"batch", batch->id}});
  }
  if (!ids.empty()) return ids.size();
  auto const ended = store.write([&](store::Edit& edit) -> Result<bool> {
    process::end_batch(edit, batch->id);
    edit.record(entry("", json::object{{"state", "done"}}));
    return true;
  });
  if (ended.has_error()) log::warning("batch.not_ended", {{"batch", batch->id}});
  return 0;
}

// Taken in one command, done outside, told in another: a crash between the two leaves a running job behind,
// which recover_jobs() settles after the next start.
std::size_t Lifecycle::run_jobs(store::Store& store, process::Actions const& actions, std::size_t most) {
  auto const due =
      store.read([&](store::Reader& reader) { return process::due_jobs(reader, store.clock()(), most); });
  auto const actor = access::system_actor("job");
  for (auto const& job : due) {
    auto const begun = store.write([&](store::Edit& edit) -> Result<bool> {
      if (!process::begin_job(edit, job.id))
        return refuse(Why::conflict, "", "there is nothing to try again");
      edit.record({actor.person, "job.begin", job.record_kind + "/" + job.record,
                   json::object{{"element", job.element}, {"action", job.action}}, ""});
      return true;
    });
    if (begun.has_error()) continue;
    auto const found = actions.find(job.action);
    auto const* module = kernel_.modules().find(job.record_kind);
    auto const record = store.read([&](store::Reader& reader) {
      return module == nullptr ? json::object() : fetch(reader, module->kind, module->fields, job.record);
    });
    auto const done =
        found == actions.end()
            ? Result<>(refuse(Why::missing, "", "the action '{}' is not known here", job.action))
            : found->second->run(job, record);
    auto const told = store.write([&](store::Edit& edit) -> Result<bool> {
      edit.record({actor.person, done.has_value() ? "job.done" : "job.failed",
                   job.record_kind + "/" + job.record,
                   json::object{{"element", job.element}, {"action", job.action}}, ""});
      if (done.has_error() && !process::fail_job(edit, job, done.error().english())) return true;
      if (done.has_value() && !process::end_job(edit, job.id)) return true;
      auto const moved = with_instance(edit, actor, job.instance, [&](json::object const& now) {
        return done.has_value()
                   ? processes_.called(edit, job.instance, job.token, now, actor.person)
                   : processes_.failed(edit, job.instance, job.token, job.action, now, actor.person);
      });
      if (moved.has_error() && moved.error().why != Why::conflict) return moved.error();
      return true;
    });
    if (told.has_error()) log::warning("job.not_told", {{"job", job.id}, {"reason", told.error().english()}});
  }
  return due.size();
}

}  // namespace yunzhi::record

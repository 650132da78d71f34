// Processes that begin by themselves: the part of Lifecycle that opens the record of those that a timer
// begins, and looks at a changed record for those that wait for a condition.
#include <algorithm>

#include "base/limits.hpp"
#include "base/log.hpp"
#include "describe/validate.hpp"
#include "record/lifecycle.hpp"
#include "record/rows.hpp"

namespace yunzhi::record {

std::size_t Lifecycle::begin_timed(store::Store& store, std::size_t most) {
  auto const due =
      store.read([&](store::Reader& reader) { return process::due_starts(reader, store.clock()(), most); });
  for (auto const& start : due) {
    auto const begun = store.write([&](store::Edit& edit) { return begin_timed(edit, start); });
    // Somebody else has begun it.
    if (begun.has_value() || begun.error().why == Why::conflict) continue;
    auto const told = store.write([&](store::Edit& edit) -> Result<bool> {
      auto taken = processes_.take_start(edit, start);
      if (taken.has_error()) return taken;
      if (messenger_)
        messenger_(edit, access::holders(edit, access::supervisor),
                   {"No record could be opened for '{}', which its timer begins: {}",
                    {start.element, begun.error().english()},
                    ""});
      edit.record({"system:timer", "process.not_begun", "",
                   json::object{{"element", start.element}, {"reason", begun.error().english()}}, ""});
      return taken;
    });
    if (told.has_error()) log::warning("start.not_told", {{"element", start.element}});
  }
  return due.size();
}

// The record begins with the values of the process's data objects.
Result<> Lifecycle::begin_timed(store::Edit& edit, process::TimedStart const& start) {
  auto const fires = processes_.take_start(edit, start);
  if (fires.has_error()) return fires.error();
  if (!*fires) return {};
  auto const* module = kernel_.modules().find(start.record_kind);
  if (module == nullptr)
    return refuse(Why::missing, "", "there is no family of records '{}'", start.record_kind);
  json::object given;
  for (auto& member : processes_.begins_with(edit, start.definition, edit.now()))
    if (describe::find(module->fields, member.key()) != nullptr) given[member.key()] = member.value();
  auto const checked = describe::check(module->fields, given, true);
  if (checked.has_error()) return checked.error();
  for (auto const& name : module->needed)
    if (!checked->contains(name)) return refuse(Why::invalid, "/" + name, "must not be empty");
  auto const actor = access::system_actor("timer");
  auto const record = kernel_.add(edit, actor, *module, *checked);
  if (record.has_error()) return record.error();
  auto const id = text_of(*record, "id");
  auto const started =
      processes_.begin(edit, {start.definition, start.element}, module->kind, id, *record, {}, actor.person);
  if (started.has_error()) return started.error();
  auto const after = follow(edit, actor, *module, *record, *record, *started);
  if (after.has_error()) return after.error();
  edit.record({actor.person, module->kind + ".create", subject_of(*module, id), difference({}, *after), ""});
  auto const others = begin_by_condition(edit, *module, {}, *record);
  if (others.has_error()) return others.error();
  return {};
}

// What a condition was is what it is of the record before the change, so there is nothing to keep that could
// differ from the record.
Result<bool> Lifecycle::begin_by_condition(store::Edit& edit, Module const& module,
                                           json::object const& before, json::object const& after, int depth) {
  if (before == after) return false;
  auto const beginnings = processes_.begun_by_change(edit, module.kind, before, after, edit.now());
  if (!beginnings.empty() && depth > limits::message_chain)
    return refuse(Why::conflict, "", "the processes begin each other without end");
  for (auto const& beginning : beginnings) {
    auto const begun =
        begin(edit, beginning, {module.kind, text_of(after, "id")}, {}, "condition", depth + 1);
    if (begun.has_error()) return begun.error();
  }
  return !beginnings.empty();
}

// `record` is what its own process has made of it since.
Result<json::object> Lifecycle::after_making(store::Edit& edit, Module const& module,
                                             json::object const& made, json::object record) {
  auto const begun = begin_by_condition(edit, module, {}, made);
  if (begun.has_error()) return begun.error();
  if (*begun) return fetch(edit, module.kind, module.fields, text_of(record, "id"));
  return record;
}

}  // namespace yunzhi::record

// Processes that a timer begins: the part of Lifecycle that opens the record each of them moves.
#include <algorithm>

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
  return {};
}

}  // namespace yunzhi::record

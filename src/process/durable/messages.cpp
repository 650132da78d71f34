// What processes say to each other, as far as one instance takes it, and what begins one.
#include "process/durable/running.hpp"
#include "process/engine/carried_key.hpp"
#include "process/engine/watching.hpp"

namespace yunzhi::process {
namespace {

// The triggered starts of the active versions for records of that kind, as far as `begins` says so.
template <class Begins>
std::vector<Processes::Beginning> active_starts(store::Reader& reader, Definitions& definitions,
                                                std::string_view record_kind, Begins const& begins) {
  std::vector<Processes::Beginning> all;
  for (auto& [id] : reader.rows<std::string>(
           "select id from process_definition where active = 1 and record_kind = :kind order by key",
           record_kind)) {
    auto const definition = definitions.get(reader, id);
    for (auto const number : definition->triggered_starts())
      if (begins(definition->nodes[number])) all.push_back({id, definition->nodes[number].id});
  }
  return all;
}

}  // namespace

Result<Outcome> Processes::deliver(store::Edit& edit, Receiver const& receiver, Sent const& message,
                                   json::object fields, std::string_view actor) {
  auto event = event_of(Event::Kind::message, receiver.token, std::move(fields), actor);
  event.element = receiver.element;
  event.name = message.name;
  event.changes = message.variables;
  return tell(edit, receiver.instance, std::move(event));
}

json::value Processes::key_carried(store::Edit& edit, Sent const& message) {
  if (message.variables.empty()) return nullptr;
  for (auto& [id] : edit.rows<std::string>(
           "select id from process_definition d where active = 1 or exists (select 1 from process_instance i "
           "where i.definition = d.id and i.ended_at is null) order by id")) {
    auto const definition = definitions_.get(edit, id);
    for (auto const& node : definition->nodes) {
      auto key = carried_key(node, message.name, message.variables, {edit.now(), utc_offset_});
      if (!key.is_null()) return key;
    }
  }
  return nullptr;
}

Result<Outcome> Processes::signal(store::Edit& edit, std::string_view instance, std::string_view name,
                                  json::object fields, std::string_view actor) {
  auto event = event_of(Event::Kind::signal, no_token, std::move(fields), actor);
  event.name = name;
  return tell(edit, instance, std::move(event));
}

std::vector<Processes::Beginning> Processes::begun_by(store::Reader& reader, Trigger trigger,
                                                      std::string_view name, std::string_view record_kind) {
  return active_starts(reader, definitions_, record_kind, [&](Node const& start) {
    return start.trigger == trigger && start.reference == name;
  });
}

std::vector<Processes::Beginning> Processes::begun_by_change(store::Reader& reader,
                                                             std::string_view record_kind,
                                                             json::object const& before,
                                                             json::object const& after, Instant now) {
  return active_starts(reader, definitions_, record_kind, [&](Node const& start) {
    return start.trigger == Trigger::conditional && becomes_true(start, before, after, {now, utc_offset_});
  });
}

Result<Outcome> Processes::begin(store::Edit& edit, Beginning const& beginning, std::string_view record_kind,
                                 std::string_view record, json::object fields, json::object variables,
                                 std::string_view actor) {
  auto event = event_of(Event::Kind::start, no_token, std::move(fields), actor);
  event.element = beginning.element;
  event.changes = std::move(variables);
  return start_version(edit, beginning.definition, record_kind, record, std::move(event));
}

}  // namespace yunzhi::process

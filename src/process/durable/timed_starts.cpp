#include "process/durable/timed_starts.hpp"

#include "process/durable/processes.hpp"

namespace yunzhi::process {

void replace_timed_starts(store::Edit& edit, Definition const& definition, std::string_view id) {
  edit.run(
      "delete from process_timed_start where definition in (select id from process_definition where key = "
      ":key)",
      definition.key);
  for (auto const number : definition.triggered_starts())
    if (auto const& start = definition.nodes[number]; start.trigger == Trigger::timer)
      edit.run(
          "insert into process_timed_start (definition, element, due_at, rounds) values (:definition, "
          ":element, null, 0)",
          id, start.id);
}

std::vector<TimedStart> due_starts(store::Reader& reader, Instant now, std::size_t limit) {
  std::vector<TimedStart> all;
  for (auto& [definition, element, kind] : reader.rows<std::string, std::string, std::string>(
           "select s.definition, s.element, d.record_kind from process_timed_start s join process_definition "
           "d on d.id = s.definition where s.due_at is null or s.due_at <= :now order by s.due_at, "
           "s.definition limit :limit",
           now, static_cast<std::int64_t>(limit)))
    all.push_back({std::move(definition), std::move(element), std::move(kind)});
  return all;
}

std::optional<Instant> next_start(store::Reader& reader) {
  return reader.one<Instant>(
      "select due_at from process_timed_start where due_at is not null order by due_at limit 1");
}

// The row is taken in the transaction of its firing, so that of several servers one begins the process. A
// cycle that was due several times while nobody was there begins once.
Result<bool> Processes::take_start(store::Edit& edit, TimedStart const& start) {
  auto const row = edit.row<std::optional<Instant>, std::int64_t>(
      "select due_at, rounds from process_timed_start where definition = :definition and element = :element",
      start.definition, start.element);
  auto const gone = refuse(Why::conflict, "", "the timer '{}' is no longer armed", start.element);
  if (!row) return gone;
  auto const& [due_at, rounds] = *row;
  if (due_at && *due_at > edit.now()) return gone;
  auto const definition = definitions_.get(edit, start.definition);
  auto const& rule = definition->nodes.at(definition->find_node(start.element)).timer;
  auto const when = timer_moment(rule, {}, {edit.now(), utc_offset_});
  if (!when) return when.error();
  auto const next = when->at       ? *when->at
                    : rule.working ? working_time_(edit.now(), when->after, rule.calendar)
                                   : edit.now() + when->after;
  auto const left = due_at ? rounds - (rounds > 0 ? 1 : 0) : when->repeats;
  bool const over = due_at && (rule.form != TimerRule::Form::cycle || left == 0);
  auto const changed =
      over ? edit.run(
                 "delete from process_timed_start where definition = :definition and element = :element and "
                 "due_at = :was",
                 start.definition, start.element, due_at)
           : edit.run(
                 "update process_timed_start set due_at = :next, rounds = :left where definition = "
                 ":definition and element = :element and coalesce(due_at, -1) = :was",
                 next, left, start.definition, start.element, due_at ? to_ms(*due_at) : std::int64_t{-1});
  if (changed == 0) return gone;
  return due_at.has_value();
}

json::object Processes::begins_with(store::Reader& reader, std::string const& definition, Instant now) {
  json::object values;
  for (auto const& mapping : definitions_.get(reader, definition)->initial)
    values[mapping.target] = mapping.source.evaluate(values, {now, utc_offset_}).to_json();
  return values;
}

}  // namespace yunzhi::process

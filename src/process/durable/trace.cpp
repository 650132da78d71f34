#include "process/durable/trace.hpp"

#include <algorithm>
#include <set>

#include "process/durable/step_writer.hpp"

namespace yunzhi::process {
namespace {

constexpr std::int64_t most_events = 10'000;  // of one instance in its diagram

void add(std::vector<std::string>& ids, std::set<Index>& seen, Index number, std::string const& id) {
  if (seen.insert(number).second) ids.push_back(id);
}

std::vector<Index> path_in(Definition const& definition, std::optional<std::string> const& data) {
  std::vector<Index> path;
  if (!data) return path;
  auto const parsed = parse_json(*data);
  auto const* object = parsed ? parsed->if_object() : nullptr;
  auto const* flows = object == nullptr ? nullptr : object->if_contains("path");
  if (flows == nullptr || !flows->is_array()) return path;
  for (auto const& flow : flows->get_array())
    if (auto const* id = flow.if_string())
      if (auto const number = definition.find_flow(*id); number != nowhere) path.push_back(number);
  return path;
}

}  // namespace

std::optional<std::string> instance_of(store::Reader& reader, std::string_view record, std::string_view key) {
  return reader.one<std::string>(
      "select i.id from process_instance i join process_definition d on d.id = i.definition where i.record = "
      ":record and i.caller is null order by case when d.key = :key then 0 else 1 end, i.id desc limit 1",
      record, key);
}

Result<Trace> trace(store::Reader& reader, Definitions& definitions, std::string_view instance) {
  auto row = read_instance(reader, instance, "");
  if (!row) return refuse(Why::missing, "", "there is no such process");
  auto const definition = definitions.get(reader, row->definition);
  Trace trace{row->id, row->definition, row->status, definition->xml, {}, {}, {}};
  std::set<Index> active;
  std::set<Index> visited;
  std::set<Index> passed;
  if (auto const standing = restore(*definition, row->state))
    for (auto const& token : standing->tokens)
      add(trace.active, active, token.node, definition->nodes[token.node].id);
  auto const rows = reader.rows<std::optional<std::string>, std::optional<std::string>>(
      "select element, data from process_event where instance = :instance order by seq limit :limit",
      instance, most_events);
  for (auto const& [element, data] : rows) {
    if (element)
      if (auto const number = definition->find_node(*element); number != nowhere)
        add(trace.visited, visited, number, *element);
    for (auto const number : path_in(*definition, data)) {
      auto const& flow = definition->flows[number];
      add(trace.flows, passed, number, flow.id);
      add(trace.visited, visited, flow.from, definition->nodes[flow.from].id);
      add(trace.visited, visited, flow.to, definition->nodes[flow.to].id);
    }
  }
  return trace;
}

std::vector<HistoryEntry> history(store::Reader& reader, Definitions& definitions, std::string_view instance,
                                  std::int64_t after, std::size_t limit) {
  auto const row = read_instance(reader, instance, "");
  if (!row) return {};
  auto const definition = definitions.get(reader, row->definition);
  auto rows = reader.rows<std::int64_t, std::string, std::optional<std::string>, std::string, Instant,
                          std::optional<std::string>>(
      "select seq, kind, element, actor, at, data from process_event where instance = :instance and seq > "
      ":after order by "
      "seq limit :limit",
      instance, after, static_cast<std::int64_t>(limit));
  std::vector<HistoryEntry> entries;
  for (auto& [seq, kind, element, actor, at, data] : rows) {
    HistoryEntry entry{seq, std::move(kind), std::move(element), {}, std::move(actor), at, {}};
    auto const number = entry.element ? definition->find_node(*entry.element) : nowhere;
    if (number != nowhere) entry.element_name = definition->nodes[number].name;
    if (auto const parsed = data ? parse_json(*data) : json::value(); parsed && parsed->is_object())
      entry.text = text_of(parsed->get_object(), "text");
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace yunzhi::process

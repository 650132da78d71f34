// Running processes as a supervisor sees them: where they stand, what happened, and changing them by hand.
#include <set>

#include "access/body.hpp"
#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/text/whole_number.hpp"
#include "process/durable/trace.hpp"
#include "record/migration_request.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

using process::TokenId;

json::object instance_schema() {
  return object_schema(
      {{"id", "string"}, {"definition", "string"}, {"record", "string"}, {"status", "string"}});
}

struct Listed {
  std::string id, definition, kind, record, status, state;
  Instant started_at;
};

// sql: the conditions are literals of this file; values are bound.
template <class... A>
std::vector<Listed> select(store::Reader& reader, std::string_view where, A const&... arguments) {
  using Text = std::string;
  auto const sql =
      "select id, definition, record_kind, record, status, state, started_at from process_instance where " +
      std::string(where) + " and id > :after order by id limit :most";
  std::vector<Listed> all;
  for (auto& [id, definition, kind, record, status, state, started_at] :
       reader.rows<Text, Text, Text, Text, Text, Text, Instant>(sql, arguments...))
    all.push_back({std::move(id), std::move(definition), std::move(kind), std::move(record),
                   std::move(status), std::move(state), started_at});
  return all;
}

/// Running ones of a version, those with an incident, or all there are.
Result<std::vector<Listed>> rows_of(store::Reader& reader, http::Request const& request) {
  auto const after = std::string(request.parameter("after").value_or(""));
  auto const definition = std::string(request.parameter("definition").value_or(""));
  auto const status = std::string(request.parameter("status").value_or(""));
  constexpr auto most = static_cast<std::int64_t>(limits::page_rows);
  if (!after.empty() && !is_id(after))
    return refuse(Why::invalid, "after", "is not a cursor this list gave out");
  if (!status.empty() && status != "incident")
    return refuse(Why::invalid, "status", "must be one of {}", "incident");
  constexpr std::string_view of_version = "ended_at is null and definition = :definition";
  constexpr std::string_view troubled = "status = 'incident'";
  if (definition.empty())
    return status.empty() ? select(reader, "id > ''", after, most) : select(reader, troubled, after, most);
  if (status.empty()) return select(reader, of_version, definition, after, most);
  return select(reader, std::string(troubled) + " and " + std::string(of_version), definition, after, most);
}

/// Ids of the elements something is at.
json::array places_of(House& house, store::Reader& reader, Listed const& row) {
  auto const definition = house.lifecycle.processes().definitions().get(reader, row.definition);
  std::set<std::string> places;
  if (auto const standing = process::restore(*definition, row.state))
    for (auto const& token : standing->tokens) places.insert(definition->nodes[token.node].id);
  json::array ids;
  for (auto const& id : places) ids.emplace_back(id);
  return ids;
}

Result<http::Reply> list(House& house, access::Call const& call, store::Reader& reader) {
  auto const rows = rows_of(reader, call.request);
  if (rows.has_error()) return rows.error();
  std::vector<RecordRef> refs;
  for (auto const& row : *rows) refs.push_back({row.kind, row.record});
  auto const records = house.lifecycle.shown(reader, call.actor, refs);
  json::array items;
  for (auto const& row : *rows) {
    json::object item{{"id", row.id},
                      {"definition", row.definition},
                      {"record_kind", row.kind},
                      {"record", row.record},
                      {"status", row.status},
                      {"started_at", format_instant(row.started_at)},
                      {"at", places_of(house, reader, row)}};
    if (auto const record = records.find(row.record); record != records.end()) {
      item["number"] = record->second.at("number");
      item["title"] = record->second.at("title");
    }
    items.push_back(std::move(item));
  }
  bool const more = rows->size() == limits::page_rows;
  return http::Reply::json(json::object{
      {"items", std::move(items)}, {"next", more ? json::value(rows->back().id) : json::value(nullptr)}});
}

Result<http::Reply> one(House& house, access::Call const& call, store::Reader& reader) {
  auto const& id = call.request.capture("id");
  auto const row = reader.row<std::string, std::string, std::string, std::string, std::string>(
      "select definition, record_kind, record, status, state from process_instance where id = :id", id);
  if (!row) return access::not_found();
  auto const& [definition_id, kind, record, status, state] = *row;
  auto const definition = house.lifecycle.processes().definitions().get(reader, definition_id);
  auto const standing = process::restore(*definition, state);
  json::array tokens;
  if (standing.has_value())
    for (auto const& token : standing->tokens)
      tokens.push_back(json::object{{"id", std::int64_t{token.id}},
                                    {"element", definition->nodes[token.node].id},
                                    {"name", definition->nodes[token.node].name},
                                    {"scope", std::int64_t{token.scope}},
                                    {"failed", token.state == process::Token::State::failed}});
  return http::Reply::json(json::object{{"id", id},
                                        {"definition", definition_id},
                                        {"record_kind", kind},
                                        {"record", record},
                                        {"status", status},
                                        {"tokens", std::move(tokens)}});
}

Result<http::Reply> events(House& house, access::Call const& call, store::Reader& reader) {
  std::int64_t after = 0;
  if (auto const given = call.request.parameter("after")) {
    auto const number = whole_number(*given);
    if (!number) return refuse(Why::invalid, "after", "is not a cursor this list gave out");
    after = *number;
  }
  json::array items;
  std::int64_t last = 0;
  for (auto const& entry : process::history(reader, house.lifecycle.processes().definitions(),
                                            call.request.capture("id"), after, limits::page_rows)) {
    last = entry.seq;
    items.push_back(
        json::object{{"seq", entry.seq},
                     {"kind", entry.kind},
                     {"element", entry.element ? json::value(*entry.element) : json::value(nullptr)},
                     {"name", entry.element_name},
                     {"actor", entry.actor},
                     {"at", format_instant(entry.at)},
                     {"text", entry.text}});
  }
  bool const more = items.size() == limits::page_rows;
  return http::Reply::json(
      json::object{{"items", std::move(items)},
                   {"next", more ? json::value(std::to_string(last)) : json::value(nullptr)}});
}

struct Asked {
  House& house;
  access::Call const& call;
  store::Edit& edit;
  std::string const& id;
  json::object const& record;
  json::object const& body;
};
using Act = std::function<Result<process::Outcome>(Asked const&)>;

Result<process::Outcome> suspend(Asked const& asked) {
  return asked.house.lifecycle.processes().suspend(asked.edit, asked.id, asked.call.actor.person);
}
Result<process::Outcome> resume(Asked const& asked) {
  return asked.house.lifecycle.processes().resume(asked.edit, asked.id, asked.call.actor.person);
}
Result<process::Outcome> cancel(Asked const& asked) {
  return asked.house.lifecycle.processes().cancel(asked.edit, asked.id, asked.record,
                                                  asked.call.actor.person);
}

Result<TokenId> token_in(json::object const& body, std::string_view name) {
  auto const* value = body.if_contains(name);
  auto const* number = value == nullptr ? nullptr : value->if_int64();
  if (number == nullptr || *number < 1 || *number > UINT32_MAX)
    return refuse(Why::invalid, "/" + std::string(name), "must be a whole number from 1 to {}", UINT32_MAX);
  return static_cast<TokenId>(*number);
}

Result<process::Outcome> retry(Asked const& asked) {
  auto const token = token_in(asked.body, "token");
  if (token.has_error()) return token.error();
  return asked.house.lifecycle.processes().retry(asked.edit, asked.id, *token, asked.record,
                                                 asked.call.actor.person);
}

// Exactly one of {"before": element}, {"after": element}, {"token": id}.
Result<process::Outcome> modify(Asked const& asked) {
  auto& processes = asked.house.lifecycle.processes();
  if (asked.body.size() != 1) return refuse(Why::invalid, "", "say one of {}", "before, after, token");
  if (asked.body.contains("token")) {
    auto const token = token_in(asked.body, "token");
    if (token.has_error()) return token.error();
    return processes.drop(asked.edit, asked.id, *token, asked.record, asked.call.actor.person);
  }
  for (auto const* where : {"before", "after"})
    if (auto const element = text_of(asked.body, where); !element.empty()) {
      auto done = processes.enter(asked.edit, asked.id, element, where == std::string_view("after"),
                                  asked.record, asked.call.actor.person);
      if (done.has_error() && done.error().faults.front().field == "/element") {
        auto refusal = done.error();
        refusal.faults.front().field = "/" + std::string(where);
        return refusal;
      }
      return done;
    }
  return refuse(Why::invalid, "", "say one of {}", "before, after, token");
}

Result<process::Outcome> restart(Asked const& asked) {
  return asked.house.lifecycle.processes().restart(asked.edit, asked.id, text_of(asked.body, "element"),
                                                   asked.record, asked.call.actor.person);
}

Result<process::Outcome> migrate(Asked const& asked) {
  auto& processes = asked.house.lifecycle.processes();
  auto const target = text_of(asked.body, "definition");
  if (!asked.edit.one<std::string>("select id from process_definition where id = :id", target))
    return refuse(Why::invalid, "/definition", "there is no such version of a process");
  auto const plan = read_migration(asked.body);
  if (plan.has_error()) return plan.error();
  return processes.migrate(asked.edit, asked.id, target, *plan, asked.record, asked.call.actor.person);
}

void add_verb(http::Router& router, access::Gate& gate, House& house, std::string const& verb,
              std::string_view summary, json::object request, Act act) {
  auto posting = route(http::Method::post, "/api/v1/instances/{id}/" + verb, verb + "Instance", "processes",
                       "process.operate", std::string(summary));
  posting.operation.request = std::move(request);
  posting.operation.response = object_schema({{"record", "object"}, {"status", "string"}});
  gate.write(
      router, std::move(posting),
      [&house, verb, act](access::Call const& call, store::Edit& edit) -> Result<http::Reply> {
        auto const body = call.request.json_body();
        if (body.has_error()) return body.error();
        auto const& id = call.request.capture("id");
        auto const* dry = body->if_contains("dry_run");
        auto moved = house.lifecycle.with_instance(edit, call.actor, id, [&](json::object const& record) {
          return act({house, call, edit, id, record, *body});
        });
        if (moved.has_error()) return moved.error();
        if (dry != nullptr && dry->is_bool() && dry->get_bool()) edit.discard();
        edit.record(access::entry(call, "process." + verb, moved->subject, *body));
        auto const status = edit.one<std::string>("select status from process_instance where id = :id", id);
        return http::Reply::json(
            json::object{{"record", std::move(moved->record)}, {"status", status.value_or("")}});
      });
}

}  // namespace

void instance_routes(http::Router& router, access::Gate& gate, House& house) {
  json::object const text{{"type", "string"}};
  auto listing =
      route(http::Method::get, "/api/v1/instances", "listInstances", "processes", "process.operate",
            "Processes, the first started first: all, those running of a version, or those with an incident");
  listing.operation.parameters = {{"definition", "Id of a version", text, false},
                                  {"status", "incident: those a person must put right", text, false},
                                  {"after", "Cursor", text, false}};
  listing.operation.response = page_schema(instance_schema());
  gate.read(router, std::move(listing),
            [&house](access::Call const& call, store::Reader& reader) { return list(house, call, reader); });
  auto getting = route(http::Method::get, "/api/v1/instances/{id}", "getInstance", "processes",
                       "process.operate", "Where a process stands, token by token");
  getting.operation.response = instance_schema();
  gate.read(router, std::move(getting),
            [&house](access::Call const& call, store::Reader& reader) { return one(house, call, reader); });
  auto history = route(http::Method::get, "/api/v1/instances/{id}/events", "listInstanceEvents", "processes",
                       "process.operate", "What happened in a process, the first first");
  history.operation.parameters = {{"after", "Cursor", text, false}};
  history.operation.response =
      page_schema(object_schema({{"seq", "integer"}, {"kind", "string"}, {"actor", "string"}}));
  gate.read(router, std::move(history), [&house](access::Call const& call, store::Reader& reader) {
    return events(house, call, reader);
  });
  auto const none = object_schema({});
  add_verb(router, gate, house, "suspend", "Stop a process for a while", none, suspend);
  add_verb(router, gate, house, "resume", "Let a suspended process go on", none, resume);
  add_verb(router, gate, house, "cancel", "Give a process up", none, cancel);
  add_verb(router, gate, house, "retry", "Go on where a process could not",
           object_schema({{"token", "integer"}}), retry);
  add_verb(router, gate, house, "modify", "Put somebody before or behind a step, or take a token away",
           object_schema({{"before", "string"}, {"after", "string"}, {"token", "integer"}}), modify);
  add_verb(router, gate, house, "restart", "Start a process that is over again from a step",
           object_schema({{"element", "string"}}), restart);
  add_verb(
      router, gate, house, "migrate", "Take a process to another version, or only try",
      object_schema(
          {{"definition", "string"}, {"mapping", "object"}, {"renewed", "array"}, {"dry_run", "boolean"}}),
      migrate);
}

}  // namespace yunzhi::record

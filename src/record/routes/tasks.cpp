// The inbox: what a person has to do, and doing it.

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/text/whole_number.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

Result<Lifecycle::TaskQuery> parse_query(http::Request const& request) {
  Lifecycle::TaskQuery query;
  for (auto const& [name, value] : request.query) {
    if (name == "mine") {
      if (value != "true" && value != "false")
        return refuse(Why::invalid, "mine", "must be one of {}", "true, false");
      query.mine = value == "true";
    } else if (name == "state") {
      if (value != "open" && value != "done")
        return refuse(Why::invalid, "state", "must be one of {}", "open, done");
      query.done = value == "done";
    } else if (name == "limit") {
      auto const limit = whole_number(value).value_or(0);
      if (limit < 1 || limit > static_cast<std::int64_t>(limits::page_rows))
        return refuse(Why::invalid, "limit", "must be a whole number from 1 to {}", limits::page_rows);
      query.limit = static_cast<std::size_t>(limit);
    } else if (name == "after") {
      if (!is_id(value)) return refuse(Why::invalid, "after", "is not a cursor this list gave out");
      query.after = value;
    } else {
      return refuse(Why::invalid, name, "'{}' is not a parameter of this list",
                    std::string_view(name).substr(0, 64));
    }
  }
  return query;
}

Result<http::Reply> answer_complete(House& house, access::Call const& call, store::Edit& edit) {
  auto const body = call.request.json_body();
  if (body.has_error()) return body.error();
  for (auto const& member : *body)
    if (member.key() != "fields" && member.key() != "vote")
      return refuse(Why::invalid, "/" + std::string(member.key()), "is not a field of this record");
  auto const* fields = body->if_contains("fields");
  if (fields != nullptr && !fields->is_object()) return refuse(Why::invalid, "/fields", "must be an object");
  auto const* given = body->if_contains("vote");
  auto const word = text_of(*body, "vote");
  if (given != nullptr && !given->is_null() && word != "approve" && word != "reject")
    return refuse(Why::invalid, "/vote", "must be one of {}", "approve, reject");
  auto const vote = word == "approve"  ? process::Vote::approve
                    : word == "reject" ? process::Vote::reject
                                       : process::Vote::none;
  auto done = house.lifecycle.complete(edit, call.actor, call.request.capture("id"),
                                       fields == nullptr ? json::object() : fields->get_object(), vote);
  if (done.has_error()) return done.error();
  edit.record(access::entry(call, "task.complete", done->subject, done->change));
  return http::Reply::json(json::object{{"record", std::move(done->record)}, {"element", done->element}});
}

using Verb = Result<json::object> (Lifecycle::*)(store::Edit&, access::Actor const&, std::string const&);

void add_verb(http::Router& router, access::Gate& gate, House& house, std::string const& verb, Verb act,
              std::string_view summary) {
  auto posting = route(http::Method::post, "/api/v1/tasks/{id}/" + verb, verb + "Task", "tasks", "task.work",
                       std::string(summary));
  posting.operation.response = object_schema({{"id", "string"}, {"assignee", "string"}, {"state", "string"}});
  posting.operation.response["properties"].as_object()["assignee"] =
      json::object{{"type", json::array{"string", "null"}}};
  gate.write(router, std::move(posting),
             [&house, act, verb](access::Call const& call, store::Edit& edit) -> Result<http::Reply> {
               auto const& id = call.request.capture("id");
               auto const task = (house.lifecycle.*act)(edit, call.actor, id);
               if (task.has_error()) return task.error();
               auto const of = process::find_task(edit, id);
               edit.record(access::entry(call, "task." + verb, of->record_kind + "/" + of->record,
                                         json::object{{"step", of->element}}));
               return http::Reply::json(*task);
             });
}

}  // namespace

void task_routes(http::Router& router, access::Gate& gate, House& house) {
  auto const task = object_schema({{"id", "string"},
                                   {"name", "string"},
                                   {"element", "string"},
                                   {"role", "string"},
                                   {"record", "object"}});
  json::object const text{{"type", "string"}};
  auto listing =
      route(http::Method::get, "/api/v1/tasks", "listTasks", "tasks", "task.read", "My steps, oldest first");
  listing.operation.parameters = {
      {"mine", "false: everybody's open steps, for who may assign them", text, false},
      {"state", "open or done", text, false},
      {"limit", "Rows of one answer", text, false},
      {"after", "Cursor", text, false}};
  listing.operation.response = page_schema(task);
  gate.read(router, std::move(listing),
            [&house](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto const query = parse_query(call.request);
              if (query.has_error()) return query.error();
              if (!query->mine && access::scope(call.actor, "task.assign") != access::Scope::all)
                return refuse(Why::forbidden, "", "only who assigns tasks sees those of others");
              return http::Reply::json(house.lifecycle.tasks(reader, call.actor, *query));
            });
  auto one = route(http::Method::get, "/api/v1/tasks/{id}", "getTask", "tasks", "task.read",
                   "A step with its form and its record");
  one.operation.response = task;
  gate.read(router, std::move(one),
            [&house](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto const found = house.lifecycle.task(reader, call.actor, call.request.capture("id"));
              if (found.has_error()) return found.error();
              return http::Reply::json(*found);
            });
  add_verb(router, gate, house, "claim", &Lifecycle::claim, "Take a step that nobody holds");
  add_verb(router, gate, house, "release", &Lifecycle::release, "Give a step back");
  auto completing = route(http::Method::post, "/api/v1/tasks/{id}/complete", "completeTask", "tasks",
                          "task.work", "Finish a step with its fields");
  completing.operation.request = object_schema({{"fields", "object"}, {"vote", "string"}});
  completing.operation.response = object_schema({{"record", "object"}, {"element", "string"}});
  gate.write(router, std::move(completing), [&house](access::Call const& call, store::Edit& edit) {
    return answer_complete(house, call, edit);
  });
}

}  // namespace yunzhi::record

// What people do with a step beside finishing it: lend, hand over, press for, copy, add and take away
// signatures, send back, take back.
#include "access/body.hpp"
#include "base/id.hpp"
#include "base/limits.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

using Done = Result<Lifecycle::Completed>;
using Told = Result<json::object>;

struct Asked {
  House& house;
  access::Call const& call;
  store::Edit& edit;
  std::string const& id;
  access::Body& body;
};

std::vector<std::string> people_of(access::Body& body) {
  auto const given = body.texts("people");
  return given ? std::vector<std::string>(given->begin(), given->end()) : std::vector<std::string>();
}

// A verb that leaves the process where it is; answers with the step.
void add_telling(http::Router& router, access::Gate& gate, House& house, std::string const& verb,
                 std::string id, std::string summary, json::object request,
                 std::function<Told(Asked)> const& act) {
  auto posting = route(http::Method::post, "/api/v1/tasks/{id}/" + verb, std::move(id), "tasks", "task.work",
                       std::move(summary));
  posting.operation.request = std::move(request);
  posting.operation.response = object_schema({{"id", "string"}, {"element", "string"}, {"state", "string"}});
  gate.write(router, std::move(posting),
             [&house, verb, act](access::Call const& call, store::Edit& edit) -> Result<http::Reply> {
               auto const given = call.request.json_body();
               if (given.has_error()) return given.error();
               access::Body body(*given);
               auto const& task = call.request.capture("id");
               auto const told = act({house, call, edit, task, body});
               if (told.has_error()) return told.error();
               auto const of = process::find_task(edit, task);
               edit.record(access::entry(call, "task." + verb, of->record_kind + "/" + of->record,
                                         json::object{{"step", of->element}, {"given", *given}}));
               return http::Reply::json(*told);
             });
}

// A verb that moves the process; answers with the record.
void add_moving(http::Router& router, access::Gate& gate, House& house, std::string const& verb,
                std::string id, std::string summary, json::object request,
                std::function<Done(Asked)> const& act) {
  auto posting = route(http::Method::post, "/api/v1/tasks/{id}/" + verb, std::move(id), "tasks", "task.work",
                       std::move(summary));
  posting.operation.request = std::move(request);
  posting.operation.response = object_schema({{"record", "object"}, {"element", "string"}});
  gate.write(router, std::move(posting),
             [&house, verb, act](access::Call const& call, store::Edit& edit) -> Result<http::Reply> {
               auto const given = call.request.json_body();
               if (given.has_error()) return given.error();
               access::Body body(*given);
               auto done = act({house, call, edit, call.request.capture("id"), body});
               if (done.has_error()) return done.error();
               edit.record(access::entry(call, "task." + verb, done->subject, done->change));
               return http::Reply::json(
                   json::object{{"record", std::move(done->record)}, {"element", done->element}});
             });
}

// Lends or gives it to another person.
Told pass(Asked asked, decltype(&Lifecycle::delegate) act) {
  auto const person = asked.body.text("person");
  auto const note = asked.body.optional_text("note", limits::line_characters).value_or("");
  if (auto const read = asked.body.end(); read.has_error()) return read.error();
  return (asked.house.lifecycle.*act)(asked.edit, asked.call.actor, asked.id, person, note);
}

Told lend(Asked asked) {
  return pass(asked, &Lifecycle::delegate);
}

Told give(Asked asked) {
  return pass(asked, &Lifecycle::hand_over);
}

Told press(Asked asked) {
  auto const note = asked.body.optional_text("note", limits::line_characters).value_or("");
  if (auto const read = asked.body.end(); read.has_error()) return read.error();
  return asked.house.lifecycle.urge(asked.edit, asked.call.actor, asked.id, note);
}

Told copy(Asked asked) {
  auto const people = people_of(asked.body);
  auto const note = asked.body.optional_text("note", limits::line_characters).value_or("");
  if (auto const read = asked.body.end(); read.has_error()) return read.error();
  return asked.house.lifecycle.copy_to(asked.edit, asked.call.actor, asked.id, people, note);
}

Done add_sign(Asked asked) {
  auto const place = asked.body.text("place");
  auto const people = people_of(asked.body);
  if (auto const read = asked.body.end(); read.has_error()) return read.error();
  if (place != "before" && place != "after" && place != "beside")
    return refuse(Why::invalid, "/place", "must be one of {}", "before, after, beside");
  auto const where = place == "before"  ? process::Seat::Place::before
                     : place == "after" ? process::Seat::Place::after
                                        : process::Seat::Place::beside;
  return asked.house.lifecycle.add_sign(asked.edit, asked.call.actor, asked.id, where, people);
}

Done remove_sign(Asked asked) {
  if (auto const read = asked.body.end(); read.has_error()) return read.error();
  return asked.house.lifecycle.remove_sign(asked.edit, asked.call.actor, asked.id);
}

Done send_back(Asked asked) {
  auto const element = asked.body.text("element");
  auto const back = asked.body.optional_text("return").value_or("steps");
  auto const reason = asked.body.text("reason", limits::line_characters);
  if (auto const read = asked.body.end(); read.has_error()) return read.error();
  if (back != "steps" && back != "straight")
    return refuse(Why::invalid, "/return", "must be one of {}", "steps, straight");
  return asked.house.lifecycle.send_back(asked.edit, asked.call.actor, asked.id, element, back == "straight",
                                         reason);
}

Done withdraw(Asked asked) {
  if (auto const read = asked.body.end(); read.has_error()) return read.error();
  return asked.house.lifecycle.withdraw(asked.edit, asked.call.actor, asked.id);
}

void earlier_steps_route(http::Router& router, access::Gate& gate, House& house) {
  auto listing = route(http::Method::get, "/api/v1/tasks/{id}/earlier-steps", "listEarlierSteps", "tasks",
                       "task.read", "The steps that a step can be sent back to");
  listing.operation.response = page_schema(object_schema({{"element", "string"}, {"name", "string"}}));
  gate.read(router, std::move(listing),
            [&house](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto items = house.lifecycle.earlier_steps(reader, call.actor, call.request.capture("id"));
              if (items.has_error()) return items.error();
              return http::Reply::json(json::object{{"items", std::move(*items)}, {"next", nullptr}});
            });
}

void copies_route(http::Router& router, access::Gate& gate, House& house) {
  auto listing = route(http::Method::get, "/api/v1/copies", "listCopies", "tasks", "task.read",
                       "Steps I was shown, the first first");
  listing.operation.parameters = {{"after", "Cursor", json::object{{"type", "string"}}, false}};
  listing.operation.response =
      page_schema(object_schema({{"id", "string"}, {"name", "string"}, {"record", "string"}}));
  gate.read(router, std::move(listing),
            [&house](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto const after = std::string(call.request.parameter("after").value_or(""));
              if (!after.empty() && !is_id(after))
                return refuse(Why::invalid, "after", "is not a cursor this list gave out");
              return http::Reply::json(house.lifecycle.copies(reader, call.actor, limits::page_rows, after));
            });
}

}  // namespace

void task_verb_routes(http::Router& router, access::Gate& gate, House& house) {
  auto const person = object_schema({{"person", "string"}, {"note", "string"}});
  auto const people = object_schema({{"people", "array"}, {"note", "string"}});
  auto const none = object_schema({});
  add_telling(router, gate, house, "delegate", "delegateTask", "Lend a step; it comes back", person, lend);
  add_telling(router, gate, house, "hand-over", "handOverTask", "Give a step away", person, give);
  add_telling(router, gate, house, "urge", "urgeTask", "Press for a step",
              object_schema({{"note", "string"}}), press);
  add_telling(router, gate, house, "copy", "copyTask", "Show a step to others", people, copy);
  add_moving(router, gate, house, "add-sign", "addSignature",
             "Ask people to sign before, after or beside oneself",
             object_schema({{"place", "string"}, {"people", "array"}}), add_sign);
  add_moving(router, gate, house, "remove-sign", "removeSignature", "Take away a signature that is asked for",
             none, remove_sign);
  add_moving(router, gate, house, "send-back", "sendTaskBack", "Send the process back to an earlier step",
             object_schema({{"element", "string"}, {"return", "string"}, {"reason", "string"}}), send_back);
  add_moving(router, gate, house, "withdraw", "withdrawTask", "Take back a step that one has finished", none,
             withdraw);
  earlier_steps_route(router, gate, house);
  copies_route(router, gate, house);
}

}  // namespace yunzhi::record

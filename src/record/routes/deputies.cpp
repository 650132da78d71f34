// Who stands in for whom: everybody for oneself, and who may assign tasks for others.
#include "process/durable/deputies.hpp"

#include "access/body.hpp"
#include "access/directory.hpp"
#include "base/id.hpp"
#include "base/limits.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

json::object deputy_json(process::Deputy const& deputy) {
  return {{"id", deputy.id},
          {"person", deputy.person},
          {"deputy", deputy.deputy},
          {"starts_at", format_instant(deputy.starts_at)},
          {"ends_at", format_instant(deputy.ends_at)},
          {"reason", deputy.reason}};
}

Result<> check_own(access::Actor const& actor, std::string_view person) {
  if (person == actor.person || access::scope(actor, "task.assign") == access::Scope::all) return {};
  return refuse(Why::forbidden, "", "somebody else's deputy is named by who assigns tasks");
}

Instant instant_in(access::Body& body, std::string_view name) {
  auto const text = body.text(name);
  auto const read = parse_instant(text);
  if (read.has_error() && !text.empty()) body.fault(name, read.error());
  return read.has_value() ? *read : Instant{};
}

Result<http::Reply> add(access::Call const& call, store::Edit& edit) {
  auto const given = call.request.json_body();
  if (given.has_error()) return given.error();
  access::Body body(*given);
  process::Deputy wanted;
  wanted.person = body.optional_text("person").value_or(call.actor.person);
  wanted.deputy = body.text("deputy");
  wanted.starts_at = instant_in(body, "starts_at");
  wanted.ends_at = instant_in(body, "ends_at");
  wanted.reason = body.optional_text("reason", limits::line_characters).value_or("");
  if (auto const read = body.end(); read.has_error()) return read.error();
  if (auto const own = check_own(call.actor, wanted.person); own.has_error()) return own.error();
  auto const names = access::names_of(edit, {wanted.person, wanted.deputy});
  for (auto const& [field, person] :
       {std::pair("/person", wanted.person), std::pair("/deputy", wanted.deputy)})
    if (!names.contains(person))
      return refuse(Why::invalid, field, "there is no {} with this id that you may see", "person");
  auto const added = process::add_deputy(edit, std::move(wanted), call.actor.person);
  if (added.has_error()) return added.error();
  edit.record(access::entry(call, "deputy.add", "person/" + added->person, deputy_json(*added)));
  return http::Reply::json(deputy_json(*added), 201);
}

Result<http::Reply> end(access::Call const& call, store::Edit& edit) {
  auto const& id = call.request.capture("id");
  auto const found = process::find_deputy(edit, id);
  if (!found) return access::not_found();
  if (auto const own = check_own(call.actor, found->person); own.has_error()) return own.error();
  if (auto const ended = process::end_deputy(edit, id); ended.has_error()) return ended.error();
  edit.record(access::entry(call, "deputy.end", "person/" + found->person, deputy_json(*found)));
  return http::Reply::json(deputy_json(*process::find_deputy(edit, id)));
}

}  // namespace

void deputy_routes(http::Router& router, access::Gate& gate, House&) {
  auto const schema = object_schema({{"id", "string"},
                                     {"person", "string"},
                                     {"deputy", "string"},
                                     {"starts_at", "string"},
                                     {"ends_at", "string"},
                                     {"reason", "string"}});
  auto listing = route(http::Method::get, "/api/v1/deputies", "listDeputies", "tasks", "task.read",
                       "Who stands in for whom, now and later");
  listing.operation.response = page_schema(schema);
  gate.read(router, std::move(listing),
            [](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              bool const all = access::scope(call.actor, "task.assign") == access::Scope::all;
              json::array items;
              std::vector<std::string> people;
              for (auto const& one : process::deputies(reader, all ? "" : call.actor.person, wall_clock())) {
                items.push_back(deputy_json(one));
                people.push_back(one.person);
                people.push_back(one.deputy);
              }
              return http::Reply::json(json::object{
                  {"items", std::move(items)}, {"next", nullptr}, {"labels", names_json(reader, people)}});
            });
  auto adding = route(http::Method::post, "/api/v1/deputies", "addDeputy", "tasks", "task.work",
                      "Let somebody stand in for a time");
  adding.operation.request = schema;
  adding.operation.response = schema;
  adding.operation.success = 201;
  gate.write(router, std::move(adding), add);
  auto ending = route(http::Method::post, "/api/v1/deputies/{id}/end", "endDeputy", "tasks", "task.work",
                      "Take the tasks oneself again");
  ending.operation.response = schema;
  gate.write(router, std::move(ending), end);
}

}  // namespace yunzhi::record

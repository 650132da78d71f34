#include "access/body.hpp"
#include "base/limits.hpp"
#include "watch/routes.hpp"

namespace yunzhi::watch {
namespace {

json::object rule_json(OwnRule const& rule) {
  auto const written = monitor::written_rule(rule.yaml);
  return {{"id", rule.id},
          {"name", rule.name},
          {"recording", written.has_value() && written->contains("record")},
          {"version", rule.version},
          {"active", rule.active},
          {"yaml", rule.yaml},
          {"rule", written.has_value() ? json::value(*written) : json::value(nullptr)},
          {"author", rule.author},
          {"author_name", rule.author_name},
          {"reason", rule.reason},
          {"at", format_instant(rule.at)}};
}

http::Reply rule_reply(OwnRule const& rule, int status = 200) {
  return http::Reply::json(rule_json(rule), status).with("ETag", "\"" + std::to_string(rule.version) + "\"");
}

json::object list_json(std::vector<OwnRule> const& rules) {
  json::array items;
  for (auto const& rule : rules) items.push_back(rule_json(rule));
  return {{"items", std::move(items)}, {"next", nullptr}};
}

struct Given {
  std::string yaml;
  std::string reason;
};

Result<Given> given_of(access::Call const& call, bool with_rule) {
  auto const object = call.request.json_body();
  if (object.has_error()) return object.error();
  access::Body body(*object);
  Given given;
  if (with_rule) given.yaml = body.text("yaml", limits::rule_characters);
  given.reason = body.text("reason", limits::reason_characters);
  if (auto const read = body.end(); read.has_error()) return read.error();
  return given;
}

Result<http::Reply> answer_create(OwnRules& rules, access::Call const& call, store::Edit& edit) {
  auto const given = given_of(call, true);
  if (given.has_error()) return given.error();
  auto const made = rules.create(edit, call.actor.person, given->yaml, given->reason);
  if (made.has_error()) return made.error();
  edit.record(
      access::entry(call, "rule.create", "rule/" + made->id,
                    json::object{{"name", made->name}, {"yaml", made->yaml}, {"reason", made->reason}}));
  return rule_reply(*made, 201);
}

Result<http::Reply> answer_change(OwnRules& rules, access::Call const& call, store::Edit& edit) {
  auto const given = given_of(call, true);
  if (given.has_error()) return given.error();
  auto const& id = call.request.capture("id");
  auto const before = OwnRules::find(edit, id);
  auto const after =
      rules.change(edit, call.actor.person, id, call.request.header("if-match"), given->yaml, given->reason);
  if (after.has_error()) return after.error();
  edit.record(access::entry(
      call, "rule.update", "rule/" + id,
      json::object{{"yaml", json::array{before->yaml, after->yaml}}, {"reason", after->reason}}));
  return rule_reply(*after);
}

Result<http::Reply> answer_switch(OwnRules& rules, access::Call const& call, store::Edit& edit, bool active) {
  auto const given = given_of(call, false);
  if (given.has_error()) return given.error();
  auto const& id = call.request.capture("id");
  auto const after =
      rules.switch_to(edit, call.actor.person, id, call.request.header("if-match"), active, given->reason);
  if (after.has_error()) return after.error();
  edit.record(access::entry(call, active ? "rule.enable" : "rule.disable", "rule/" + id,
                            json::object{{"name", after->name}, {"reason", after->reason}}));
  return rule_reply(*after);
}

Result<http::Reply> answer_one(access::Call const& call, store::Reader& reader) {
  auto const rule = OwnRules::find(reader, call.request.capture("id"));
  if (!rule) return access::not_found();
  return rule_reply(*rule);
}

Result<http::Reply> answer_versions(access::Call const& call, store::Reader& reader) {
  auto const& id = call.request.capture("id");
  if (!OwnRules::find(reader, id)) return access::not_found();
  return http::Reply::json(list_json(OwnRules::versions(reader, id)));
}

/// Nothing is stored: the text is read as saving would read it.
Result<http::Reply> answer_check(access::Call const& call, store::Reader& /*reader*/) {
  auto const object = call.request.json_body();
  if (object.has_error()) return object.error();
  access::Body body(*object);
  auto const yaml = body.text("yaml", limits::rule_characters);
  if (auto const read = body.end(); read.has_error()) return read.error();
  json::array problems;
  json::value written;
  if (auto const rule = OwnRules::check(yaml); rule.has_error())
    for (auto const& fault : rule.error().faults)
      problems.push_back(json::object{{"pointer", fault.field}, {"detail", call.request.sentence(fault)}});
  else
    written = monitor::written_rule(yaml).value();
  return http::Reply::json(json::object{{"problems", std::move(problems)}, {"rule", std::move(written)}});
}

json::object text() {
  return {{"type", "string"}};
}

json::object object_of(json::object properties, json::array required) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

json::object rule_schema() {
  return object_of({{"id", text()},
                    {"name", text()},
                    {"recording", {{"type", "boolean"}}},
                    {"version", {{"type", "integer"}}},
                    {"active", {{"type", "boolean"}}},
                    {"yaml", text()},
                    {"rule", {{"type", {"object", "null"}}}},
                    {"author", text()},
                    {"author_name", text()},
                    {"reason", text()},
                    {"at", {{"type", "string"}, {"format", "date-time"}}}},
                   {"id", "name", "recording", "version", "active", "yaml", "author", "reason", "at"});
}

json::object rules_schema() {
  return object_of({{"items", {{"type", "array"}, {"items", rule_schema()}}}}, {"items"});
}

http::Route route(http::Method method, std::string const& path, std::string id, std::string permission,
                  std::string summary, json::object response) {
  return http::make_route(method, "/api/v1/rules/own" + path,
                          {.id = std::move(id),
                           .tag = "monitoring",
                           .summary = std::move(summary),
                           .permission = std::move(permission),
                           .response = std::move(response)});
}

}  // namespace

void rule_routes(http::Router& router, access::Gate& gate, OwnRules& rules) {
  using http::Method;
  auto const* const read = "monitor.query";
  auto const* const write = "rule.write";
  auto const reason = object_of({{"reason", text()}}, {"reason"});
  auto const rule = object_of({{"yaml", text()}, {"reason", text()}}, {"yaml", "reason"});
  gate.read(router,
            route(Method::get, "", "listOwnRules", read, "Rules that people keep, by name", rules_schema()),
            [](access::Call const&, store::Reader& reader) -> Result<http::Reply> {
              return http::Reply::json(list_json(OwnRules::list(reader)));
            });
  gate.read(router,
            route(Method::get, "/{id}", "getOwnRule", read, "The newest version of a rule", rule_schema()),
            answer_one);
  gate.read(router,
            route(Method::get, "/{id}/versions", "listOwnRuleVersions", read,
                  "All versions of a rule, the newest first", rules_schema()),
            answer_versions);
  auto checking =
      route(Method::post, "/check", "checkOwnRule", read, "What is wrong with the text of a rule",
            object_of({{"problems", {{"type", "array"}}}, {"rule", {{"type", {"object", "null"}}}}},
                      {"problems", "rule"}));
  checking.operation.request = object_of({{"yaml", text()}}, {"yaml"});
  gate.read(router, std::move(checking), answer_check);
  auto creating = route(Method::post, "", "createOwnRule", write, "Make a rule", rule_schema());
  creating.operation.request = rule;
  creating.operation.success = 201;
  gate.write(router, std::move(creating), [&rules](access::Call const& call, store::Edit& edit) {
    return answer_create(rules, call, edit);
  });
  auto changing = route(Method::patch, "/{id}", "updateOwnRule", write,
                        "Make a new version of a rule (If-Match is required)", rule_schema());
  changing.operation.request = rule;
  gate.write(router, std::move(changing), [&rules](access::Call const& call, store::Edit& edit) {
    return answer_change(rules, call, edit);
  });
  for (bool const active : {false, true}) {
    auto switching =
        route(Method::post, active ? "/{id}/enable" : "/{id}/disable",
              active ? "enableOwnRule" : "disableOwnRule", write,
              active ? "Switch a rule on (If-Match is required)" : "Switch a rule off (If-Match is required)",
              rule_schema());
    switching.operation.request = reason;
    gate.write(router, std::move(switching), [&rules, active](access::Call const& call, store::Edit& edit) {
      return answer_switch(rules, call, edit, active);
    });
  }
}

}  // namespace yunzhi::watch

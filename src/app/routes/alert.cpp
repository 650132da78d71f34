// What a person does with an alert.
#include "app/routes/routes.hpp"

namespace yunzhi::app {

namespace {

void add_deliveries(http::Router& router, Sources const& sources) {
  json::object const text{{"type", "string"}};
  json::object const maybe{{"type", json::array{"string", "null"}}};
  json::object const whole{{"type", "integer"}};
  auto deliveries =
      make_route(http::Method::get, "/api/v1/alerts/{id}/deliveries", "listAlertDeliveries", "monitoring",
                 "alert.read", "Whom the alert was told, how, and what became of it");
  json::object const item{{"type", "object"},
                          {"properties",
                           {{"at", text},
                            {"step", whole},
                            {"person", maybe},
                            {"name", maybe},
                            {"channel", text},
                            {"target", text},
                            {"state", {{"enum", json::array{"delivered", "waiting", "dead", "not_sent"}}}},
                            {"reason", maybe},
                            {"attempts", whole},
                            {"sent_at", maybe},
                            {"read_at", maybe}}}};
  deliveries.operation.response = {{"type", "object"},
                                   {"properties", {{"items", {{"type", "array"}, {"items", item}}}}}};
  sources.access.gate().read(
      router, std::move(deliveries),
      [&sources](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
        auto const& id = call.request.capture("id");
        if (!reader.one<std::string>("select id from alert where id = :id", id)) return access::not_found();
        return http::Reply::json(json::object{
            {"items", deliveries_of(reader, sources.notifier.catalogue(), call.actor.language, id)},
            {"next", nullptr}});
      });
}

void add_test_fire(http::Router& router, access::Gate& gate, AlertTestFire const& test) {
  auto firing = make_route(http::Method::post, "/api/v1/rules/test-fire", "testFireRule", "monitoring",
                           "rule.test", "What would happen if a rule fired now, stage by stage");
  firing.operation.request = {
      {"type", "object"},
      {"required", json::array{"rule"}},
      {"properties",
       {{"rule", {{"type", "string"}}}, {"labels", {{"type", "object"}}}, {"send", {{"type", "boolean"}}}}}};
  gate.write(
      router, std::move(firing), [&test](access::Call const& call, store::Edit& edit) -> Result<http::Reply> {
        auto const body = call.request.json_body();
        if (body.has_error()) return body.error();
        auto const wish = test_wish_of(*body);
        if (wish.has_error()) return wish.error();
        auto const stages = test.fire(edit, *wish);
        if (stages.has_error()) return stages.error();
        edit.record(
            access::entry(call, "rule.test", "rule/" + wish->rule, json::object{{"sent", wish->send}}));
        return http::Reply::json(*stages);
      });
}

}  // namespace

void alert_routes(http::Router& router, Sources const& sources, AlertDesk& desk, AlertTestFire const& test) {
  auto& gate = sources.access.gate();
  add_deliveries(router, sources);
  add_test_fire(router, gate, test);
  json::object const text{{"type", "string"}};
  auto acknowledging = make_route(http::Method::post, "/api/v1/alerts/{id}/acknowledge", "acknowledgeAlert",
                                  "monitoring", "alert.acknowledge", "Say that I have seen a firing alert");
  acknowledging.operation.response = {
      {"type", "object"},
      {"properties", {{"id", text}, {"acknowledged_by", text}, {"acknowledged_at", text}}}};
  gate.write(router, std::move(acknowledging),
             [&desk](access::Call const& call, store::Edit& edit) -> Result<http::Reply> {
               auto const& id = call.request.capture("id");
               auto const alert = desk.acknowledge(edit, call.actor, id);
               if (alert.has_error()) return alert.error();
               edit.record(access::entry(call, "alert.acknowledge", "alert/" + id, json::object{}));
               return http::Reply::json(json::object{{"id", id},
                                                     {"acknowledged_by", alert->at("acknowledged_by")},
                                                     {"acknowledged_at", alert->at("acknowledged_at")}});
             });
}

}  // namespace yunzhi::app

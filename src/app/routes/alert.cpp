// What a person does with an alert.
#include "app/routes/routes.hpp"

namespace yunzhi::app {

void alert_routes(http::Router& router, access::Gate& gate, AlertDesk& desk) {
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

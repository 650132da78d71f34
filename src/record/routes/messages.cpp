// Messages and signals from outside to whatever process waits for them.
#include "access/body.hpp"
#include "base/limits.hpp"
#include "record/routes/parts.hpp"

namespace yunzhi::record {
namespace {

json::value member_of(json::object const& given, access::Body& body, std::string_view name) {
  body.know(name);
  auto const* found = given.if_contains(name);
  return found == nullptr ? json::value(nullptr) : *found;
}

char const* name_of(Lifecycle::Delivery delivery) {
  constexpr char const* names[] = {"taken", "began", "kept"};
  return names[static_cast<std::size_t>(delivery)];
}

Result<http::Reply> send(House& house, access::Call const& call, store::Edit& edit) {
  auto const given = call.request.json_body();
  if (given.has_error()) return given.error();
  access::Body body(*given);
  process::Sent message;
  message.name = body.text("name");
  message.key = member_of(*given, body, "key");
  if (message.key.is_object() || message.key.is_array())
    body.fault("key", refuse(Why::invalid, "", "must be a text, a number, true, false or null"));
  auto variables = member_of(*given, body, "variables");
  if (!variables.is_null() && !variables.is_object())
    body.fault("variables", refuse(Why::invalid, "", "must be an object"));
  if (auto const read = body.end(); read.has_error()) return read.error();
  if (variables.is_object()) message.variables = std::move(variables.get_object());
  auto const delivery = house.lifecycle.deliver(edit, message, {});
  if (delivery.has_error()) return delivery.error();
  json::object answer{{"name", message.name}, {"delivery", name_of(*delivery)}};
  edit.record(access::entry(call, "process.message", "message/" + message.name, answer));
  return http::Reply::json(std::move(answer));
}

Result<http::Reply> broadcast(House& house, access::Call const& call, store::Edit& edit) {
  auto const given = call.request.json_body();
  if (given.has_error()) return given.error();
  access::Body body(*given);
  auto const name = body.text("name");
  if (auto const read = body.end(); read.has_error()) return read.error();
  auto const reached = house.lifecycle.broadcast(edit, {name, {}}, {});
  if (reached.has_error()) return reached.error();
  json::object answer{{"name", name}, {"reached", *reached}};
  edit.record(access::entry(call, "process.signal", "signal/" + name, answer));
  return http::Reply::json(std::move(answer));
}

}  // namespace

void message_routes(http::Router& router, access::Gate& gate, House& house) {
  auto sending = route(http::Method::post, "/api/v1/messages", "sendMessage", "processes", "process.operate",
                       "Send a message to the process that waits for it; kept for a while when none does");
  sending.operation.request = object_schema({{"name", "string"}, {"variables", "object"}});
  sending.operation.request["properties"].as_object()["key"] =
      json::object{{"type", json::array{"string", "number", "boolean", "null"}}};
  sending.operation.response = object_schema({{"name", "string"}, {"delivery", "string"}});
  gate.write(router, std::move(sending),
             [&house](access::Call const& call, store::Edit& edit) { return send(house, call, edit); });
  auto broadcasting = route(http::Method::post, "/api/v1/signals", "broadcastSignal", "processes",
                            "process.operate", "Broadcast a signal to every process that waits for it");
  broadcasting.operation.request = object_schema({{"name", "string"}});
  broadcasting.operation.response = object_schema({{"name", "string"}, {"reached", "integer"}});
  gate.write(router, std::move(broadcasting),
             [&house](access::Call const& call, store::Edit& edit) { return broadcast(house, call, edit); });
}

}  // namespace yunzhi::record

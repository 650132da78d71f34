// A person's messages, live events, and what became of messages that left the house.
#include "app/routes/routes.hpp"

namespace yunzhi::app {

void notification_routes(http::Router& router, Sources const& sources) {
  auto& gate = sources.access.gate();
  json::object const text{{"type", "string"}};
  auto const items = [](json::object item) {
    return json::object{{"type", "object"},
                        {"properties", {{"items", {{"type", "array"}, {"items", std::move(item)}}}}}};
  };
  auto listing = make_route(http::Method::get, "/api/v1/notifications", "listNotifications", "notifications",
                            "notification.read", "My messages, newest first");
  listing.operation.parameters = {{"unread", "Only what I have not read", {{"type", "boolean"}}, false},
                                  {"limit", "Rows of one answer", {{"type", "integer"}}, false},
                                  {"after", "Cursor", text, false}};
  listing.operation.response = items(notify::notification_schema());
  gate.read(router, std::move(listing), [&sources](access::Call const& call, store::Reader& reader) {
    return notify::list(reader, sources.notifier.catalogue(), call.actor.person, call.actor.language,
                        call.request);
  });
  auto reading = make_route(http::Method::post, "/api/v1/notifications/{id}/read", "readNotification",
                            "notifications", "notification.read", "Mark one as read");
  reading.operation.success = 204;
  reading.operation.response = {};
  gate.write(router, std::move(reading),
             [](access::Call const& call, store::Edit& edit) -> Result<http::Reply> {
               return notify::mark_read(edit, call.actor.person, call.request.capture("id"));
             });
  auto reading_all = make_route(http::Method::post, "/api/v1/notifications/read-all", "readAllNotifications",
                                "notifications", "notification.read", "Mark all as read");
  reading_all.operation.success = 204;
  reading_all.operation.response = {};
  gate.write(router, std::move(reading_all),
             [](access::Call const& call, store::Edit& edit) -> Result<http::Reply> {
               return notify::mark_all_read(edit, call.actor.person);
             });
  auto delivering = make_route(http::Method::get, "/api/v1/deliveries", "listDeliveries", "notifications",
                               "account.read", "Messages that left the house, with every attempt");
  delivering.operation.parameters = {{"state", "waiting, sent or dead", text, false},
                                     {"limit", "Rows of one answer", {{"type", "integer"}}, false},
                                     {"after", "Cursor", text, false}};
  delivering.operation.response = items(notify::delivery_schema());
  gate.read(router, std::move(delivering), [](access::Call const& call, store::Reader& reader) {
    return notify::deliveries(reader, call.request);
  });

  auto events = make_route(http::Method::get, "/api/v1/events", "streamEvents", "notifications",
                           "notification.read", "Live events (server-sent events)");
  events.operation.response = {{"type", "string"}};
  events.operation.response_type = "text/event-stream";
  gate.look(router, std::move(events), [&sources](access::Call const& call) -> Result<http::Reply> {
    notify::Listener listener;
    listener.person = call.actor.person;
    // A stream ends with its session: at sign-out, when the account is disabled, when roles change.
    listener.alive = [session = call.session, &sources] { return session->holds(sources.store.clock()()); };
    listener.wants = [actor = call.actor](notify::Event const& event) {
      return event.verb.empty() || access::may(actor, event.verb, {event.owner, event.unit, {}}).has_value();
    };
    return sources.notifier.hub().subscribe(std::move(listener));
  });
}

}  // namespace yunzhi::app

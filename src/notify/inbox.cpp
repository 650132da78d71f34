#include "notify/inbox.hpp"

#include "base/limits.hpp"
#include "base/text/whole_number.hpp"

namespace yunzhi::notify {
namespace {

constexpr std::int64_t usual_rows = 50;
constexpr std::string_view after_all = "~";  // sorts behind every id

Result<std::int64_t> read_limit(http::Request const& request) {
  auto const text = request.parameter("limit");
  if (!text) return usual_rows;
  auto const limit = whole_number(*text).value_or(0);
  if (limit < 1 || limit > static_cast<std::int64_t>(limits::page_rows))
    return refuse(Why::invalid, "limit", "must be a number from 1 to {}", limits::page_rows);
  return limit;
}

http::Reply page(json::array items, std::int64_t limit, json::object more) {
  json::value next;
  if (static_cast<std::int64_t>(items.size()) == limit) next = items.back().as_object().at("id");
  more["items"] = std::move(items);
  more["next"] = std::move(next);
  return http::Reply::json(more);
}

json::value instant_or_null(std::optional<Instant> const& at) {
  return at ? json::value(format_instant(*at)) : json::value();
}

}  // namespace

Result<http::Reply> list(store::Reader& reader, Catalogue const& catalogue, std::string_view person,
                         std::string_view language, http::Request const& request) {
  auto const limit = read_limit(request);
  if (!limit) return limit.error();
  bool const unread = request.parameter("unread") == "true";
  json::array items;
  for (auto const& [id, at, kind, title, title_arguments, body, body_arguments, href, read_at] :
       reader.rows<std::string, Instant, std::string, std::string, std::string, std::string, std::string,
                   std::string, std::optional<Instant>>(
           "select id, at, kind, title, title_arguments, body, body_arguments, href, read_at from "
           "notification "
           "where person = :person and id < :after and (:all = 1 or read_at is null) order by id desc limit "
           ":limit",
           person, request.parameter("after").value_or(after_all), !unread, *limit)) {
    items.push_back(
        json::object{{"id", id},
                     {"at", format_instant(at)},
                     {"kind", kind},
                     {"title", catalogue.render({title, unpack_arguments(title_arguments)}, language)},
                     {"body", catalogue.render({body, unpack_arguments(body_arguments)}, language)},
                     {"href", href},
                     {"read", read_at.has_value()}});
  }
  auto const count = reader.one<std::int64_t>(
      "select count(*) from notification where person = :person and read_at is null", person);
  return page(std::move(items), *limit, {{"unread", count.value_or(0)}});
}

Result<http::Reply> mark_read(store::Edit& edit, std::string_view person, std::string_view id) {
  auto const found =
      edit.run("update notification set read_at = coalesce(read_at, :at) where id = :id and person = :person",
               edit.now(), id, person);
  if (found == 0) return refuse(Why::missing, "", "there is no such thing here, or you may not see it");
  return http::Reply::empty();
}

Result<http::Reply> mark_all_read(store::Edit& edit, std::string_view person) {
  edit.run("update notification set read_at = :at where person = :person and read_at is null", edit.now(),
           person);
  return http::Reply::empty();
}

Result<http::Reply> deliveries(store::Reader& reader, http::Request const& request) {
  auto const limit = read_limit(request);
  if (!limit) return limit.error();
  auto const state = request.parameter("state").value_or("");
  json::array items;
  for (auto const& [id, channel, target, payload, now_state, attempts, created, sent, error, trace] :
       reader.rows<std::string, std::string, std::string, std::string, std::string, std::int64_t, Instant,
                   std::optional<Instant>, std::optional<std::string>, std::string>(
           "select id, channel, target, payload, state, attempts, created_at, sent_at, last_error, trace "
           "from outbox "
           "where id < :after and (:state = '' or state = :same) order by id desc limit :limit",
           request.parameter("after").value_or(after_all), state, state, *limit)) {
    auto const message = parse_json(payload);
    auto const steps = parse_json(trace);
    items.push_back(json::object{
        {"id", id},
        {"channel", channel},
        {"target", target},
        {"title", message && message->is_object() ? text_of(message->as_object(), "title") : std::string()},
        {"state", now_state},
        {"attempts", attempts},
        {"created_at", format_instant(created)},
        {"sent_at", instant_or_null(sent)},
        {"last_error", error ? json::value(*error) : json::value()},
        {"trace", steps ? *steps : json::value(json::array())}});
  }
  return page(std::move(items), *limit, {});
}

json::object notification_schema() {
  json::object const text{{"type", "string"}};
  return {{"type", "object"},
          {"properties", json::object{{"id", text},
                                      {"at", json::object{{"type", "string"}, {"format", "date-time"}}},
                                      {"kind", text},
                                      {"title", text},
                                      {"body", text},
                                      {"href", text},
                                      {"read", json::object{{"type", "boolean"}}}}}};
}

json::object delivery_schema() {
  json::object const text{{"type", "string"}};
  json::object const maybe{{"type", json::array{"string", "null"}}};
  return {{"type", "object"},
          {"properties", json::object{{"id", text},
                                      {"channel", text},
                                      {"target", text},
                                      {"title", text},
                                      {"state", text},
                                      {"attempts", json::object{{"type", "integer"}}},
                                      {"created_at", text},
                                      {"sent_at", maybe},
                                      {"last_error", maybe},
                                      {"trace", json::object{{"type", "array"}}}}}};
}

}  // namespace yunzhi::notify

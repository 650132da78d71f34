#include "process/durable/correlation.hpp"

#include "base/id.hpp"
#include "base/limits.hpp"

namespace yunzhi::process {

std::optional<std::string> correlation_of(json::value const& key) {
  if (key.is_null()) return std::nullopt;
  if (key.is_string()) return std::string(std::string_view(key.get_string()));
  return json::serialize(key);
}

void insert_subscription(store::Edit& edit, std::string_view instance, TokenId token,
                         std::string_view element, std::string_view kind, std::string_view name,
                         json::value const& key) {
  edit.run(
      "insert into process_subscription (id, instance, token, element, kind, name, correlation) values (:id, "
      ":instance, :token, :element, :kind, :name, :correlation)",
      new_id(edit.now()), instance, std::int64_t{token}, element, kind, name, correlation_of(key));
}

void end_subscriptions(store::Edit& edit, std::string_view instance, TokenId token,
                       std::string_view element) {
  edit.run(
      "delete from process_subscription where instance = :instance and token = :token and (:any = '' or "
      "element = :element)",
      instance, std::int64_t{token}, element, element);
}

void end_subscriptions(store::Edit& edit, std::string_view instance) {
  edit.run("delete from process_subscription where instance = :instance", instance);
}

std::optional<Receiver> receiver_of(store::Reader& reader, std::string_view name, json::value const& key) {
  // sql: two literals; the name and the key are bound.
  std::string const sql =
      "select s.instance, s.token, s.element from process_subscription s join process_instance i on i.id = "
      "s.instance where s.kind = 'message' and s.name = :name and i.status <> 'suspended' and ";
  auto const to = [](auto&& row) -> std::optional<Receiver> {
    if (!row) return std::nullopt;
    auto& [instance, token, element] = *row;
    return Receiver{std::move(instance), static_cast<TokenId>(token), std::move(element)};
  };
  if (auto const wanted = correlation_of(key))
    if (auto found = to(reader.row<std::string, std::int64_t, std::string>(
            sql + "s.correlation = :correlation order by s.id limit 1", name, *wanted)))
      return found;
  return to(reader.row<std::string, std::int64_t, std::string>(
      sql + "s.correlation is null order by s.id limit 1", name));
}

std::vector<std::string> waiting_for_signal(store::Reader& reader, std::string_view name,
                                            std::string_view after, std::size_t limit) {
  std::vector<std::string> all;
  for (auto& [instance] : reader.rows<std::string>(
           "select distinct s.instance from process_subscription s join process_instance i on i.id = "
           "s.instance where s.kind = 'signal' and s.name = :name and s.instance > :after and i.status <> "
           "'suspended' order by s.instance limit :limit",
           name, after, static_cast<std::int64_t>(limit)))
    all.push_back(std::move(instance));
  return all;
}

std::vector<Awaiting> awaited_messages(store::Reader& reader, std::string_view instance) {
  std::vector<Awaiting> all;
  for (auto& [name, correlation] : reader.rows<std::string, std::optional<std::string>>(
           "select name, correlation from process_subscription where instance = :instance and kind = "
           "'message' order by id",
           instance))
    all.push_back({std::move(name), correlation ? json::value(*correlation) : json::value(nullptr)});
  return all;
}

void keep_message(store::Edit& edit, Sent const& message) {
  edit.run("delete from process_message where expires_at <= :now", edit.now());
  edit.run(
      "insert into process_message (id, name, correlation, variables, sent_at, expires_at) values (:id, "
      ":name, :correlation, :variables, :sent_at, :expires_at)",
      new_id(edit.now()), message.name, correlation_of(message.key), json::serialize(message.variables),
      edit.now(), edit.now() + limits::message_kept);
}

std::optional<Sent> take_message(store::Edit& edit, Awaiting const& awaiting) {
  auto const wanted = correlation_of(awaiting.key);
  auto found = edit.row<std::string, std::optional<std::string>, std::string>(
      "select id, correlation, variables from process_message where name = :name and (:any = 1 or "
      "correlation = :correlation) and expires_at > :now order by id limit 1",
      awaiting.name, std::int64_t{wanted ? 0 : 1}, wanted, edit.now());
  if (!found) return std::nullopt;
  auto const& [id, correlation, variables] = *found;
  edit.run("delete from process_message where id = :id", id);
  auto const read = parse_json(variables);
  if (!read) throw std::logic_error("a kept message no longer reads: " + read.error().english());
  return Sent{"", awaiting.name, correlation ? json::value(*correlation) : json::value(nullptr),
              read->as_object()};
}

}  // namespace yunzhi::process

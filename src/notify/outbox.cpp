#include "notify/outbox.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/id.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi::notify {
namespace {

constexpr std::int64_t attempts_most = 12;
constexpr auto first_wait = std::chrono::seconds{5};
constexpr auto longest_wait = std::chrono::hours{1};
constexpr std::size_t trace_entries = 20;
constexpr std::size_t error_characters = 300;

Channel channel_of(std::string_view name) {
  for (auto const channel : {Channel::email, Channel::webhook, Channel::robot})
    if (name == channel_name(channel)) return channel;
  return Channel::alerts;
}

std::string readable(std::string const& text) {
  return valid_utf8(text) ? std::string(first_characters(text, error_characters))
                          : "an answer that is no text";
}

json::array with_entry(std::string_view trace, Instant at, std::string_view text) {
  auto parsed = parse_json(trace);
  json::array entries = parsed && parsed->is_array() ? parsed->as_array() : json::array();
  if (entries.size() >= trace_entries) entries.erase(entries.begin());
  entries.push_back(json::object{{"at", format_instant(at)}, {"text", text}});
  return entries;
}

}  // namespace

std::string_view channel_name(Channel channel) {
  constexpr std::string_view names[] = {"email", "webhook", "robot", "alerts"};
  return names[static_cast<std::size_t>(channel)];
}

std::string put(store::Edit& edit, Channel channel, std::string_view target, Rendered const& rendered) {
  auto id = new_id(edit.now());
  edit.run(
      "insert into outbox (id, channel, target, payload, state, attempts, next_at, created_at, trace) "
      "values (:id, :channel, :target, :payload, 'pending', 0, :next, :created, '[]')",
      id, channel_name(channel), target, json::serialize(to_json(rendered)), edit.now(), edit.now());
  return id;
}

std::vector<Due> due(store::Reader& reader, Instant now, std::size_t most, std::size_t each) {
  std::vector<Due> found;
  for (auto& [id, channel, target, payload, attempts] :
       reader.rows<std::string, std::string, std::string, std::string, std::int64_t>(
           "select id, channel, target, payload, attempts from (select o.*, row_number() over (partition by "
           "channel, "
           "case when channel = 'email' then '' else target end order by next_at, id) as place from outbox o "
           "where state = 'pending' and next_at <= :now) ranked where place <= :each order by next_at, id "
           "limit :most",
           now, static_cast<std::int64_t>(each), static_cast<std::int64_t>(most))) {
    auto const parsed = parse_json(payload);
    auto const rendered = parsed && parsed->is_object() ? rendered_from(parsed->as_object()) : Rendered();
    found.push_back({std::move(id), channel_of(channel), std::move(target), rendered, attempts});
  }
  return found;
}

std::optional<Instant> next_due(store::Reader& reader) {
  return reader.one<Instant>("select next_at from outbox where state = 'pending' order by next_at limit 1");
}

std::optional<Milliseconds> wait_after(std::int64_t attempts, double luck) {
  if (attempts >= attempts_most) return std::nullopt;
  auto const doubled = first_wait * (std::int64_t{1} << std::min<std::int64_t>(attempts - 1, 20));
  auto const wait = std::min<Milliseconds>(doubled, longest_wait);
  return std::chrono::duration_cast<Milliseconds>(wait * (0.5 + luck));
}

void settle(store::Edit& edit, std::string_view id, Outcome const& outcome, double luck) {
  auto const row =
      edit.row<std::int64_t, std::string>("select attempts, trace from outbox where id = :id", id);
  if (!row) return;
  auto const attempts = std::get<0>(*row) + 1;
  auto const said = readable(outcome.text);
  auto const trace = json::serialize(
      with_entry(std::get<1>(*row), edit.now(), fmt::format("attempt {}: {}", attempts, said)));
  auto const wait = outcome.final ? std::nullopt : wait_after(attempts, luck);
  if (outcome.sent)
    edit.run(
        "update outbox set state = 'sent', attempts = :attempts, sent_at = :at, last_error = null, trace = "
        ":trace "
        "where id = :id",
        attempts, edit.now(), trace, id);
  else
    edit.run(
        "update outbox set state = :state, attempts = :attempts, next_at = :next, last_error = :error, "
        "trace = :trace where id = :id",
        wait ? "pending" : "dead", attempts, edit.now() + wait.value_or(Milliseconds{0}), said, trace, id);
}

}  // namespace yunzhi::notify

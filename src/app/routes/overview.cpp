// "Are we all right?", on one page without a click.
#include "app/routes/routes.hpp"
#include "process/durable/task_rows.hpp"

namespace yunzhi::app {
namespace {

constexpr std::string_view open_states =
    "('reported', 'assessed', 'diagnosing', 'repairing', 'testing', 'confirming', 'summarising', "
    "'reviewing')";

// sql: the only part glued in is the literal list of open states above.
json::object incidents(store::Reader& reader, Instant now) {
  std::string const open(open_states);
  json::object by_priority{{"p1", 0}, {"p2", 0}, {"p3", 0}, {"p4", 0}};
  std::int64_t count = 0;
  // sql: the only part glued in is the literal list of open states.
  for (auto const& [priority, number] : reader.rows<std::string, std::int64_t>(
           "select priority, count(*) from incident where state in " + open + " group by priority")) {
    by_priority[priority] = number;
    count += number;
  }
  auto const breached = reader.one<std::int64_t>(
      "select count(distinct i.id) from incident i join record_clock c on c.record = i.id where i.state in " +
      open + " and c.breached = 1");
  // The day of the organisation begins at its own midnight.
  auto const today = from_ms((to_ms(now) + 28'800'000) / 86'400'000 * 86'400'000 - 28'800'000);
  auto const reported =
      reader.one<std::int64_t>("select count(*) from incident where created_at >= :today", today);
  auto const closed = reader.one<std::int64_t>(
      "select count(*) from incident where state = 'closed' and created_at >= :since and closed_at >= :today",
      today - std::chrono::days{30}, today);
  return {{"open", count},
          {"by_priority", std::move(by_priority)},
          {"breached", breached.value_or(0)},
          {"today", reported.value_or(0)},
          {"closed_today", closed.value_or(0)}};
}

Result<http::Reply> answer(Sources const& sources, access::Call const& call, store::Reader& reader) {
  auto const now = sources.store.clock()();
  auto const mine = process::count_inbox(
      reader, {call.actor.person, {call.actor.roles.begin(), call.actor.roles.end()}}, now, 500);
  json::array availability;
  for (auto const& one : sources.availability.last())
    availability.push_back(
        json::object{{"system", one.system}, {"name", one.name}, {"ratio_30d", one.ratio_30d}});
  json::array on_duty;
  for (auto const& duty : access::on_duty(reader, sources.rota, now))
    on_duty.push_back(
        json::object{{"person", duty.person}, {"name", duty.name}, {"role", duty.role}, {"crew", duty.crew}});
  auto const firing = reader.one<std::int64_t>("select count(*) from alert where state = 'firing'");
  return http::Reply::json(json::object{{"incidents", incidents(reader, now)},
                                        {"tasks", {{"mine", mine.open}, {"overdue", mine.overdue}}},
                                        {"alerts", {{"firing", firing.value_or(0)}}},
                                        {"availability", std::move(availability)},
                                        {"clauses", sources.compliance.counts(reader)},
                                        {"on_duty", std::move(on_duty)}});
}

}  // namespace

void overview_routes(http::Router& router, Sources const& sources) {
  auto route = make_route(http::Method::get, "/api/v1/overview", "getOverview", "overview", "overview.read",
                          "How the organisation's operations stand");
  sources.access.gate().read(
      router, std::move(route),
      [&sources](access::Call const& call, store::Reader& reader) { return answer(sources, call, reader); });
}

}  // namespace yunzhi::app

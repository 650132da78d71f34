// The published processes: their drawings and names, and what goes on at their steps.

#include "app/routes/routes.hpp"
#include "base/text/whole_number.hpp"
#include "process/durable/activity.hpp"

namespace yunzhi::app {
namespace {

json::value or_null(std::optional<std::string> const& text) {
  return text ? json::value(*text) : json::value(nullptr);
}

constexpr std::int64_t most_days = 366;

Result<http::Reply> answer_activity(Sources const& sources, access::Call const& call, store::Reader& reader) {
  std::int64_t days = 30;
  if (auto const given = call.request.parameter("days")) {
    days = whole_number(*given).value_or(0);
    if (days < 1 || days > most_days)
      return refuse(Why::invalid, "days", "must be a whole number from 1 to {}", most_days);
  }
  auto const id =
      reader.one<std::string>("select id from process_definition where id = :id", call.request.capture("id"));
  if (!id) return access::not_found();
  auto const since = sources.store.clock()() - std::chrono::hours(24 * days);
  auto const found = process::activity(reader, *id, since);
  json::array steps;
  for (auto const& step : found.steps)
    steps.push_back(json::object{{"element", step.element},
                                 {"open", step.open},
                                 {"done", step.done},
                                 {"average_ms", step.average.count()},
                                 {"longest_ms", step.longest.count()}});
  return http::Reply::json(json::object{{"since", format_instant(since)},
                                        {"running", found.running},
                                        {"troubled", found.troubled},
                                        {"steps", std::move(steps)}});
}

void activity_route(http::Router& router, Sources const& sources) {
  auto looking = make_route(http::Method::get, "/api/v1/processes/{id}/activity", "getProcessActivity",
                            "processes", "process.operate",
                            "What waits at each step of a version now, and how long it took over some days");
  looking.operation.parameters = {
      {"days", "How many days back, 30 when absent", json::object{{"type", "integer"}}, false}};
  looking.operation.response = {
      {"type", "object"},
      {"properties", {{"running", {{"type", "integer"}}}, {"steps", {{"type", "array"}}}}},
      {"required", json::array{"since", "running", "steps"}}};
  sources.access.gate().read(router, std::move(looking),
                             [&sources](access::Call const& call, store::Reader& reader) {
                               return answer_activity(sources, call, reader);
                             });
}

/// "<process>.<element>" to its name; what a language lacks keeps the name it was drawn with.
void names_route(http::Router& router, Sources const& sources) {
  auto naming =
      make_route(http::Method::get, "/api/v1/processes/names", "listProcessNames", "processes",
                 "process.read", "Names of processes and their elements in the language of the reader");
  sources.access.gate().read(
      router, std::move(naming), [&sources](access::Call const& call, store::Reader&) -> Result<http::Reply> {
        auto const found =
            sources.pack.words.find("process." + std::string(call.request.language()) + ".json");
        return http::Reply::json(found == sources.pack.words.end() ? json::object{} : found->second);
      });
}

}  // namespace

void process_routes(http::Router& router, Sources const& sources) {
  auto& gate = sources.access.gate();
  auto listing = make_route(http::Method::get, "/api/v1/processes", "listProcesses", "processes",
                            "process.read", "Deployed processes, newest version first");
  gate.read(router, std::move(listing),
            [&sources](access::Call const&, store::Reader& reader) -> Result<http::Reply> {
              json::array items;
              std::vector<std::string> people;
              for (auto const& row : sources.processes.definitions().list(reader)) {
                if (row.published_by) people.push_back(*row.published_by);
                items.push_back(json::object{{"id", row.id},
                                             {"key", row.key},
                                             {"version", row.version},
                                             {"name", row.name},
                                             {"record_kind", row.record_kind},
                                             {"deployed_at", format_instant(row.deployed_at)},
                                             {"active", row.active},
                                             {"tag", or_null(row.tag)},
                                             {"published_by", or_null(row.published_by)},
                                             {"reason", or_null(row.reason)}});
              }
              json::object labels;
              for (auto const& [id, name] : access::names_of(reader, people)) labels[id] = name;
              return http::Reply::json(json::object{
                  {"items", std::move(items)}, {"next", nullptr}, {"labels", std::move(labels)}});
            });
  auto drawing = make_route(http::Method::get, "/api/v1/processes/{id}/xml", "getProcessXml", "processes",
                            "process.read", "The BPMN file of one version");
  drawing.operation.response = {{"type", "string"}};
  drawing.operation.response_type = "application/xml";
  gate.read(router, std::move(drawing),
            [&sources](access::Call const& call, store::Reader& reader) -> Result<http::Reply> {
              auto const known = reader.one<std::string>("select id from process_definition where id = :id",
                                                         call.request.capture("id"));
              if (!known) return access::not_found();
              return http::Reply::text(sources.processes.definitions().get(reader, *known)->xml,
                                       "application/xml");
            });
  names_route(router, sources);
  activity_route(router, sources);
}

}  // namespace yunzhi::app

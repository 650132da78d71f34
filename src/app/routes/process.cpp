// The deployed processes, their drawings and names, and what is wrong with one that is being drawn.
#include <charconv>

#include "app/routes/routes.hpp"
#include "base/limits.hpp"
#include "http/words.hpp"
#include "process/model/definition.hpp"

namespace yunzhi::app {
namespace {

std::string sentence(Fault const& fault, http::Request const& request) {
  return request.words == nullptr ? fault.english() : request.words->sentence(fault, request.language());
}

/// A fault stands at "line:column" of the file; zeros when it concerns the whole.
json::object problem_json(Fault const& fault, http::Request const& request) {
  std::int64_t line = 0;
  std::int64_t column = 0;
  if (auto const colon = fault.field.find(':'); colon != std::string::npos) {
    std::from_chars(fault.field.data(), fault.field.data() + colon, line);
    std::from_chars(fault.field.data() + colon + 1, fault.field.data() + fault.field.size(), column);
  }
  return {{"line", line}, {"column", column}, {"detail", sentence(fault, request)}};
}

/// Nothing is stored: the file is read as publishing would read it.
Result<http::Reply> answer_check(access::Call const& call, store::Reader& /*reader*/) {
  json::array problems;
  if (auto const definition = process::read_definition(call.request.body); definition.has_error())
    for (auto const& fault : definition.error().faults) problems.push_back(problem_json(fault, call.request));
  return http::Reply::json(json::object{{"problems", std::move(problems)}});
}

void check_route(http::Router& router, access::Gate& gate) {
  auto checking = make_route(http::Method::post, "/api/v1/processes/check", "checkProcess", "processes",
                             "process.read", "What keeps a BPMN file from running, with line and column");
  checking.operation.request = {{"type", "string"}};
  checking.operation.request_type = "application/xml";
  checking.operation.response = {{"type", "object"},
                                 {"properties", {{"problems", {{"type", "array"}}}}},
                                 {"required", json::array{"problems"}}};
  checking.body_limit = limits::bpmn_bytes;
  gate.read(router, std::move(checking), answer_check);
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
              for (auto const& row : sources.processes.definitions().list(reader))
                items.push_back(json::object{{"id", row.id},
                                             {"key", row.key},
                                             {"version", row.version},
                                             {"name", row.name},
                                             {"record_kind", row.record_kind},
                                             {"deployed_at", format_instant(row.deployed_at)},
                                             {"active", row.active}});
              return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
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
  check_route(router, gate);
}

}  // namespace yunzhi::app

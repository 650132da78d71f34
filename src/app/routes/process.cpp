// The deployed processes and their drawings.
#include "app/routes/routes.hpp"

namespace yunzhi::app {

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
}

}  // namespace yunzhi::app

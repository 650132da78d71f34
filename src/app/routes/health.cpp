// Liveness, readiness, the server's own figures, and the description of the programming interface.
#include <fstream>

#include "app/routes/routes.hpp"

namespace yunzhi::app {
namespace {

http::Handler plain(std::function<http::Reply(http::Request const&)> answer) {
  return [answer = std::move(answer)](http::Request const& request, http::Respond const& respond) {
    respond(answer(request));
  };
}

std::string memory_line() {
  std::ifstream file("/proc/self/statm");
  long pages = 0;
  long resident = 0;
  file >> pages >> resident;
  return "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes " +
         std::to_string(resident * 4096) + "\n";
}

}  // namespace

http::Route make_route(http::Method method, std::string path, std::string id, std::string tag,
                       std::string permission, std::string summary) {
  return http::make_route(method, std::move(path),
                          {.id = std::move(id),
                           .tag = std::move(tag),
                           .summary = std::move(summary),
                           .permission = std::move(permission),
                           .response = {{"type", "object"}}});
}

void health_routes(http::Router& router, Sources const& sources) {
  auto live = make_route(http::Method::get, "/health/live", "getLive", "health", "", "The process runs");
  live.runs = http::Runs::on_loop;
  live.handler = plain([](http::Request const&) {
    return http::Reply::json(json::object{{"status", "live"}});
  });
  router.add(std::move(live));

  auto ready =
      make_route(http::Method::get, "/health/ready", "getReady", "health", "", "The database answers");
  ready.handler = plain([&sources](http::Request const& request) {
    try {
      sources.store.read([](store::Reader& reader) {
        return reader.one<std::int64_t>("select count(*) from organisation");
      });
      return http::Reply::json(json::object{{"status", "ready"}});
    } catch (std::exception const&) {
      return http::Reply::problem(refuse(Why::busy, "", "the database does not answer"), request);
    }
  });
  router.add(std::move(ready));

  auto metrics =
      make_route(http::Method::get, "/metrics", "getMetrics", "health", "",
                 "The server's own figures for a Prometheus scraper; to this machine, or with monitor.query");
  metrics.operation.response = {{"type", "string"}};
  metrics.operation.response_type = "text/plain";
  metrics.handler = plain([&sources](http::Request const& request) {
    bool const local = request.remote == "127.0.0.1" || request.remote == "::1";
    if (!local) {
      auto const admitted = sources.access.gate().admit(request, "monitor.query");
      if (admitted.has_error()) return http::Reply::problem(admitted.error(), request);
    }
    auto const stats = sources.monitor.stats();
    return http::Reply::text(sources.metrics.text() + memory_line() +
                                 "# TYPE yunzhi_sessions gauge\nyunzhi_sessions " +
                                 std::to_string(sources.access.sessions().count()) +
                                 "\n# TYPE yunzhi_monitor_series gauge\nyunzhi_monitor_series " +
                                 std::to_string(stats.series) + "\n",
                             "text/plain; version=0.0.4; charset=utf-8");
  });
  router.add(std::move(metrics));
}

void openapi_routes(http::Router& router) {
  auto document = make_route(http::Method::get, "/openapi.json", "getOpenapi", "health", "", "This document");
  auto text = std::make_shared<std::string>();
  document.handler =
      plain([text](http::Request const&) { return http::Reply::text(*text, "application/json"); });
  router.add(std::move(document));
  *text = json::serialize(http::openapi(router, "Yunzhi 运制", YUNZHI_VERSION));
}

}  // namespace yunzhi::app

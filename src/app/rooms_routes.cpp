// Every route of the product, and the server that has them.
#include "app/rooms.hpp"
#include "embedded/web.hpp"
#include "http/assets.hpp"
#include "monitor/logs_api.hpp"
#include "monitor/prometheus_api.hpp"
#include "monitor/push_api.hpp"

namespace yunzhi::app {

void House::Rooms::make_routes() {
  auto& gate = access->gate();
  access->add_routes(router);
  record::routes(router, gate, *records);
  compliance->routes(router, gate);
  duties->routes(router, gate);
  record::Surroundings surroundings{
      modules, [this](std::string_view role) { return access->roles().known(role); },
      [this](std::string_view action) {
        return action == "notify" || action == "escalate" || actions.contains(action);
      }};
  sources = std::unique_ptr<Sources>(new Sources{configuration, *store, *access, pack, *compliance, *monitor,
                                                 *notifier, *processes, metrics, rota, *availability_report,
                                                 *availability, std::move(surroundings)});
  health_routes(router, *sources);
  availability_routes(router, *sources);
  overview_routes(router, *sources);
  ledger_routes(router, *sources);
  process_routes(router, *sources);
  publication_routes(router, *sources);
  version_routes(router, *sources);
  notification_routes(router, *sources);
  monitor_routes(router, *sources);
  on_call_routes(router, *sources);
  maintenance_routes(router, *sources);
  alert_routes(router, *sources, *alert_desk, *alert_test);
  watch::rule_routes(router, gate, *own_rules);
  watch::board_routes(router, gate, access->roles());
  auto const guard = [&gate](std::string const& permission) -> monitor::Guard {
    return [&gate, permission](http::Handler inside) -> http::Handler {
      return [&gate, permission, inside = std::move(inside)](http::Request const& request,
                                                             http::Respond respond) {
        auto const admitted = gate.admit(request, permission);
        if (admitted.has_error()) return respond(http::Reply::problem(admitted.error(), request));
        inside(request, std::move(respond));
      };
    };
  };
  monitor::routes(router, *monitor, guard("monitor.query"), "/prometheus", "monitor.query");
  monitor::push_routes(router, *monitor, guard("monitor.push"), "/prometheus", "monitor.push");
  monitor::alertmanager_routes(router, *monitor, {guard("monitor.push"), "monitor.push"},
                               {guard("monitor.query"), "monitor.query"}, "/prometheus",
                               [this](std::vector<monitor::Alert> const&) { return quiet_alerts(*store); });
  monitor::log_routes(router, *monitor, {guard("monitor.push"), "monitor.push"},
                      {guard("monitor.query"), "monitor.query"}, "/prometheus");
  silence_routes(router, gate, *kernel);
  openapi_routes(router);
}

Result<> House::Rooms::serve() {
  auto const listen = parse_listen(configuration.listen);
  if (listen.has_error()) return listen.error();
  http::ServerOptions options;
  options.host = listen->first;
  options.port = listen->second;
  options.certificate_file = configuration.certificate_file;
  options.key_file = configuration.key_file;
  server = std::make_unique<http::Server>(options, router, http::serve_assets(embedded::web()));
  for (auto const* language : {"zh-CN", "zh-TW"}) server->words(language, problem_words(pack, language));
  server->observe([this](http::Served const& served) { metrics.count(served); });
  return server->start();
}

}  // namespace yunzhi::app

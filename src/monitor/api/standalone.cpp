#include "monitor/standalone.hpp"

#include <fstream>

#include <sodium.h>
#include <unistd.h>

#include "monitor/api/form.hpp"
#include "monitor/export.hpp"
#include "monitor/push_api.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t export_bytes = std::size_t{256} << 20;

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void add_gauge(std::string& text, std::string_view name, std::string_view type, double value) {
  text += "# TYPE " + std::string(name) + ' ' + std::string(type) + '\n';
  text += std::string(name) + ' ' + std::to_string(value) + '\n';
}

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  double resident = 0;
  file >> pages >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

http::Route get_route(std::string path, std::string id, std::string summary,
                      std::function<http::Reply()> answer) {
  http::Route route;
  route.path = std::move(path);
  route.operation.id = std::move(id);
  route.operation.tag = "health";
  route.operation.summary = std::move(summary);
  route.operation.response = {{"type", "string"}};
  route.operation.response_type = "text/plain";
  route.handler = [answer = std::move(answer)](http::Request const&, http::Respond const& respond) {
    respond(answer());
  };
  return route;
}

http::Reply plain(std::string text) {
  return http::Reply::text(std::move(text), "text/plain; charset=utf-8");
}

json::object head_status(DatabaseStats const& stats) {
  return {{"headStats",
           {{"numSeries", stats.series},
            {"chunkBytes", stats.head_bytes},
            {"minTime", stats.first},
            {"maxTime", stats.last}}},
          {"blocks", stats.blocks},
          {"blockBytes", stats.block_bytes},
          {"damagedBlocks", stats.damaged_blocks},
          {"lostLogBytes", stats.wal.lost_bytes}};
}

http::Reply refused(Refusal const& refusal) {
  auto const text = refusal.english();
  return http::Reply::json(json::object{{"status", "error"}, {"errorType", "bad_data"}, {"error", text}},
                           400);
}

struct Selection {
  std::vector<std::vector<Matcher>> selectors;
  Instant from;
  Instant to;
};

Result<Selection> selection_of(Form const& form) {
  auto const from = form.instant("start", from_ms(0));
  if (!from) return from.error();
  auto const to = form.instant("end", from_ms(INT64_MAX / 2));
  if (!to) return to.error();
  Selection result{{}, *from, *to};
  for (auto const& match : form.all("match[]")) {
    auto matchers = parse_selector(match);
    if (!matchers) return matchers.error();
    result.selectors.push_back(std::move(*matchers));
  }
  if (result.selectors.empty()) return refuse(Why::invalid, "match[]", "at least one match[] is needed");
  return result;
}

void add_guarded(http::Router& router, Guard const& guard, http::Route route,
                 std::function<http::Reply(Form const&)> answer) {
  route.handler = [answer = std::move(answer)](http::Request const& request, http::Respond const& respond) {
    respond(answer(Form(request)));
  };
  if (guard) route.handler = guard(route.handler);
  router.add(std::move(route));
}

// As Prometheus has it: POST or PUT /api/v1/admin/tsdb/delete_series?match[]=…
void add_deletion(http::Router& router, Monitor& monitor, Guard const& guard) {
  auto route = get_route("/api/v1/admin/tsdb/delete_series", "monitorDeleteSeries", "Deletes samples", {});
  route.method = http::Method::post;
  add_guarded(router, guard, std::move(route), [&monitor](Form const& form) {
    auto const selection = selection_of(form);
    if (!selection) return refused(selection.error());
    for (auto const& matchers : selection->selectors) monitor.erase(matchers, selection->from, selection->to);
    return http::Reply::empty(204);
  });
}

void add_export(http::Router& router, Monitor& monitor, Guard const& guard) {
  add_guarded(
      router, guard, get_route("/api/v1/export/prometheus", "monitorExport", "Samples as text", {}),
      [&monitor](Form const& form) {
        auto const selection = selection_of(form);
        if (!selection) return refused(selection.error());
        std::string text;
        bool whole = true;
        for (auto const& matchers : selection->selectors) {
          auto const take = [&](Labels const& labels, Samples const& samples) {
            put_export_lines(text, labels, samples);
            whole = text.size() <= export_bytes;
            return whole;
          };
          monitor.source().select(matchers, to_ms(selection->from), to_ms(selection->to), take);
        }
        if (!whole)
          return refused(refuse(Why::too_large, "", "the export is longer than {} bytes", export_bytes));
        return plain(std::move(text));
      });
}

}  // namespace

Guard bearer_guard(std::string token) {
  if (token.empty()) return {};
  return [token = std::move(token)](http::Handler handler) -> http::Handler {
    return [token, handler = std::move(handler)](http::Request const& request, http::Respond respond) {
      auto const given = request.header("authorization");
      constexpr std::string_view scheme = "Bearer ";
      if (given.starts_with(scheme) && same_secret(given.substr(scheme.size()), token))
        return handler(request, std::move(respond));
      respond(http::Reply::problem(refuse(Why::unauthenticated, "Authorization", "a bearer token is needed"),
                                   request)
                  .with("WWW-Authenticate", "Bearer"));
    };
  };
}

std::string own_metrics(Monitor const& monitor) {
  auto const stats = monitor.stats();
  std::string text;
  auto number = [](auto value) { return static_cast<double>(value); };
  add_gauge(text, "yunzhi_monitor_series", "gauge", number(stats.series));
  add_gauge(text, "yunzhi_monitor_head_bytes", "gauge", number(stats.head_bytes));
  add_gauge(text, "yunzhi_monitor_blocks", "gauge", number(stats.blocks));
  add_gauge(text, "yunzhi_monitor_block_bytes", "gauge", number(stats.block_bytes));
  add_gauge(text, "yunzhi_monitor_damaged_blocks", "gauge", number(stats.damaged_blocks));
  add_gauge(text, "yunzhi_monitor_log_lost_bytes", "gauge", number(stats.wal.lost_bytes));
  add_gauge(text, "process_resident_memory_bytes", "gauge", resident_bytes());
  return text;
}

void standalone_routes(http::Router& router, Monitor& monitor, std::string const& token) {
  auto const guard = bearer_guard(token);
  routes(router, monitor, guard, "");
  push_routes(router, monitor, guard, "");
  add_deletion(router, monitor, guard);
  add_export(router, monitor, guard);
  for (auto const* path : {"/-/ready", "/-/healthy"}) {
    auto route = get_route(path, std::string("monitor") + (path + 3), "The engine answers",
                           [] { return plain("Yunzhi monitor is ready.\n"); });
    route.runs = http::Runs::on_loop;
    router.add(std::move(route));
  }
  auto metrics = get_route("/metrics", "monitorMetrics", "The engine's own figures",
                           [&monitor] { return plain(own_metrics(monitor)); });
  if (guard) metrics.handler = guard(metrics.handler);
  router.add(std::move(metrics));
  auto status = get_route("/api/v1/status/tsdb", "prometheusStore", "The store's figures", [&monitor] {
    return http::Reply::json(json::object{{"status", "success"}, {"data", head_status(monitor.stats())}});
  });
  if (guard) status.handler = guard(status.handler);
  router.add(std::move(status));
}

}  // namespace yunzhi::monitor

#include "monitor/standalone.hpp"

#include <fstream>
#include <map>
#include <tuple>

#include <sodium.h>
#include <unistd.h>

#include "monitor/api/form.hpp"
#include "monitor/export.hpp"
#include "monitor/logs_api.hpp"
#include "monitor/push_api.hpp"
#include "monitor/query/expression.hpp"
#include "monitor/query/format.hpp"
#include "monitor/silences_api.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t export_bytes = std::size_t{256} << 20;
constexpr char const* exposition_type = "text/plain; version=0.0.4; charset=utf-8";

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void add_gauge(std::string& text, std::string_view name, std::string_view type, double value) {
  text += "# TYPE " + std::string(name) + ' ' + std::string(type) + '\n';
  text += std::string(name) + ' ' + format_number(value) + '\n';
}

void add_sent_on(std::string& text, Monitor const& monitor) {
  using Counts = RemoteWriter::Counts;
  constexpr std::tuple<std::string_view, std::string_view, std::uint64_t Counts::*> figures[] = {
      {"yunzhi_monitor_samples_sent_on_total", "counter", &Counts::sent},
      {"yunzhi_monitor_samples_given_up_total", "counter", &Counts::given_up},
      {"yunzhi_monitor_samples_to_send", "gauge", &Counts::waiting}};
  auto const all = monitor.sent_on();
  for (auto const& [name, type, figure] : figures) {
    if (!all.empty()) text += "# TYPE " + std::string(name) + ' ' + std::string(type) + '\n';
    for (auto const& [url, counts] : all)
      text += std::string(name) + "{url=" + go_quoted(url) + "} " + std::to_string(counts.*figure) + '\n';
  }
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
  auto const logs = monitor.log_stats();
  add_gauge(text, "yunzhi_monitor_log_store_lines", "gauge", number(logs.lines));
  add_gauge(text, "yunzhi_monitor_log_store_bytes", "gauge", number(logs.bytes));
  add_gauge(text, "yunzhi_monitor_log_store_lost_bytes", "gauge", number(logs.lost_bytes));
  add_gauge(text, "yunzhi_monitor_log_store_damaged_blocks", "gauge", number(logs.damaged_blocks));
  add_sent_on(text, monitor);
  add_gauge(text, "process_resident_memory_bytes", "gauge", resident_bytes());
  return text;
}

namespace {

void add_health(http::Router& router) {
  for (auto const& [path, answer] : {std::pair{"/-/ready", "Yunzhi monitor is ready.\n"},
                                     std::pair{"/-/healthy", "Yunzhi monitor is healthy.\n"}}) {
    auto route = get_route(path, std::string("monitor") + (path + 3), "The engine answers",
                           [answer = std::string(answer)] { return plain(answer); });
    route.runs = http::Runs::on_loop;
    router.add(std::move(route));
  }
}

void add_reload(http::Router& router, Monitor& monitor, Guard const& guard) {
  auto route = get_route("/-/reload", "monitorReload", "Reads the rule files again", {});
  route.method = http::Method::post;
  add_guarded(router, guard, std::move(route), [&monitor](Form const&) {
    if (auto const done = monitor.reload_rules(); !done) return refused(done.error());
    return plain("");
  });
}

// The newest sample of each series that has not ended, as one server tells it to another.
// prometheus.io/docs/prometheus/latest/federation
http::Reply federated(Monitor const& monitor, Form const& form, Labels const& external) {
  constexpr std::int64_t lookback_ms = 300'000;
  std::map<Labels, Sample> newest;
  auto const now = to_ms(monitor.now());
  for (auto const& match : form.all("match[]")) {
    auto const matchers = parse_selector(match);
    if (!matchers) return refused(matchers.error());
    monitor.source().select(*matchers, now - lookback_ms, now, [&](Labels const& labels, Samples& samples) {
      if (!is_stale(samples.back().value)) newest[labels] = samples.back();
      return true;
    });
  }
  std::string text;
  std::string_view last;
  for (auto const& [labels, sample] : newest) {
    auto const name = labels.get(name_label);
    if (name != last) text += "# TYPE " + std::string(name) + " untyped\n";
    last = name;
    auto told = labels;
    add_external(told, external);
    put_export_lines(text, told, {sample});
  }
  return http::Reply::text(std::move(text), exposition_type);
}

AskQuiet quiet_by(Silences const* silences, Monitor const& monitor) {
  if (silences == nullptr) return {};
  return [silences, &monitor](std::vector<Alert> const& alerts) {
    std::map<std::string, Quiet> found;
    for (auto const& alert : alerts)
      if (auto ids = silences->of(alert.labels, monitor.now()); !ids.empty())
        found[alert.fingerprint].silenced_by = std::move(ids);
    return found;
  };
}

}  // namespace

void standalone_routes(http::Router& router, Monitor& monitor, std::string const& token,
                       ServerFacts const& facts, Labels const& external) {
  auto const guard = bearer_guard(token);
  routes(router, monitor, guard, "", "", facts);
  push_routes(router, monitor, guard, "");
  log_routes(router, monitor, {guard, ""}, {guard, ""});
  alertmanager_routes(router, monitor, {guard, ""}, {guard, ""}, "", quiet_by(facts.silences, monitor));
  if (facts.silences != nullptr)
    silence_routes(
        router, *facts.silences, [&monitor] { return monitor.now(); }, guard);
  add_deletion(router, monitor, guard);
  add_export(router, monitor, guard);
  add_health(router);
  add_reload(router, monitor, guard);
  add_guarded(router, guard, get_route("/federate", "monitorFederate", "The newest samples, as text", {}),
              [&monitor, external](Form const& form) { return federated(monitor, form, external); });
  add_guarded(router, guard, get_route("/metrics", "monitorMetrics", "The engine's own figures", {}),
              [&monitor](Form const&) { return http::Reply::text(own_metrics(monitor), exposition_type); });
}

}  // namespace yunzhi::monitor

// `yunzhi monitor serve`: the monitoring engine without the product, until a signal ends it.
#include <memory>

#include "app/command/monitor_commands.hpp"
#include "app/configuration.hpp"
#include "http/server.hpp"
#include "monitor/discovery.hpp"
#include "monitor/prometheus_configuration.hpp"
#include "monitor/sending.hpp"
#include "monitor/standalone.hpp"

namespace yunzhi::app {
namespace {

struct Options {
  std::string data = "monitor-data";
  std::string listen = "127.0.0.1:9090";
  std::string configuration;
  std::string token_file;
  std::size_t retention_days = 30;
  std::uint64_t retention_bytes = 0;
  std::size_t series_limit = 2'000'000;
  bool sync_each_append = false;
  std::string logs;
  std::vector<std::string> syslog;
};

Result<std::string> token_in(std::string const& file) {
  if (file.empty()) return std::string();
  auto token = read_text(file);
  if (!token) return token.error();
  while (!token->empty() && (token->back() == '\n' || token->back() == '\r')) token->pop_back();
  if (token->empty()) return refuse(Why::invalid, file, "the file with the token is empty");
  return token;
}

bool is_loopback(std::string const& host) {
  return host == "127.0.0.1" || host == "::1" || host == "localhost";
}

std::map<std::string, std::string> flags_of(Options const& options, monitor::Options const& engine) {
  auto const seconds = [](auto duration) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(duration).count()) + "s";
  };
  return {{"config.file", options.configuration},
          {"web.listen-address", options.listen},
          {"storage.tsdb.path", options.data},
          {"storage.tsdb.retention.time", std::to_string(options.retention_days) + "d"},
          {"storage.tsdb.retention.size", std::to_string(options.retention_bytes) + "B"},
          {"query.timeout", seconds(engine.query_limits.time)},
          {"query.max-samples", std::to_string(engine.query_limits.samples)},
          {"query.lookback-delta", seconds(Milliseconds{engine.query_limits.lookback_ms})}};
}

// What the file says, and further places as "udp:127.0.0.1:5514".
Result<monitor::LogOptions> log_options(Options const& options) {
  monitor::LogOptions logs;
  if (!options.logs.empty()) {
    auto const read = read_log_configuration(options.logs, logs);
    if (!read) return read.error();
  }
  for (auto const& text : options.syslog) {
    auto const colon = std::min(text.find(':'), text.size() - 1);
    auto const place = parse_syslog(text.substr(0, colon), text.substr(colon + 1));
    if (!place) return place.error();
    logs.syslog.push_back(*place);
  }
  return logs;
}

Result<monitor::Options> engine_options(Options const& options, monitor::PrometheusConfiguration& found,
                                        std::shared_ptr<monitor::Discovery>& discovery) {
  monitor::Options engine;
  engine.folder = options.data;
  engine.retention = std::chrono::hours(24 * options.retention_days);
  engine.retention_bytes = options.retention_bytes;
  engine.series_limit = options.series_limit;
  engine.sync_each_append = options.sync_each_append;
  auto logs = log_options(options);
  if (!logs) return logs.error();
  engine.logs = std::move(*logs);
  if (options.configuration.empty()) return engine;
  auto read = monitor::read_prometheus_configuration(options.configuration);
  if (!read) return read.error();
  for (auto const& warning : read->warnings) std::fprintf(stderr, "%s\n", warning.c_str());
  engine.scrape_interval = read->scrape_interval;
  engine.scrape_limits.timeout = read->scrape_timeout;
  engine.rule_interval = read->evaluation_interval;
  // What a subquery takes that names no step, as in Prometheus.
  engine.query_limits.subquery_step_ms = read->evaluation_interval.count();
  engine.rule_query_offset = read->rule_query_offset;
  engine.rule_files = read->rule_files;
  engine.remote_writes = read->remote_writes;
  engine.reading = read->reading;
  engine.exemplars = read->exemplars;
  engine.external_labels = read->external_labels;
  discovery = std::make_shared<monitor::Discovery>(read->jobs);
  engine.targets = [discovery] { return discovery->targets(); };
  found = std::move(*read);
  return engine;
}

int serve(Options const& options) {
  auto const token = token_in(options.token_file);
  if (!token) return fail(token.error());
  auto const listen = parse_listen(options.listen);
  if (!listen) return fail(listen.error());
  if (token->empty() && !is_loopback(listen->first))
    std::fprintf(stderr, "everybody who reaches %s may read and write; --token-file would change that\n",
                 options.listen.c_str());
  block_signals();
  std::shared_ptr<monitor::Discovery> discovery;
  monitor::PrometheusConfiguration configuration;
  auto engine = engine_options(options, configuration, discovery);
  if (!engine) return fail(engine.error());
  monitor::ServerFacts facts;
  facts.configuration = configuration.text;
  facts.flags = flags_of(options, *engine);
  auto opened = monitor::Monitor::open(std::move(*engine));
  if (!opened) return fail(opened.error());
  auto& monitor = **opened;
  monitor::Silences silences(std::filesystem::path(options.data) / "silences.json");
  facts.silences = &silences;
  auto const is_silent = [&silences](monitor::Labels const& labels) {
    return !silences.of(labels, wall_clock()).empty();
  };
  std::unique_ptr<monitor::AlertSender> sender;
  if (!configuration.alertmanagers.empty()) {
    auto const heard = [&monitor, is_silent] {
      auto alerts = monitor.alerts();
      std::erase_if(alerts, [&](monitor::Alert const& alert) { return is_silent(alert.labels); });
      return alerts;
    };
    sender = std::make_unique<monitor::AlertSender>(monitor::AlertSenderOptions{
        configuration.alertmanagers, configuration.external_labels, configuration.alert_relabel, heard});
    // That something is over is said even in silence: it was perhaps told before the silence began.
    monitor.on_change([&sender, is_silent](monitor::AlertChange const& change) {
      if (change.state == monitor::AlertState::resolved || !is_silent(change.labels)) sender->take(change);
    });
    facts.alertmanagers = [&sender] { return sender->listed(); };
  }
  http::Router router;
  monitor::standalone_routes(router, monitor, *token, facts, configuration.external_labels);
  http::ServerOptions server_options;
  server_options.host = listen->first;
  server_options.port = listen->second;
  http::Server server(server_options, router, {});
  if (auto const started = server.start(); !started) return fail(started.error());
  monitor.start();
  std::printf("http://%s:%u\n", listen->first.c_str(), static_cast<unsigned>(server.port()));
  std::fflush(stdout);
  auto const result = wait_for_signal();
  server.stop();
  monitor.stop();
  return result;
}

}  // namespace

void add_monitor_serve(CLI::App& monitor, Act& chosen) {
  auto options = std::make_shared<Options>();
  auto* command =
      monitor.add_subcommand("serve", "Run the monitoring engine alone, with Prometheus' HTTP API");
  command->add_option("--data", options->data, "Folder of the series")->capture_default_str();
  command->add_option("--listen", options->listen, "HOST:PORT to serve at")->capture_default_str();
  command->add_option("--config", options->configuration, "A Prometheus configuration file");
  command->add_option("--token-file", options->token_file,
                      "File with the bearer token that requests must carry");
  command->add_option("--retention-days", options->retention_days)->capture_default_str();
  command->add_option("--retention-bytes", options->retention_bytes, "Of all blocks; 0: no bound")
      ->capture_default_str();
  command->add_option("--series-limit", options->series_limit)->capture_default_str();
  command->add_flag("--sync-each-append", options->sync_each_append,
                    "Acknowledge samples when the disk has them, not each second");
  command->add_option(
      "--logs", options->logs,
      "TOML file with the tables logs, syslog and log_patterns of the product's configuration");
  command->add_option(
      "--syslog", options->syslog,
      "udp:HOST:PORT or tcp:HOST:PORT to take syslog at; TLS is set up in the file of --logs");
  command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

}  // namespace yunzhi::app

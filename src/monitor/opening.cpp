// The engine comes to be: its parts made of the options, and tied to each other.
#include <algorithm>

#include "monitor/alert/rule_evaluation.hpp"
#include "monitor/inside.hpp"

namespace yunzhi::monitor {

Result<std::unique_ptr<Monitor>> Monitor::open(Options options) {
  auto groups = read_rules(options.rule_files);
  if (!groups) return groups.error();
  auto inside = std::make_unique<Inside>(std::move(options));
  auto const& given = inside->options;
  DatabaseOptions store;
  store.folder = given.folder;
  store.retention = given.retention;
  store.series_limit = given.series_limit;
  store.retention_bytes = given.retention_bytes;
  store.sync_each_append = given.sync_each_append;
  auto database = Database::open(std::move(store));
  if (!database) return database.error();
  inside->database = std::move(*database);
  auto logs = Logs::open(given.logs, given.folder / "logs", given.clock);
  if (!logs) return logs.error();
  inside->logs = std::move(*logs);
  auto syslog = SyslogServer::open(given.logs, *inside->logs, given.clock);
  if (!syslog) return syslog.error();
  inside->syslog = std::move(*syslog);
  if (!given.reading.empty())
    inside->joined = std::make_unique<JoinedSource>(*inside->database, given.reading, given.external_labels);
  for (auto const& destination : given.remote_writes)
    inside->writers.push_back(std::make_unique<RemoteWriter>(destination, given.external_labels));
  auto* self = inside.get();
  AlertEngineOptions engine;
  engine.state_file = given.folder / "alerts.json";
  engine.interval = given.rule_interval;
  engine.query_offset = given.rule_query_offset;
  engine.limits = given.query_limits;
  // What rules write touches no rules: a group that reads its own results would run without a pause.
  engine.store = [self](std::vector<Point> const& points) {
    self->database->append(points);
    for (auto const& writer : self->writers) writer->take(points);
  };
  inside->engine = std::make_unique<AlertEngine>(inside->reads(), std::move(engine));
  inside->file_rules = std::move(*groups);
  inside->given_rules = given.given_rules;
  inside->set_rules();
  inside->engine->on_change([self](AlertChange const& change) { self->tell_house(change); });
  inside->received = std::make_unique<ReceivedAlerts>(given.folder / "received_alerts.json");
  ScraperOptions scraper;
  scraper.clock = given.clock;
  scraper.interval = given.scrape_interval;
  scraper.limits = given.scrape_limits;
  scraper.limits.timeout = std::min(scraper.limits.timeout, given.scrape_interval);
  scraper.targets = given.targets;
  scraper.commit = [self](std::vector<Point> const& points) { self->commit(points); };
  scraper.keep_exemplars = [self](std::vector<SeriesExemplar> exemplars) {
    for (auto& each : exemplars) self->exemplars.add(std::move(each));
  };
  inside->scraper = std::make_unique<Scraper>(std::move(scraper));
  return std::unique_ptr<Monitor>(new Monitor(std::move(inside)));
}

}  // namespace yunzhi::monitor

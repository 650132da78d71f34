// The monitoring, whom it tells, and who watches it.
#include <filesystem>

#include "app/availability/planned_work.hpp"
#include "app/rooms.hpp"
#include "app/watched_systems.hpp"
#include "base/log.hpp"
#include "monitor/prometheus_configuration.hpp"
#include "notify/post.hpp"

namespace yunzhi::app {
namespace {

// What stands in the file beside the other servers would be scraped and evaluated by nobody.
Result<> read_remotes(std::string const& file, monitor::Options& options) {
  if (file.empty()) return {};
  auto read = monitor::read_prometheus_configuration(file);
  if (read.has_error()) return read.error();
  if (!read->jobs.empty() || !read->rule_files.empty() || !read->alertmanagers.empty())
    return refuse(Why::invalid, file,
                  "only remote_write, remote_read, storage and global.external_labels have effect here");
  for (auto const& warning : read->warnings) log::warning("monitor.without_effect", {{"what", warning}});
  options.remote_writes = std::move(read->remote_writes);
  options.reading = std::move(read->reading);
  options.external_labels = std::move(read->external_labels);
  options.exemplars = read->exemplars;
  return {};
}

}  // namespace

Result<> House::Rooms::open_monitor() {
  monitor::Options options;
  options.folder = std::filesystem::path(configuration.data) / "series";
  options.retention = configuration.retention;
  options.scrape_interval = configuration.scrape_interval;
  options.rule_interval = configuration.scrape_interval;
  options.targets = [this] {
    return watched_systems(*store, {pack.settings.targets, configuration.exporters});
  };
  options.logs = configuration.logs;
  if (auto read = read_remotes(configuration.prometheus_file, options); read.has_error()) return read;
  options.rule_files = lay_rules(pack, std::filesystem::path(configuration.data) / "rules");
  options.given_rules = store->read([](store::Reader& reader) { return watch::active_rules(reader); });
  auto opened = monitor::Monitor::open(std::move(options));
  if (opened.has_error()) return opened.error();
  monitor = std::move(*opened);
  own_rules = std::make_unique<watch::OwnRules>(*monitor);
  make_availability();
  alert_test = std::make_unique<AlertTestFire>(
      AlertTestFire::Parts{*monitor, *alert_teller, *alert_escalation, *alert_receivers, pack.escalations,
                           notifier->channels(), rota, window_calendar_of(pack)});
  make_engine_watch();
  monitor->on_change([this](monitor::AlertChange const& change) {
    alert_desk->take(change);
    hub.publish({"alert",
                 json::object{{"fingerprint", change.fingerprint}, {"state", monitor::name_of(change.state)}},
                 {},
                 "alert.read",
                 "",
                 ""});
  });
  auto const signals = [this](std::string const& expression,
                              Instant at) -> Result<std::vector<regulation::Sample>> {
    auto const answer = monitor->query(expression, at);
    if (answer.has_error()) return answer.error();
    std::vector<regulation::Sample> samples;
    for (auto const& series : answer->series) {
      regulation::Sample sample;
      for (auto const& [name, value] : series.labels) sample.labels[name] = value;
      if (!series.samples.empty()) sample.value = series.samples.back().value;
      samples.push_back(std::move(sample));
    }
    return samples;
  };
  compliance =
      std::make_unique<regulation::Compliance>(*store, pack, signals, [this](std::string const& clause) {
        hub.publish({"clause", json::object{{"id", clause}}, {}, "clause.read", "", ""});
      });
  return {};
}

void House::Rooms::make_availability() {
  auto interval = configuration.scrape_interval;
  for (auto const& one : pack.settings.targets) interval = std::max(interval, one.interval);
  // A target that is asked seldom stands for itself until it is asked again, and once more for a late answer.
  auto const lookback = interval * 3;
  watch_keeper = std::make_unique<WatchKeeper>(
      *store,
      [this, lookback](std::string_view query, Instant from, Instant to, Milliseconds step) {
        monitor::QueryWishes wishes;
        wishes.lookback = lookback;
        return monitor->query_range(query, from, to, step, wishes);
      },
      configuration.scrape_interval);
  availability_report =
      std::make_unique<AvailabilityReport>(pack.availability, planned_work(window_calendar_of(pack)));
  availability = std::make_unique<AvailabilityBoard>(*store, *availability_report);
}

void House::Rooms::make_engine_watch() {
  EngineWatchOptions options;
  options.interval = configuration.scrape_interval;
  options.pulse = [this] { return monitor->pulse(); };
  options.tell = [this](record::Message const& message) {
    auto const done = store->write([&](store::Edit& edit) -> Result<> {
      auto const chiefs = access::holders(edit, access::supervisor);
      send(edit, chiefs, message);
      edit.record({"system:monitor", "monitor.watch", "monitor", json::object{{"said", message.title}}, ""});
      return {};
    });
    return done.has_value();
  };
  if (!configuration.heartbeat_url.empty())
    options.heartbeat = [url = configuration.heartbeat_url] {
      constexpr long timeout_ms = 10'000;
      return notify::post({url, {}, {}}, timeout_ms);
    };
  engine_watch = std::make_unique<EngineWatch>(std::move(options));
}

}  // namespace yunzhi::app

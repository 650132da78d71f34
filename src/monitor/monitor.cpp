#include "monitor/monitor.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/log.hpp"
#include "monitor/alert/rule_evaluation.hpp"
#include "monitor/log/syslog_server.hpp"
#include "monitor/query/selectors.hpp"
#include "monitor/reading/remote_source.hpp"

namespace yunzhi::monitor {
namespace {

constexpr Milliseconds sync_interval{1'000};
constexpr Milliseconds upkeep_interval{30'000};
constexpr Milliseconds longest_wait{1'000};

QueryLimits narrowed(QueryLimits limits, QueryWishes const& wishes, RunningQueries::Entry const& entry) {
  if (wishes.timeout.count() > 0)
    limits.time = std::min<std::chrono::milliseconds>(limits.time, wishes.timeout);
  if (wishes.lookback.count() > 0) limits.lookback_ms = wishes.lookback.count();
  limits.resolution = wishes.resolution;
  limits.cancelled = entry.ended();
  return limits;
}

// Labels that cannot be read name no series and are left out.
std::vector<Point> points_of(Incoming const& incoming) {
  std::vector<Point> points;
  points.reserve(incoming.samples.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < incoming.series.size(); ++i) {
    auto const count = incoming.series[i].count;
    if (auto const labels = incoming.labels(i))
      for (std::size_t at = next; at < next + count; ++at) points.push_back({*labels, incoming.samples[at]});
    next += count;
  }
  return points;
}

template <class Work>
auto unless_full(Work const& work) -> Result<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (std::system_error const& problem) {
    if (problem.code() != std::errc::no_space_on_device) throw;
    return refuse(Why::full, "", "there is no room left on the disk");
  }
}

}  // namespace

struct Monitor::Inside {
  explicit Inside(Options given) : options(std::move(given)) {}

  // Called by the scraper for each scrape, and by append().
  Appended commit(std::span<Point const> points) {
    auto result = database->append(points);
    stored_at = options.clock();
    for (auto const& writer : writers) writer->take(points);
    std::set<std::string, std::less<>> metrics;
    for (auto const& point : points) {
      auto const name = point.labels.get(name_label);
      if (!metrics.contains(name)) metrics.emplace(name);
    }
    tell(metrics);
    return result;
  }

  Appended commit(Incoming const& incoming) {
    std::set<std::string, std::less<>> metrics;
    auto result = database->append(incoming, &metrics);
    if (!writers.empty()) {
      auto const points = points_of(incoming);
      for (auto const& writer : writers) writer->take(points);
    }
    tell(metrics);
    return result;
  }

  // Rules that read these metrics are due at once.
  void tell(std::set<std::string, std::less<>> const& metrics) {
    engine->touch(metrics);
    wake_rules();
  }

  void wake_rules() {
    {
      std::lock_guard const lock(guard);
      woken = true;
    }
    wake.notify_all();
  }

  // After a start, alerts wait until every target was tried once: otherwise those of targets not yet asked
  // would seem resolved after a longer stop.
  bool may_evaluate() {
    if (settled) return true;
    settled = !options.targets || scraper->every_target_tried() ||
              options.clock() > started_at + options.scrape_limits.timeout + Milliseconds{1'000};
    return settled;
  }

  void evaluate() {
    try {
      engine->run(options.clock());
      evaluated_at = options.clock();
    } catch (std::exception const& problem) {
      log::error("monitor.rules_not_evaluated", {{"reason", problem.what()}});
    }
  }

  void tell_house(AlertChange const& change) {
    std::unique_lock lock(guard);
    auto const told_to = listeners;
    lock.unlock();
    for (auto const& listener : told_to) listener(change);
  }

  // One that fails is told again at the next turn.
  void tell_received() {
    received->expire(options.clock());
    for (auto const& change : received->news()) try {
        tell_house(change);
        received->told(change);
      } catch (std::exception const& problem) {
        log::error("monitor.alert_not_told", {{"alert", change.name}, {"reason", problem.what()}});
      }
    received->forget_told();
  }

  void rules_loop() {
    while (true) {
      {
        std::unique_lock lock(guard);
        auto const next = engine->next_due();
        auto const now = options.clock();
        auto const wait = next <= now ? Milliseconds{0} : std::min(longest_wait, next - now);
        wake.wait_for(lock, wait, [this] { return stopping || woken; });
        if (stopping) return;
        woken = false;
      }
      tell_received();
      if (may_evaluate()) {
        evaluate();
      } else {
        std::unique_lock lock(guard);
        wake.wait_for(lock, longest_wait / 4, [this] { return stopping; });
      }
    }
  }

  void upkeep_loop() {
    auto next_upkeep = std::chrono::steady_clock::now() + upkeep_interval;
    std::unique_lock lock(guard);
    while (!wake_upkeep.wait_for(lock, sync_interval, [this] { return stopping; })) {
      lock.unlock();
      try {
        database->sync();
        database->shorten_log();
        if (std::chrono::steady_clock::now() >= next_upkeep) {
          database->maintain(options.clock());
          next_upkeep = std::chrono::steady_clock::now() + upkeep_interval;
        }
      } catch (std::exception const& problem) {
        log::error("monitor.upkeep_failed", {{"reason", problem.what()}});
      }
      lock.lock();
    }
  }

  void count_logs() {
    auto const points = logs->points(options.scrape_interval);
    if (!points.empty()) commit(points);
  }

  // Beside the series' upkeep, which may take long: rates need counters without gaps.
  void logs_loop() {
    auto const begun = std::chrono::steady_clock::now();
    auto next_count = begun + options.scrape_interval;
    auto next_upkeep = begun + upkeep_interval;
    std::unique_lock lock(guard);
    while (!wake_upkeep.wait_for(lock, std::min(sync_interval, options.scrape_interval),
                                 [this] { return stopping; })) {
      lock.unlock();
      try {
        logs->sync();
        auto const now = std::chrono::steady_clock::now();
        if (now >= next_count) {
          next_count = std::max(next_count + options.scrape_interval, now);
          count_logs();
        }
        if (now >= next_upkeep) {
          next_upkeep = now + upkeep_interval;
          logs->maintain();
        }
      } catch (std::exception const& problem) {
        log::error("monitor.logs_upkeep_failed", {{"reason", problem.what()}});
      }
      lock.lock();
    }
  }

  // What queries and rules read.
  [[nodiscard]] Source const& reads() const {
    if (joined) return *joined;
    return *database;
  }

  void set_rules() {
    auto groups = file_rules;
    groups.insert(groups.end(), given_rules.begin(), given_rules.end());
    engine->set_rules(std::move(groups));
  }

  Options const options;
  std::mutex changing_rules;  ///< over the next two
  std::vector<RuleGroup> file_rules;
  std::vector<RuleGroup> given_rules;
  std::vector<std::unique_ptr<RemoteWriter>> writers;
  std::unique_ptr<Database> database;
  std::unique_ptr<JoinedSource> joined;  ///< when there are other servers to read from
  ExemplarRing exemplars{options.exemplars};
  std::unique_ptr<AlertEngine> engine;
  std::unique_ptr<ReceivedAlerts> received;
  std::vector<AlertEngine::Listener> listeners;
  std::unique_ptr<Scraper> scraper;
  std::unique_ptr<Logs> logs;
  std::unique_ptr<SyslogServer> syslog;
  RunningQueries running;
  std::mutex guard;
  std::condition_variable wake;
  std::condition_variable wake_upkeep;
  bool woken = false;
  bool stopping = false;
  bool settled = false;
  Instant started_at{};
  std::atomic<Instant> evaluated_at{Instant{}};
  std::atomic<Instant> stored_at{Instant{}};
  std::thread rules;
  std::thread upkeep;
  std::thread logs_keeper;
};

Monitor::Monitor(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Monitor::~Monitor() {
  stop();
}

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

void Monitor::start() {
  if (inside_->rules.joinable()) return;
  inside_->stopping = false;
  inside_->started_at = inside_->options.clock();
  inside_->evaluated_at = inside_->stored_at = inside_->started_at;
  inside_->scraper->start();
  inside_->rules = std::thread([inside = inside_.get()] { inside->rules_loop(); });
  inside_->upkeep = std::thread([inside = inside_.get()] { inside->upkeep_loop(); });
  inside_->logs_keeper = std::thread([inside = inside_.get()] { inside->logs_loop(); });
  inside_->syslog->start();
}

void Monitor::stop() {
  {
    std::lock_guard const lock(inside_->guard);
    inside_->stopping = true;
  }
  inside_->wake.notify_all();
  inside_->wake_upkeep.notify_all();
  inside_->scraper->stop();
  inside_->syslog->stop();
  if (inside_->rules.joinable()) inside_->rules.join();
  if (inside_->upkeep.joinable()) inside_->upkeep.join();
  bool const counted = inside_->logs_keeper.joinable();
  if (counted) inside_->logs_keeper.join();
  try {
    if (counted) inside_->count_logs();
    inside_->logs->sync();
    inside_->database->sync();
    inside_->database->shorten_log(0);
  } catch (std::exception const& problem) {
    log::error("monitor.not_synced", {{"reason", problem.what()}});
  }
}

Result<Appended> Monitor::append(std::span<Point const> points) {
  return unless_full([&] { return inside_->commit(points); });
}

Result<Appended> Monitor::append(Incoming const& incoming) {
  return unless_full([&] { return inside_->commit(incoming); });
}

KeyMaker const& Monitor::keys() const {
  return inside_->database->keys();
}

void Monitor::add_metadata(Metadata const& metadata) {
  inside_->scraper->add_metadata(metadata);
}

Result<QueryResult> Monitor::query(std::string_view expression, Instant at, QueryWishes const& wishes) const {
  auto const entry = inside_->running.add(expression, inside_->options.clock());
  return run_instant(inside_->reads(), expression, to_ms(at),
                     narrowed(inside_->options.query_limits, wishes, *entry));
}

Result<QueryResult> Monitor::query_range(std::string_view expression, Instant from, Instant to,
                                         Milliseconds step, QueryWishes const& wishes) const {
  auto const entry = inside_->running.add(expression, inside_->options.clock());
  return run_range(inside_->reads(), expression, {to_ms(from), to_ms(to), step.count()},
                   narrowed(inside_->options.query_limits, wishes, *entry));
}

Result<PlanNode> Monitor::explain(std::string_view expression, Grid const& grid) const {
  auto const query = parse_query(expression);
  if (!query) return query.error();
  return monitor::explain(inside_->reads(), **query, grid, inside_->options.query_limits);
}

Result<std::vector<AlertChange>> Monitor::preview(std::string const& rule, Instant from, Instant to,
                                                  Milliseconds step) const {
  auto const parsed = parse_rule(rule);
  if (!parsed) return parsed.error();
  return monitor::preview(inside_->reads(), *parsed, from, to, step, inside_->options.query_limits);
}

std::vector<RunningQuery> Monitor::running_queries() const {
  return inside_->running.list();
}

bool Monitor::end_query(std::uint64_t number) {
  return inside_->running.end(number);
}

std::vector<Labels> Monitor::series(std::span<Matcher const> matchers, Instant from, Instant to) const {
  return inside_->database->series(matchers, to_ms(from), to_ms(to));
}

Result<std::vector<Labels>> Monitor::all_series(std::span<Matcher const> matchers, Instant from,
                                                Instant to) const {
  auto found = series(matchers, from, to);
  if (!inside_->joined) return found;
  return unless_source_fails<std::vector<Labels>>([&]() -> Result<std::vector<Labels>> {
    inside_->joined->add_series(matchers, to_ms(from), to_ms(to), found);
    return std::move(found);
  });
}

std::size_t Monitor::add_exemplars(std::vector<SeriesExemplar> exemplars) {
  std::size_t kept = 0;
  for (auto& each : exemplars) kept += inside_->exemplars.add(std::move(each)) ? 1 : 0;
  return kept;
}

Result<std::vector<SeriesExemplars>> Monitor::exemplars(std::string_view expression, Instant from,
                                                        Instant to) const {
  auto const query = parse_query(expression);
  if (!query) return query.error();
  std::vector<std::vector<Matcher>> matchers;
  for (auto const* selector : selectors_of(**query)) matchers.push_back(selector->matchers);
  return inside_->exemplars.select(matchers, to_ms(from), to_ms(to));
}

Result<> Monitor::receive(std::vector<SentAlert> alerts) {
  std::set<Labels> own;
  for (auto const& alert : inside_->engine->alerts()) own.insert(alert.labels);
  std::erase_if(alerts, [&](SentAlert const& each) { return own.contains(each.labels); });
  if (auto taken = inside_->received->take(alerts, inside_->options.clock()); !taken) return taken;
  inside_->wake_rules();
  return {};
}

Result<> Monitor::take_logs(std::span<LogLine const> lines) {
  return unless_full([&] { inside_->logs->take(lines); });
}

Result<LogPage> Monitor::search_logs(LogQuestion const& question) const {
  return inside_->logs->search(question);
}

LogStoreStats Monitor::log_stats() const {
  return inside_->logs->stats();
}

std::vector<std::uint16_t> Monitor::syslog_ports() const {
  return inside_->syslog->ports();
}

std::vector<Alert> Monitor::alerts() const {
  auto all = inside_->engine->alerts();
  auto others = inside_->received->alerts();
  std::move(others.begin(), others.end(), std::back_inserter(all));
  return all;
}

std::vector<RuleStatus> Monitor::rules() const {
  return inside_->engine->rules();
}

std::vector<TargetStatus> Monitor::targets() const {
  return inside_->scraper->status();
}

Metadata Monitor::metadata() const {
  return inside_->scraper->metadata();
}

DatabaseStats Monitor::stats() const {
  return inside_->database->stats();
}

Result<> Monitor::reload_rules() {
  auto groups = read_rules(inside_->options.rule_files);
  if (!groups) return groups.error();
  std::lock_guard const lock(inside_->changing_rules);
  inside_->file_rules = std::move(*groups);
  inside_->set_rules();
  return {};
}

void Monitor::give_rules(std::vector<RuleGroup> groups) {
  {
    std::lock_guard const lock(inside_->changing_rules);
    inside_->given_rules = std::move(groups);
    inside_->set_rules();
  }
  inside_->wake_rules();
}

void Monitor::on_change(std::function<void(AlertChange const&)> listener) {
  std::lock_guard const lock(inside_->guard);
  inside_->listeners.push_back(std::move(listener));
}

Source const& Monitor::source() const {
  return *inside_->database;
}

std::size_t Monitor::erase(std::span<Matcher const> matchers, Instant from, Instant to) {
  return inside_->database->erase(matchers, to_ms(from), to_ms(to));
}

void Monitor::evaluate() {
  inside_->tell_received();
  inside_->evaluate();
}

void Monitor::count_logs() {
  inside_->count_logs();
}

void Monitor::maintain() {
  inside_->database->maintain(inside_->options.clock());
  inside_->logs->maintain();
}

Pulse Monitor::pulse() const {
  return {inside_->evaluated_at, inside_->stored_at, !inside_->scraper->status().empty()};
}

Milliseconds Monitor::scrape_interval() const {
  return inside_->options.scrape_interval;
}

Instant Monitor::now() const {
  return inside_->options.clock();
}

Milliseconds Monitor::scrape_timeout() const {
  return inside_->options.scrape_limits.timeout;
}

Milliseconds Monitor::retention() const {
  return inside_->options.retention;
}

std::vector<std::pair<std::string, RemoteWriter::Counts>> Monitor::sent_on() const {
  std::vector<std::pair<std::string, RemoteWriter::Counts>> all;
  for (auto const& writer : inside_->writers) all.emplace_back(writer->url(), writer->counts());
  return all;
}

}  // namespace yunzhi::monitor

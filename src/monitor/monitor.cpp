#include "monitor/monitor.hpp"

#include <algorithm>
#include <system_error>

#include "monitor/alert/rule_evaluation.hpp"
#include "monitor/inside.hpp"
#include "monitor/query/selectors.hpp"

namespace yunzhi::monitor {
namespace {

QueryLimits narrowed(QueryLimits limits, QueryWishes const& wishes, RunningQueries::Entry const& entry) {
  if (wishes.timeout.count() > 0)
    limits.time = std::min<std::chrono::milliseconds>(limits.time, wishes.timeout);
  if (wishes.lookback.count() > 0) limits.lookback_ms = wishes.lookback.count();
  limits.resolution = wishes.resolution;
  limits.cancelled = entry.ended();
  return limits;
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

Monitor::Monitor(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Monitor::~Monitor() {
  stop();
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

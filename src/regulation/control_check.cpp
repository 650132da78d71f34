#include "regulation/control_check.hpp"

#include "base/log.hpp"

namespace yunzhi::regulation {
namespace {

using store::Storage;

constexpr std::size_t evidence_kept = 100;
constexpr Milliseconds query_time{2000};

// The bound parameters in the order the query names them.
store::Values bounds(std::string const& sql, Instant since, Instant now) {
  auto const since_at = sql.find(":since");
  auto const now_at = sql.find(":now");
  store::Values values;
  if (since_at < now_at && since_at != std::string::npos) values.emplace_back(to_ms(since));
  if (now_at != std::string::npos) values.emplace_back(to_ms(now));
  if (since_at != std::string::npos && since_at > now_at) values.emplace_back(to_ms(since));
  return values;
}

std::string text_in(store::Value const& value) {
  auto const* text = std::get_if<std::string>(&value);
  return text == nullptr ? std::string() : *text;
}

void check_records(Control const& control, store::Reader& reader, Instant now, Outcome& outcome) {
  reader.limit(query_time);
  auto const since = now - std::chrono::days{control.period_days};
  auto const count = [&](std::string const& sql, std::string const& from) {
    auto const rows = reader.select(from, std::vector{Storage::integer}, bounds(sql, since, now));
    return rows.empty() ? 0 : std::get<std::int64_t>(rows.front().front());
  };
  outcome.expected = count(control.expected, control.expected);
  auto const& sql = control.violations;
  // sql: the query is the pack's; check_evidence_sql keeps it to the evidence views, and what it reads is
  // bound.
  outcome.violations = count(sql, "select count(*) from (" + sql + ") as found");
  if (outcome.violations == 0) return;
  constexpr Storage columns[] = {Storage::text, Storage::text, Storage::text, Storage::integer,
                                 Storage::text};
  for (auto const& row :
       reader.select("select id, kind, title, at, note from (" + sql + ") as found order by at desc limit " +
                         std::to_string(evidence_kept),
                     columns, bounds(sql, since, now))) {
    Violation violation{text_in(row[0]), text_in(row[1]), text_in(row[2]), text_in(row[4]), std::nullopt};
    if (auto const* at = std::get_if<std::int64_t>(&row[3])) violation.at = from_ms(*at);
    outcome.evidence.push_back(std::move(violation));
  }
}

std::string title_of(Sample const& sample) {
  std::string title;
  for (auto const* name : {"instance", "job", "alertname", "mountpoint", "device"})
    if (auto const found = sample.labels.find(name); found != sample.labels.end())
      title += (title.empty() ? "" : " ") + found->second;
  return title.empty() ? "value " + std::to_string(sample.value) : title;
}

void check_signals(Control const& control, Signals const& signals, Instant now, Outcome& outcome) {
  auto const expected = signals(control.promql_expected, now);
  auto const violations = signals(control.promql_violations, now);
  if (expected.has_error() || violations.has_error()) {
    outcome.failure = (expected.has_error() ? expected.error() : violations.error()).english();
    return;
  }
  // Figures of a series may be no numbers at all, which cannot be counted.
  for (auto const& sample : *expected)
    if (sample.value >= 0 && sample.value < 1e15) outcome.expected += static_cast<std::int64_t>(sample.value);
  outcome.violations = static_cast<std::int64_t>(violations->size());
  for (auto const& sample : *violations) {
    if (outcome.evidence.size() >= evidence_kept) break;
    outcome.evidence.push_back({{}, "signal", title_of(sample), control.promql_violations, now});
  }
}

}  // namespace

Outcome check_control(Control const& control, store::Store& store, Signals const& signals, Instant now) {
  Outcome outcome;
  try {
    if (control.expected.empty())
      check_signals(control, signals, now, outcome);
    else
      store.read([&](store::Reader& reader) { check_records(control, reader, now, outcome); });
  } catch (std::exception const& thrown) {
    // A pack's query that fails must not stop the others; the clause shows why it has no evidence.
    log::warning("control.failed", {{"control", control.id}, {"reason", thrown.what()}});
    outcome.failure = thrown.what();
  }
  return outcome;
}

}  // namespace yunzhi::regulation

// Compares what a query gave with what a script expects of it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <re2/re2.h>

#include "monitor/query/format.hpp"
#include "monitor/query/script_case.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::int64_t minute_ms = 60'000;

bool same_number(double wanted, double got) {
  if (is_stale(wanted) || is_stale(got)) return is_stale(wanted) && is_stale(got);
  if (std::isnan(wanted) || std::isnan(got)) return std::isnan(wanted) && std::isnan(got);
  if (wanted == got) return true;
  double const apart = std::fabs(wanted - got);
  constexpr double least = std::numeric_limits<double>::min();
  if (wanted == 0 || got == 0 || std::fabs(wanted) + std::fabs(got) < least) return apart < 1e-6 * least;
  return apart / std::fmin(std::fabs(wanted) + std::fabs(got), std::numeric_limits<double>::max()) < 1e-6;
}

std::string shown(Labels const& labels, Samples const& samples) {
  auto result = labels.text();
  for (auto const& sample : samples)
    result += " " + format_number(sample.value) + "@" + std::to_string(sample.at);
  return result;
}

std::string difference(WrittenSeries const& series, Grid const& grid, Samples const& got) {
  std::size_t next = 0;
  for (std::size_t step = 0; step < series.points.size() && step < grid.count(); ++step) {
    auto const& point = series.points[step];
    if (point && is_histogram(*point)) return "native histograms are not supported";
    bool const has = next < got.size() && got[next].at == grid.at(step);
    if (point.has_value() != has) return has ? "a point too many" : "a point is missing";
    if (has && !same_number(*point, got[next].value)) return "another value than " + format_number(*point);
    if (has) ++next;
  }
  return next < got.size() ? "a point too many" : "";
}

std::string judge_series(ScriptCase const& wanted, Grid const& grid, std::vector<ResultSeries> const& got) {
  std::map<Labels, ResultSeries const*> found;
  for (auto const& series : got) found.emplace(series.labels, &series);
  for (std::size_t i = 0; i < wanted.series.size(); ++i) {
    auto const& series = wanted.series[i];
    auto const at = found.find(series.labels);
    bool const nothing =
        std::none_of(series.points.begin(), series.points.end(), [](auto const& p) { return p.has_value(); });
    if (at == found.end() && nothing) continue;
    if (at == found.end()) return "missing: " + series.labels.text();
    if (wanted.ordered && (i >= got.size() || got[i].labels != series.labels))
      return "out of order: " + series.labels.text();
    if (auto const apart = difference(series, grid, at->second->samples); !apart.empty())
      return apart + ": " + shown(series.labels, at->second->samples);
    found.erase(at);
  }
  if (!found.empty()) return "not expected: " + shown(found.begin()->first, found.begin()->second->samples);
  return {};
}

std::string judge_messages(std::string const& kind, std::vector<ExpectedMessage> const& wanted, bool none,
                           std::vector<Annotation> const& got) {
  if (none && !got.empty()) return "an unexpected " + kind + ": " + got.front().text;
  for (auto const& expected : wanted) {
    bool const met =
        std::any_of(got.begin(), got.end(), [&](auto const& each) { return expected.accepts(each.text); });
    if (!met) return "a missing " + kind + (expected.text.empty() ? "" : ": " + expected.text);
  }
  if (wanted.empty()) return {};
  for (auto const& annotation : got) {
    bool const known = std::any_of(wanted.begin(), wanted.end(),
                                   [&](auto const& each) { return each.accepts(annotation.text); });
    if (!known) return "an unexpected " + kind + ": " + annotation.text;
  }
  return {};
}

std::string judge_failure(ScriptCase const& wanted, Result<QueryResult> const& got) {
  if (got) return "it should fail";
  // With or without the place in the query.
  auto const message = got.error().faults.front().english();
  bool const met = wanted.failure.accepts(message) || wanted.failure.accepts(got.error().english());
  return met ? "" : "it fails otherwise: " + message;
}

std::string judge_value(ScriptCase const& wanted, QueryResult const& got) {
  if (wanted.text) {
    bool const same = got.type == ValueType::text && got.text == *wanted.text;
    return same ? "" : "another text: " + got.text;
  }
  if (wanted.matrix) {
    if (got.type != ValueType::matrix) return "it gives no range vector";
    return judge_series(wanted, *wanted.matrix, got.series);
  }
  if (wanted.scalar || got.type == ValueType::scalar) {
    if (!wanted.scalar || got.type != ValueType::scalar)
      return "it gives a " + std::string(name_of(got.type)) + ", not what is expected";
    return same_number(*wanted.scalar, got.scalar.value)
               ? ""
               : "another value: " + format_number(got.scalar.value);
  }
  if (!wanted.range && got.type != ValueType::vector) return "it gives a " + std::string(name_of(got.type));
  if (wanted.range) return judge_series(wanted, wanted.grid, got.series);
  auto series = got.series;
  for (auto& each : series) {
    for (auto& sample : each.samples) sample.at = wanted.grid.start;
  }
  return judge_series(wanted, wanted.grid, series);
}

// An instant query must give what the same query gives as one step among others.
std::string judge_as_range(ScriptCase const& wanted, Source const& source) {
  static RE2 const own_grid(R"((?i)\b(start|end|step|range)\s*\(\s*\))");
  bool const comparable = !wanted.range && !wanted.ordered && !wanted.text && !wanted.matrix;
  if (!comparable || RE2::PartialMatch(wanted.query, own_grid)) return {};
  auto const at = wanted.grid.start;
  auto got = run_range(source, wanted.query, {at - minute_ms, at + minute_ms, minute_ms});
  if (!got) return "as a range: " + got.error().english();
  std::vector<ResultSeries> middle;
  for (auto& series : got->series) {
    std::erase_if(series.samples, [at](Sample const& sample) { return sample.at != at; });
    if (!series.samples.empty()) middle.push_back(std::move(series));
  }
  std::string apart;
  if (wanted.scalar) {
    bool const same = middle.size() == 1 && same_number(*wanted.scalar, middle[0].samples[0].value);
    apart = same ? "" : "another value";
  } else {
    apart = judge_series(wanted, wanted.grid, middle);
  }
  return apart.empty() ? "" : "as a range: " + apart;
}

}  // namespace

std::string judge(ScriptCase const& wanted, Source const& source) {
  if (!wanted.unreadable.empty()) return wanted.unreadable;
  auto const got = wanted.range ? run_range(source, wanted.query, wanted.grid)
                                : run_instant(source, wanted.query, wanted.grid.start);
  if (wanted.fails) return judge_failure(wanted, got);
  if (!got) return got.error().english();
  auto apart = judge_messages("warning", wanted.warnings, wanted.no_warnings, got->annotations.warnings);
  if (apart.empty()) apart = judge_messages("remark", wanted.infos, wanted.no_infos, got->annotations.infos);
  if (apart.empty()) apart = judge_value(wanted, *got);
  if (apart.empty()) apart = judge_as_range(wanted, source);
  return apart;
}

}  // namespace yunzhi::monitor

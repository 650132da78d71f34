#include "monitor/query/script.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include <re2/re2.h>

#include "monitor/query/format.hpp"
#include "monitor/query/query.hpp"
#include "monitor/query/series_notation.hpp"
#include "monitor/query/token.hpp"
#include "monitor/series/memory_source.hpp"

namespace yunzhi::monitor {
namespace {

bool same_number(double wanted, double got) {
  if (is_stale(wanted) || is_stale(got)) return is_stale(wanted) && is_stale(got);
  if (std::isnan(wanted) || std::isnan(got)) return std::isnan(wanted) && std::isnan(got);
  if (wanted == got) return true;
  double const apart = std::fabs(wanted - got);
  constexpr double least = std::numeric_limits<double>::min();
  if (wanted == 0 || got == 0 || std::fabs(wanted) + std::fabs(got) < least) return apart < 1e-6 * least;
  return apart / std::fmin(std::fabs(wanted) + std::fabs(got), std::numeric_limits<double>::max()) < 1e-6;
}

std::string_view trimmed(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

struct Evaluation {
  std::size_t line = 0;
  bool range = false;
  Grid grid;
  std::string query;
  bool fails = false;
  std::string failure_pattern;
  bool ordered = false;
  std::optional<std::string> text;
  std::optional<double> scalar;
  std::vector<WrittenSeries> series;
};

std::string shown(Labels const& labels, Samples const& samples) {
  auto result = labels.text();
  for (auto const& sample : samples)
    result += " " + format_number(sample.value) + "@" + std::to_string(sample.at);
  return result;
}

// The first difference, or an empty text.
std::string difference(Evaluation const& wanted, WrittenSeries const& series, Samples const& got) {
  std::size_t next = 0;
  for (std::size_t step = 0; step < series.points.size() && step < wanted.grid.count(); ++step) {
    auto const at = wanted.grid.at(step);
    bool const has = next < got.size() && got[next].at == at;
    if (series.points[step].has_value() != has) return has ? "a point too many" : "a point is missing";
    if (has && !same_number(*series.points[step], got[next].value))
      return "another value than " + format_number(*series.points[step]);
    if (has) ++next;
  }
  return next < got.size() ? "a point too many" : "";
}

std::string judge_series(Evaluation const& wanted, QueryResult const& got) {
  std::map<Labels, ResultSeries const*> found;
  for (auto const& series : got.series) found.emplace(series.labels, &series);
  for (std::size_t i = 0; i < wanted.series.size(); ++i) {
    auto const& series = wanted.series[i];
    auto const at = found.find(series.labels);
    if (at == found.end()) return "missing: " + series.labels.text();
    if (wanted.ordered && (i >= got.series.size() || got.series[i].labels != series.labels))
      return "out of order: " + series.labels.text();
    Samples samples = at->second->samples;
    if (!wanted.range) {
      for (auto& sample : samples) sample.at = wanted.grid.start;
    }
    if (auto const apart = difference(wanted, series, samples); !apart.empty())
      return apart + ": " + shown(series.labels, samples);
    found.erase(at);
  }
  if (!found.empty()) return "not expected: " + shown(found.begin()->first, found.begin()->second->samples);
  return {};
}

class Script {
 public:
  explicit Script(std::string_view text) {
    while (!text.empty()) {
      auto const line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      auto const clean = trimmed(line);
      lines_.emplace_back(clean.starts_with('#') ? std::string_view() : clean);
    }
  }

  Result<ScriptReport> run() {
    while (at_ < lines_.size()) {
      auto const& line = lines_[at_];
      auto const word = lower(line.substr(0, line.find_first_of(" \t")));
      Result<> done;
      if (line.empty()) {
        ++at_;
      } else if (word == "clear") {
        source_.clear();
        ++at_;
      } else if (word == "load") {
        done = load();
      } else if (word.starts_with("eval")) {
        done = evaluate();
      } else {
        done = wrong("a line begins with load, eval or clear");
      }
      if (!done) return done.error();
    }
    return std::move(report_);
  }

 private:
  Refusal wrong(std::string_view text) {
    return refuse(Why::invalid, "line " + std::to_string(at_ + 1), text);
  }

  Result<> load() {
    auto const step = parse_promql_duration(trimmed(std::string_view(lines_[at_]).substr(4)));
    if (!step) return wrong("load takes a duration");
    for (++at_; at_ < lines_.size() && !lines_[at_].empty(); ++at_) {
      auto const series = parse_written_series(lines_[at_]);
      if (!series) return wrong("a series is malformed");
      for (std::size_t i = 0; i < series->points.size(); ++i) {
        if (series->points[i])
          source_.add(series->labels, {static_cast<std::int64_t>(i) * *step, *series->points[i]});
      }
    }
    return {};
  }

  Result<> header(Evaluation& evaluation) {
    std::string from;
    std::string to;
    std::string step;
    std::string at = "0";
    static RE2 const range_form(
        R"((?is)eval(?:_fail|_warn|_info)?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+))");
    static RE2 const instant_form(
        R"((?is)eval(?:_fail|_warn|_info|_ordered)?\s+instant\s+(?:at\s+(\S+)\s+)?(.+))");
    auto const& line = lines_[at_];
    evaluation.fails = lower(line).starts_with("eval_fail");
    evaluation.ordered = lower(line).starts_with("eval_ordered");
    evaluation.range = RE2::FullMatch(line, range_form, &from, &to, &step, &evaluation.query);
    if (!evaluation.range) {
      if (!RE2::FullMatch(line, instant_form, &at, &evaluation.query))
        return wrong("eval is instant at T or range from A to B step S");
      from = to = at.empty() ? "0" : at;
      step = "1s";
    }
    auto const start = moment(from);
    auto const end = moment(to);
    auto const width = moment(step);
    if (!start || !end || !width || *width <= 0) return wrong("eval has a malformed time");
    evaluation.grid = {*start, *end, *width};
    return {};
  }

  static std::optional<std::int64_t> moment(std::string const& text) {
    bool const minus = text.starts_with('-');
    auto const parsed = parse_promql_duration(std::string_view(text).substr(minus ? 1 : 0));
    if (parsed) return minus ? -*parsed : *parsed;
    double seconds = 0;
    if (!parse_number(text, seconds)) return std::nullopt;
    return std::llround(seconds * 1000);
  }

  Result<> expectation(Evaluation& evaluation) {
    std::string_view const line = lines_[at_];
    auto const word = lower(line);
    double number = 0;
    if (word.starts_with("expect fail")) {
      evaluation.fails = true;
      auto const pattern = line.find("regex:");
      if (pattern != line.npos) evaluation.failure_pattern = trimmed(line.substr(pattern + 6));
    } else if (word.starts_with("expect ordered")) {
      evaluation.ordered = true;
    } else if (word.starts_with("expect string ")) {
      auto const tokens = tokens_of(line.substr(14));
      if (!tokens) return wrong("expect string takes a text between quotes");
      evaluation.text = tokens->front().value;
    } else if (word.starts_with("expect")) {
      return {};  // remarks about warnings; this engine gives none
    } else if (parse_number(line, number)) {
      evaluation.scalar = number;
    } else {
      auto series = parse_written_series(line);
      if (!series) return wrong("a series is malformed");
      evaluation.series.push_back(std::move(*series));
    }
    return {};
  }

  Result<> evaluate() {
    Evaluation evaluation;
    evaluation.line = at_ + 1;
    if (auto done = header(evaluation); !done) return done;
    for (++at_; at_ < lines_.size() && !lines_[at_].empty(); ++at_) {
      if (auto done = expectation(evaluation); !done) return done;
    }
    auto const problem = judge(evaluation);
    if (problem.empty()) {
      ++report_.passed;
    } else {
      report_.failures.push_back("line " + std::to_string(evaluation.line) + ": " + evaluation.query + ": " +
                                 problem);
    }
    return {};
  }

  std::string judge(Evaluation const& wanted) {
    auto const got = wanted.range ? run_range(source_, wanted.query, wanted.grid)
                                  : run_instant(source_, wanted.query, wanted.grid.start);
    if (wanted.fails) {
      if (got) return "it should fail";
      bool const matches =
          wanted.failure_pattern.empty() || RE2::PartialMatch(got.error().english(), wanted.failure_pattern);
      return matches ? "" : "it fails otherwise: " + got.error().english();
    }
    if (!got) return got.error().english();
    if (wanted.text) return got->text == *wanted.text ? "" : "another text: " + got->text;
    if (wanted.scalar && got->type == ValueType::scalar) {
      return same_number(*wanted.scalar, got->scalar.value)
                 ? ""
                 : "another value: " + format_number(got->scalar.value);
    }
    return judge_series(wanted, *got);
  }

  std::vector<std::string> lines_;
  std::size_t at_ = 0;
  MemorySource source_;
  ScriptReport report_;
};

}  // namespace

Result<ScriptReport> run_script(std::string_view script) {
  return Script(script).run();
}

}  // namespace yunzhi::monitor

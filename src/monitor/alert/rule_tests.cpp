#include "monitor/alert/rule_tests.hpp"

#include <algorithm>
#include <cmath>

#include "monitor/alert/rule_evaluation.hpp"
#include "monitor/alert/rule_tests_file.hpp"
#include "monitor/query/format.hpp"
#include "monitor/series/matcher.hpp"
#include "monitor/series/memory_source.hpp"

namespace yunzhi::monitor {
namespace {

std::string shown(std::vector<ExpectedAlert> const& alerts) {
  std::string text = "[";
  for (auto const& alert : alerts) {
    text += (text.size() > 1 ? ", " : "") + alert.labels.text();
    for (auto const& [name, value] : alert.annotations) text += " " + name + "=" + go_quoted(value);
  }
  return text + "]";
}

// The nearest neighbours count as the same when the file asks for a fuzzy comparison, as promtool has it.
bool same_value(double wanted, double got, bool fuzzy) {
  if (std::isnan(wanted) && std::isnan(got)) return true;
  if (wanted == got) return true;
  return fuzzy && (std::nextafter(got, -HUGE_VAL) == wanted || std::nextafter(got, HUGE_VAL) == wanted);
}

class RuleTestRun {
 public:
  RuleTestRun(RuleTestFile const& file, RuleTest const& test, std::string name, RuleTestReport& report)
      : file_(file), test_(test), name_(std::move(name)), report_(report), given_(test.input.size()) {
    for (auto const& group : file.groups) {
      for (auto const& rule : group.rules) runs_.emplace_back(rule);
    }
  }

  void run() {
    std::int64_t last = 0;
    for (auto const& each : test_.alerts) last = std::max(last, each.at);
    for (auto const& each : test_.queries) last = std::max(last, each.at);
    auto const step = file_.evaluation_interval_ms;
    for (std::int64_t at = 0; at <= last; at += step) {
      load_until(test_.start_ms + at);
      if (!evaluate(test_.start_ms + at)) return;
      for (auto const& each : test_.alerts) {
        if (each.at >= at && each.at < at + step) judge(each);
      }
    }
    load_until(test_.start_ms + last);
    for (auto const& each : test_.queries) judge(each);
  }

 private:
  void fail(std::string const& text) { report_.failures.push_back(name_ + text); }

  // A rule sees no sample of its future.
  void load_until(std::int64_t now) {
    for (std::size_t i = 0; i < test_.input.size(); ++i) {
      auto const& series = test_.input[i];
      for (auto& next = given_[i]; next < series.points.size(); ++next) {
        auto const at = test_.start_ms + static_cast<std::int64_t>(next) * test_.interval_ms;
        if (at > now) break;
        auto const& point = series.points[next];
        if (point) source_.add(series.labels, {at, *point});
      }
    }
  }

  bool evaluate(std::int64_t now) {
    for (auto& run : runs_) {
      auto input = input_of(source_, run.rule(), from_ms(now), {});
      if (input) {
        input->external_labels = test_.external_labels;
        input->external_url = test_.external_url;
      }
      auto points = input ? run.step(*input, from_ms(now)) : Result<std::vector<Point>>(input.error());
      if (!points) {
        fail("rule " + run.rule().name + ", time " + format_duration(now) + ": " + points.error().english());
        return false;
      }
      for (auto const& point : *points) source_.add(point.labels, point.sample);
      for (auto const& news : run.news()) run.told(news);
    }
    return true;
  }

  void judge(AlertExpectation const& expected) {
    std::vector<ExpectedAlert> got;
    for (auto const& run : runs_) {
      if (run.rule().recording || run.rule().name != expected.alert) continue;
      for (auto const& alert : run.alerts()) {
        if (alert.state == AlertState::firing) got.push_back({alert.labels, alert.annotations});
      }
    }
    auto wanted = expected.firing;
    std::sort(got.begin(), got.end());
    std::sort(wanted.begin(), wanted.end());
    if (got == wanted) {
      ++report_.passed;
    } else {
      fail("alertname: " + expected.alert + ", time: " + format_duration(expected.at) +
           ", exp: " + shown(wanted) + ", got: " + shown(got));
    }
  }

  void judge(QueryExpectation const& expected) {
    auto const where =
        "expr: " + go_quoted(expected.query) + ", time: " + format_duration(expected.at) + ", ";
    auto const result = run_instant(source_, expected.query, test_.start_ms + expected.at);
    if (!result) return fail(where + "err: " + result.error().english());
    std::vector<std::pair<Labels, double>> got;
    if (result->type == ValueType::scalar) got.emplace_back(Labels{}, result->scalar.value);
    for (auto const& series : result->series) got.emplace_back(series.labels, series.samples.front().value);
    auto wanted = expected.samples;
    auto const by_labels = [](auto const& a, auto const& b) { return a.first < b.first; };
    std::sort(got.begin(), got.end(), by_labels);
    std::sort(wanted.begin(), wanted.end(), by_labels);
    bool const same =
        std::equal(got.begin(), got.end(), wanted.begin(), wanted.end(), [&](auto const& a, auto const& b) {
          return a.first == b.first && same_value(b.second, a.second, file_.fuzzy_compare);
        });
    if (same) {
      ++report_.passed;
    } else {
      fail(where + "exp: " + shown_samples(wanted) + ", got: " + shown_samples(got));
    }
  }

  static std::string shown_samples(std::vector<std::pair<Labels, double>> const& samples) {
    std::string text;
    for (auto const& [labels, value] : samples)
      text += (text.empty() ? "" : ", ") + labels.text() + " " + format_number(value);
    return text.empty() ? "nil" : text;
  }

  RuleTestFile const& file_;
  RuleTest const& test_;
  std::string const name_;
  RuleTestReport& report_;
  std::vector<std::size_t> given_;  // points of each series already loaded
  std::vector<RuleRun> runs_;
  MemorySource source_;
};

// Those whose name has one of the patterns somewhere; without patterns all, as promtool's --run.
Result<Matcher> chosen_names(std::vector<std::string> const& patterns) {
  std::string any;
  for (auto const& pattern : patterns) any += (any.empty() ? "" : "|") + pattern;
  return Matcher::make(Match::regex, "run", ".*(?:" + any + ").*");
}

}  // namespace

Result<RuleTestReport> run_rule_tests(std::filesystem::path const& path, RuleTestChoice const& choice) {
  auto const chosen = chosen_names(choice.names);
  if (!chosen) return chosen.error();
  auto const file = read_rule_tests(path, choice.unknown);
  if (!file) return file.error();
  RuleTestReport report;
  for (std::size_t i = 0; i < file->tests.size(); ++i) {
    auto const& test = file->tests[i];
    if (!chosen->accepts(test.name)) continue;
    auto const name = (test.name.empty() ? "test group " + std::to_string(i + 1) : test.name) + ": ";
    if (test.refused_line > 0) {
      report.refused.push_back(name + path.string() + ":" + std::to_string(test.refused_line) +
                               ": native histograms are not supported");
    } else {
      RuleTestRun(*file, test, name, report).run();
    }
  }
  return report;
}

}  // namespace yunzhi::monitor

#include "monitor/query/script.hpp"

#include <algorithm>

#include "monitor/query/script_case.hpp"
#include "monitor/query/token.hpp"
#include "monitor/series/memory_source.hpp"

namespace yunzhi::monitor {
namespace {

std::string_view trimmed(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
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
        unreadable_.clear();
        ++at_;
      } else if (word == "load" || word == "load_with_nhcb") {
        done = load(word.size());
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

  // An empty line ends a command, and so does a remark.
  [[nodiscard]] bool goes_on() const { return at_ < lines_.size() && !lines_[at_].empty(); }

  Result<> load(std::size_t word_length) {
    auto const step = script_moment(std::string(trimmed(std::string_view(lines_[at_]).substr(word_length))));
    if (!step || *step <= 0) return wrong("load takes a duration");
    for (++at_; goes_on(); ++at_) load_series(lines_[at_], *step);
    return {};
  }

  // Lines with start timestamps and histograms are read but not kept: evaluations that need them fail.
  void load_series(std::string const& line, std::int64_t step) {
    auto const end_of_labels = line.find("}@st");
    if (end_of_labels != line.npos || line.find("@st ") != line.npos) return;
    auto const series = parse_written_series(line);
    if (!series) {
      unreadable_ = "line " + std::to_string(at_ + 1) + " of the script cannot be loaded";
      return;
    }
    for (std::size_t i = 0; i < series->points.size(); ++i) {
      auto const& point = series->points[i];
      if (point && !is_histogram(*point))
        source_.add(series->labels, {static_cast<std::int64_t>(i) * step, *point});
    }
  }

  Result<> evaluate() {
    auto wanted = read_case(lines_[at_]);
    if (!wanted) return wrong("eval is instant at T or range from A to B step S");
    wanted->line = at_ + 1;
    for (++at_; goes_on(); ++at_) read_expectation(*wanted, lines_[at_]);
    auto const problem = unreadable_.empty() ? judge(*wanted, source_) : unreadable_;
    if (problem.empty()) {
      ++report_.passed;
    } else {
      report_.failures.push_back("line " + std::to_string(wanted->line) + ": " + wanted->query + ": " +
                                 problem);
    }
    return {};
  }

  std::vector<std::string> lines_;
  std::size_t at_ = 0;
  MemorySource source_;
  std::string unreadable_;
  ScriptReport report_;
};

}  // namespace

Result<ScriptReport> run_script(std::string_view script) {
  return Script(script).run();
}

}  // namespace yunzhi::monitor

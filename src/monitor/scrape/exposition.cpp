#include "monitor/scrape/exposition.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/text/utf8.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::int64_t past_ms = 86'400'000;
constexpr std::int64_t future_ms = 3'600'000;
constexpr std::size_t metadata_limit = 10'000;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

std::string_view take_until(std::string_view& text, std::string_view ends) {
  auto const length = std::min(text.find_first_of(ends), text.size());
  auto const part = text.substr(0, length);
  text.remove_prefix(length);
  return part;
}

class Lines {
 public:
  Lines(std::int64_t now, ScrapeLimits const& limits) : now_(now), limits_(limits) {}

  Result<Exposition> run(std::string_view text) {
    while (!text.empty()) {
      ++line_;
      auto line = take_until(text, "\n");
      if (!text.empty()) text.remove_prefix(1);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      skip_blanks(line);
      if (line.empty()) continue;
      if (line.front() == '#') {
        comment(line.substr(1));
      } else if (auto done = sample(line); !done) {
        return done.error();
      }
    }
    return std::move(result_);
  }

 private:
  template <class... A>
  Refusal wrong(std::string_view text, A const&... arguments) const {
    return refuse(Why::invalid, "line " + std::to_string(line_), text, arguments...);
  }

  // "# TYPE name counter", "# HELP name text"; everything else is a remark.
  void comment(std::string_view line) {
    skip_blanks(line);
    auto const word = take_until(line, " \t");
    skip_blanks(line);
    auto const name = take_until(line, " \t");
    skip_blanks(line);
    if ((word != "TYPE" && word != "HELP") || !is_metric_name(name) || name.size() > limits_.name_bytes)
      return;
    if (result_.metadata.size() >= metadata_limit || !valid_utf8(line)) return;
    auto& facts = result_.metadata[std::string(name)];
    (word == "TYPE" ? facts.type : facts.help) = line.substr(0, limits_.value_bytes);
  }

  Result<> sample(std::string_view line) {
    std::vector<Label> pairs;
    auto const name = take_until(line, " \t{");
    if (!is_metric_name(name)) return wrong("a line begins with a metric's name");
    if (name.size() > limits_.name_bytes) return wrong("a name is longer than {} bytes", limits_.name_bytes);
    pairs.emplace_back(name_label, name);
    skip_blanks(line);
    if (!line.empty() && line.front() == '{') {
      line.remove_prefix(1);
      if (auto done = labels(line, pairs); !done) return done;
    }
    Sample sample{now_, 0};
    if (auto done = numbers(line, sample); !done) return done;
    return keep(std::move(pairs), sample);
  }

  Result<> labels(std::string_view& line, std::vector<Label>& pairs) {
    for (skip_blanks(line); line.empty() || line.front() != '}'; skip_blanks(line)) {
      auto const name = take_until(line, "= \t");
      if (!is_label_name(name)) return wrong("a label's name is malformed");
      if (name.size() > limits_.name_bytes)
        return wrong("a name is longer than {} bytes", limits_.name_bytes);
      if (name == name_label) return wrong("the label __name__ is the metric's name and cannot be set");
      skip_blanks(line);
      if (line.empty() || line.front() != '=') return wrong("a label needs = and a text between quotes");
      line.remove_prefix(1);
      skip_blanks(line);
      std::string value;
      if (auto done = quoted_text(line, value); !done) return done;
      if (pairs.size() > limits_.labels) return wrong("a series has more than {} labels", limits_.labels);
      pairs.emplace_back(name, std::move(value));
      skip_blanks(line);
      if (!line.empty() && line.front() == ',') {
        line.remove_prefix(1);
      } else if (line.empty() || line.front() != '}') {
        return wrong("labels are separated by commas and end with a brace");
      }
    }
    line.remove_prefix(1);
    return {};
  }

  Result<> quoted_text(std::string_view& line, std::string& value) {
    if (line.empty() || line.front() != '"') return wrong("a label needs = and a text between quotes");
    line.remove_prefix(1);
    while (!line.empty() && line.front() != '"') {
      char c = line.front();
      line.remove_prefix(1);
      if (c == '\\' && !line.empty()) {
        c = line.front() == 'n' ? '\n' : line.front();
        line.remove_prefix(1);
      }
      value += c;
    }
    if (line.empty()) return wrong("a label's value has no closing quote");
    line.remove_prefix(1);
    if (value.size() > limits_.value_bytes)
      return wrong("a label's value is longer than {} bytes", limits_.value_bytes);
    if (!valid_utf8(value)) return wrong("a label's value is not valid UTF-8");
    return {};
  }

  Result<> numbers(std::string_view line, Sample& sample) {
    skip_blanks(line);
    auto const value = take_until(line, " \t");
    if (!parse_number(value, sample.value)) return wrong("a sample needs a number after its name and labels");
    skip_blanks(line);
    if (line.empty() || line.front() == '#') return {};  // a remark, or an exemplar, which is not kept
    auto const time = take_until(line, " \t");
    skip_blanks(line);
    if (!line.empty() && line.front() != '#') return wrong("there is text after the sample");
    auto const parsed = std::from_chars(time.data(), time.data() + time.size(), sample.at);
    if (parsed.ec != std::errc() || parsed.ptr != time.data() + time.size()) {
      return wrong("a sample's time is a whole number of milliseconds");
    }
    if (sample.at > now_ + future_ms || sample.at < now_ - past_ms)
      return wrong("a sample's time is too far from now");
    return {};
  }

  Result<> keep(std::vector<Label> pairs, Sample sample) {
    auto const given = pairs.size();
    auto const empty = static_cast<std::size_t>(
        std::count_if(pairs.begin(), pairs.end(), [](Label const& label) { return label.second.empty(); }));
    Labels labels(std::move(pairs));
    if (labels.size() + empty != given) return wrong("a label is given twice");
    if (!seen_.insert(labels).second) return wrong("the series {} comes twice", labels.text());
    if (result_.points.size() >= limits_.samples)
      return wrong("the target has more than {} samples", limits_.samples);
    result_.points.push_back({std::move(labels), sample});
    return {};
  }

  std::int64_t const now_;
  ScrapeLimits const& limits_;
  std::size_t line_ = 0;
  Exposition result_;
  std::unordered_set<Labels, LabelsHash> seen_;
};

}  // namespace

Result<Exposition> parse_exposition(std::string_view text, std::int64_t now, ScrapeLimits const& limits) {
  return Lines(now, limits).run(text);
}

}  // namespace yunzhi::monitor

#include "monitor/scrape/exposition.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/text/utf8.hpp"
#include "monitor/scrape/exposition_line.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::int64_t past_ms = 86'400'000;
constexpr std::int64_t future_ms = 3'600'000;
constexpr std::size_t metadata_limit = 10'000;

class Page {
 public:
  Page(std::int64_t now, ScrapeLimits const& limits, ExpositionFormat format)
      : now_(now), limits_(limits), format_(format) {}

  Result<Exposition> run(std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
      auto const line = take_line(text);
      if (line.empty()) continue;
      if (line.front() == '#') {
        if (format_ == ExpositionFormat::open_metrics && line == "# EOF") return std::move(result_);
        read_comment(line, metadata_limit, result_.metadata);
      } else if (auto done = sample(line); !done) {
        return at_line(number, done.error());
      }
    }
    if (format_ == ExpositionFormat::open_metrics)
      return refuse(Why::invalid, "", "the page ends without # EOF, so it was cut off");
    return std::move(result_);
  }

 private:
  Result<> sample(std::string_view line) {
    auto const parsed = split_line(line, format_);
    if (!parsed) return parsed.error();
    auto pairs = read_series(parsed->series);
    if (!pairs) return pairs.error();
    if (auto done = within_limits(*pairs); !done) return done;
    Sample const sample{parsed->at.value_or(now_), parsed->value};
    if (sample.at > now_ + future_ms || sample.at < now_ - past_ms)
      return refuse(Why::invalid, "", "a sample's time is too far from now");
    if (auto kept = keep(std::move(*pairs), sample); !kept || parsed->exemplar.empty()) return kept;
    auto exemplar = read_exemplar(parsed->exemplar, sample.at);
    if (!exemplar) return exemplar.error();
    if (auto done = within_limits({exemplar->labels.begin(), exemplar->labels.end()}); !done) return done;
    result_.exemplars.push_back({result_.points.back().labels, std::move(*exemplar)});
    return {};
  }

  [[nodiscard]] Result<> within_limits(std::vector<Label> const& pairs) const {
    if (pairs.size() > limits_.labels + 1)
      return refuse(Why::invalid, "", "a series has more than {} labels", limits_.labels);
    for (auto const& [name, value] : pairs) {
      bool const metric = name == name_label;
      if ((metric ? value : name).size() > limits_.name_bytes)
        return refuse(Why::invalid, "", "a name is longer than {} bytes", limits_.name_bytes);
      if (value.size() > limits_.value_bytes)
        return refuse(Why::invalid, "", "a label's value is longer than {} bytes", limits_.value_bytes);
      if (!valid_utf8(name) || !valid_utf8(value))
        return refuse(Why::invalid, "", "a label's value is not valid UTF-8");
    }
    return {};
  }

  Result<> keep(std::vector<Label> pairs, Sample sample) {
    auto const given = pairs.size();
    auto const empty = static_cast<std::size_t>(
        std::count_if(pairs.begin(), pairs.end(), [](Label const& label) { return label.second.empty(); }));
    Labels labels(std::move(pairs));
    if (labels.size() + empty != given) return refuse(Why::invalid, "", "a label is given twice");
    if (!seen_.insert(labels).second)
      return refuse(Why::invalid, "", "the series {} comes twice", labels.text());
    if (result_.points.size() >= limits_.samples)
      return refuse(Why::invalid, "", "the target has more than {} samples", limits_.samples);
    result_.points.push_back({std::move(labels), sample});
    return {};
  }

  std::int64_t const now_;
  ScrapeLimits const& limits_;
  ExpositionFormat const format_;
  Exposition result_;
  std::unordered_set<Labels, LabelsHash> seen_;
};

}  // namespace

Result<Exposition> parse_exposition(std::string_view text, std::int64_t now, ScrapeLimits const& limits,
                                    bool open_metrics) {
  auto const format = open_metrics ? ExpositionFormat::open_metrics : ExpositionFormat::prometheus;
  return Page(now, limits, format).run(text);
}

}  // namespace yunzhi::monitor

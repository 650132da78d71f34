#include "monitor/ingest/text_import.hpp"

#include <charconv>

#include "base/text/utf8.hpp"
#include "monitor/scrape/exposition_line.hpp"

namespace yunzhi::monitor {

Result<TextImport> read_text_import(std::string_view text, std::int64_t now, KeyMaker const& keys,
                                    IngestLimits const& limits) {
  TextImport result;
  std::vector<std::string_view> spans;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    auto const line = take_line(text);
    if (line.empty()) continue;
    if (line.front() == '#') {
      read_comment(line, limits.metadata, result.metadata);
      continue;
    }
    auto const parsed = split_line(line);
    if (!parsed) return at_line(number, parsed.error());
    Sample const sample{parsed->at.value_or(now), parsed->value};
    result.incoming.samples.push_back(sample);
    if (!spans.empty() && spans.back() == parsed->series) {
      ++result.incoming.series.back().count;
    } else {
      result.incoming.series.push_back({keys.key(parsed->series), 1});
      spans.push_back(parsed->series);
    }
  }
  result.incoming.any_age = true;
  result.incoming.labels = [spans = std::move(spans), limits](std::size_t position) -> Result<Labels> {
    auto pairs = read_series(spans[position]);
    if (!pairs) return pairs.error();
    return checked_labels(std::move(*pairs), limits);
  };
  return result;
}

}  // namespace yunzhi::monitor

#include "monitor/scrape/exposition_line.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "base/text/utf8.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t help_bytes = 2048;

Refusal wrong(std::string_view text) {
  return refuse(Why::invalid, "", text);
}

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

// Where the braces that begin the text end; npos when they do not. A brace between quotes is text.
std::size_t end_of_braces(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == '}' && !quoted) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

Result<std::string> take_quoted(std::string_view& text) {
  if (text.empty() || text.front() != '"') return wrong("a label needs = and a text between quotes");
  text.remove_prefix(1);
  std::string value;
  while (!text.empty() && text.front() != '"') {
    char c = text.front();
    text.remove_prefix(1);
    if (c == '\\' && !text.empty()) {
      c = text.front() == 'n' ? '\n' : text.front();
      text.remove_prefix(1);
    }
    value += c;
  }
  if (text.empty()) return wrong("a label's value has no closing quote");
  text.remove_prefix(1);
  return value;
}

// name="value", or in version 1.0.0 "quoted name"="value" and the metric's own name as a text alone.
Result<Label> take_label(std::string_view& text) {
  Label label;
  if (text.front() == '"') {
    auto name = take_quoted(text);
    if (!name) return name.error();
    skip_blanks(text);
    if (text.empty() || text.front() != '=') return Label{name_label, std::move(*name)};
    label.first = std::move(*name);
  } else {
    label.first = take_until(text, "= \t");
    if (!is_label_name(label.first)) return wrong("a label's name is malformed");
    if (label.first == name_label) return wrong("the label __name__ is the metric's name and cannot be set");
    skip_blanks(text);
    if (text.empty() || text.front() != '=') return wrong("a label needs = and a text between quotes");
  }
  text.remove_prefix(1);
  skip_blanks(text);
  auto value = take_quoted(text);
  if (!value) return value.error();
  label.second = std::move(*value);
  return label;
}

// What stands between braces, and the closing one.
Result<std::vector<Label>> take_labels(std::string_view& text) {
  std::vector<Label> pairs;
  for (skip_blanks(text); text.empty() || text.front() != '}'; skip_blanks(text)) {
    if (text.empty()) return wrong("labels are separated by commas and end with a brace");
    auto label = take_label(text);
    if (!label) return label.error();
    pairs.push_back(std::move(*label));
    skip_blanks(text);
    if (!text.empty() && text.front() == ',') {
      text.remove_prefix(1);
    } else if (text.empty() || text.front() != '}') {
      return wrong("labels are separated by commas and end with a brace");
    }
  }
  text.remove_prefix(1);
  return pairs;
}

bool read_seconds(std::string_view text, std::int64_t& at) {
  double seconds = 0;
  if (!parse_number(text, seconds) || !(std::abs(seconds) < 1e15)) return false;
  at = static_cast<std::int64_t>(std::llround(seconds * 1000));
  return true;
}

bool read_time(std::string_view text, ExpositionFormat format, std::int64_t& at) {
  if (format == ExpositionFormat::open_metrics) return read_seconds(text, at);
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), at);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

}  // namespace

std::string_view take_line(std::string_view& text) {
  auto const length = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, length);
  text.remove_prefix(std::min(length + 1, text.size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  skip_blanks(line);
  return line;
}

Result<ExpositionLine> split_line(std::string_view line, ExpositionFormat format) {
  ExpositionLine result;
  auto rest = line;
  auto const name = take_until(rest, " \t{");
  auto const after_name = rest;
  skip_blanks(rest);
  if (!rest.empty() && rest.front() == '{') {
    auto const end = end_of_braces(rest);
    if (end == std::string_view::npos) {
      auto const cut = read_series(line);  // tells what is missing
      return cut ? wrong("labels are separated by commas and end with a brace") : cut.error();
    }
    rest.remove_prefix(end);
    result.series = line.substr(0, line.size() - rest.size());
  } else {
    result.series = line.substr(0, line.size() - after_name.size());
    if (!is_metric_name(name)) return wrong("a line begins with a metric's name");
  }
  skip_blanks(rest);
  if (!parse_number(take_until(rest, " \t"), result.value))
    return wrong("a sample needs a number after its name and labels");
  skip_blanks(rest);
  // In the Prometheus format it is a remark.
  auto const take_exemplar = [&] {
    if (format == ExpositionFormat::open_metrics && !rest.empty()) result.exemplar = rest.substr(1);
    return result;
  };
  if (rest.empty() || rest.front() == '#') return take_exemplar();
  std::int64_t at = 0;
  if (!read_time(take_until(rest, " \t"), format, at)) {
    return format == ExpositionFormat::prometheus ? wrong("a sample's time is a whole number of milliseconds")
                                                  : wrong("a sample's time is a number of seconds");
  }
  result.at = at;
  skip_blanks(rest);
  if (!rest.empty() && rest.front() != '#') return wrong("there is text after the sample");
  return take_exemplar();
}

Result<Exemplar> read_exemplar(std::string_view text, std::int64_t at) {
  skip_blanks(text);
  if (text.empty() || text.front() != '{') return wrong("an exemplar begins with its labels between braces");
  text.remove_prefix(1);
  auto pairs = take_labels(text);
  if (!pairs) return pairs.error();
  auto const given = pairs->size();
  Exemplar result{Labels(std::move(*pairs)), 0, at};
  if (result.labels.size() != given) return wrong("a label is given twice");
  skip_blanks(text);
  if (!parse_number(take_until(text, " \t"), result.value))
    return wrong("an exemplar needs a number after its labels");
  skip_blanks(text);
  if (!text.empty() && !read_seconds(text, result.at)) return wrong("a sample's time is a number of seconds");
  return result;
}

Result<std::vector<Label>> read_series(std::string_view series) {
  std::vector<Label> pairs;
  auto const name = take_until(series, " \t{");
  if (!name.empty()) {
    if (!is_metric_name(name)) return wrong("a line begins with a metric's name");
    pairs.emplace_back(name_label, name);
  }
  skip_blanks(series);
  if (series.empty()) return pairs;
  series.remove_prefix(1);
  auto labels = take_labels(series);
  if (!labels) return labels.error();
  std::move(labels->begin(), labels->end(), std::back_inserter(pairs));
  if (pairs.empty() ||
      std::none_of(pairs.begin(), pairs.end(), [](Label const& label) { return label.first == name_label; }))
    return wrong("a line begins with a metric's name");
  return pairs;
}

void read_comment(std::string_view line, std::size_t limit, Metadata& metadata) {
  line.remove_prefix(1);
  skip_blanks(line);
  auto const word = take_until(line, " \t");
  skip_blanks(line);
  if (word != "TYPE" && word != "HELP" && word != "UNIT") return;
  std::string name;
  if (!line.empty() && line.front() == '"') {
    auto quoted_name = take_quoted(line);
    if (!quoted_name) return;
    name = std::move(*quoted_name);
  } else {
    name = take_until(line, " \t");
    if (!is_metric_name(name)) return;
  }
  skip_blanks(line);
  if (metadata.size() >= limit || !valid_utf8(name) || !valid_utf8(line)) return;
  auto& facts = metadata[name];
  auto& told = word == "TYPE" ? facts.type : word == "HELP" ? facts.help : facts.unit;
  told = line.substr(0, help_bytes);
}

Refusal at_line(std::size_t number, Refusal refusal) {
  for (auto& fault : refusal.faults) fault.field = "line " + std::to_string(number);
  return refusal;
}

}  // namespace yunzhi::monitor

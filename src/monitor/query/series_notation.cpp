#include "monitor/query/series_notation.hpp"

#include <algorithm>
#include <charconv>

#include "monitor/query/expression.hpp"
#include "monitor/query/format.hpp"
#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t points_limit = 200'000;

// The end of name{...}: the first blank outside braces and quotes.
std::size_t end_of_labels(std::string_view line) {
  char quote = '\0';
  int depth = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    char const c = line[i];
    if (quote != '\0') {
      if (c == '\\') ++i;
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}') {
      --depth;
    } else if ((c == ' ' || c == '\t') && depth == 0) {
      return i;
    }
  }
  return line.size();
}

bool value_of(std::string_view text, double& value) {
  if (text == "stale") {
    value = stale_marker();
    return true;
  }
  return parse_number(text, value);
}

Refusal malformed(std::string_view word) {
  return refuse(Why::invalid, "", "this is no point of a series: {}", word);
}

// a, _, axN, _xN, a+bxN, a-bxN
Result<> add_points(std::string_view word, std::vector<std::optional<double>>& points) {
  auto const braces = word.rfind("}}");
  auto const mark = word.find('x', braces == word.npos ? 0 : braces);
  auto body = word.substr(0, mark);
  std::size_t times = 0;
  if (mark != word.npos) {
    auto const* end = word.data() + word.size();
    if (std::from_chars(word.data() + mark + 1, end, times).ptr != end || times > points_limit)
      return malformed(word);
  }
  if (points.size() + times > points_limit) return malformed(word);
  if (body == "_") {
    points.insert(points.end(), mark == word.npos ? 1 : times, std::nullopt);
    return {};
  }
  double start = 0;
  double step = 0;
  if (body.starts_with("{{") && body.ends_with("}}")) {
    points.insert(points.end(), times + 1, std::bit_cast<double>(histogram_bits));
    return {};
  }
  if (!value_of(body, start)) {
    // The sign between start and step is the last one that is not part of an exponent.
    auto sign = body.find_last_of("+-");
    while (sign != body.npos && sign > 0 && (body[sign - 1] == 'e' || body[sign - 1] == 'E')) {
      sign = body.find_last_of("+-", sign - 1);
    }
    if (sign == body.npos || sign == 0 || mark == word.npos) return malformed(word);
    // "1--1x5" steps by minus minus one.
    bool const twice = body[sign - 1] == '+' || body[sign - 1] == '-';
    bool const minus = (body[sign] == '-') != (twice && body[sign - 1] == '-');
    if (!value_of(body.substr(0, sign - (twice ? 1 : 0)), start) || !value_of(body.substr(sign + 1), step)) {
      return malformed(word);
    }
    if (minus) step = -step;
  }
  for (std::size_t i = 0; i <= times; ++i) {
    points.emplace_back(start);
    if (step != 0) start += step;
  }
  return {};
}

}  // namespace

Result<WrittenSeries> parse_written_series(std::string_view line) {
  WrittenSeries result;
  auto const end = end_of_labels(line);
  if (auto const name = line.substr(0, end); name != "{}") {
    auto labels = parse_series(name);
    if (!labels) return labels.error();
    result.labels = std::move(*labels);
  }
  line.remove_prefix(end);
  auto const word_length = [](std::string_view text) {
    bool inside = false;  // blanks within {{ }} do not end a word
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
      if (text.substr(at, 2) == "{{") inside = true;
      if (text.substr(at, 2) == "}}") inside = false;
      if (!inside && (text[at] == ' ' || text[at] == '\t')) break;
    }
    return at;
  };
  while (!line.empty()) {
    auto const begin = std::min(line.find_first_not_of(" \t"), line.size());
    line.remove_prefix(begin);
    auto const word = line.substr(0, word_length(line));
    line.remove_prefix(word.size());
    if (word.empty()) continue;
    if (auto done = add_points(word, result.points); !done) return done.error();
  }
  return result;
}

}  // namespace yunzhi::monitor

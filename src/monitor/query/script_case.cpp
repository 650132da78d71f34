#include "monitor/query/script_case.hpp"

#include <algorithm>
#include <cmath>

#include <re2/re2.h>

#include "monitor/query/format.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

std::string_view without_blanks(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// "msg: …", "regex: …" or nothing.
ExpectedMessage message_of(std::string_view rest) {
  rest = without_blanks(rest);
  if (rest.starts_with("msg:"))
    return {ExpectedMessage::Kind::exact, std::string(without_blanks(rest.substr(4)))};
  if (rest.starts_with("regex:"))
    return {ExpectedMessage::Kind::regex, std::string(without_blanks(rest.substr(6)))};
  return {};
}

std::optional<Grid> grid_of(std::string const& from, std::string const& to, std::string const& step) {
  auto const start = script_moment(from);
  auto const end = script_moment(to);
  auto const width = script_moment(step);
  if (!start || !end || !width || *width <= 0 || *end < *start) return std::nullopt;
  return Grid{*start, *end, *width};
}

void read_expect(ScriptCase& wanted, std::string_view rest) {
  auto const word = lower(rest.substr(0, rest.find_first_of(" \t")));
  auto const after = rest.substr(std::min(word.size(), rest.size()));
  if (word == "fail") {
    wanted.fails = true;
    wanted.failure = message_of(after);
  } else if (word == "ordered") {
    wanted.ordered = true;
  } else if (word == "warn") {
    wanted.warnings.push_back(message_of(after));
  } else if (word == "info") {
    wanted.infos.push_back(message_of(after));
  } else if (word == "no_warn") {
    wanted.no_warnings = true;
  } else if (word == "no_info") {
    wanted.no_infos = true;
  } else if (word == "string") {
    auto const tokens = tokens_of(without_blanks(after));
    if (!tokens || tokens->front().kind != TokenKind::text) {
      wanted.unreadable = "expect string takes a text between quotes";
    } else {
      wanted.text = tokens->front().value;
    }
  } else {
    static RE2 const form(R"((?is)range\s+vector\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s*)");
    std::string from;
    std::string to;
    std::string step;
    if (RE2::FullMatch(std::string(rest), form, &from, &to, &step)) wanted.matrix = grid_of(from, to, step);
    if (!wanted.matrix) wanted.unreadable = "unknown expectation: " + std::string(rest);
  }
}

}  // namespace

bool ExpectedMessage::accepts(std::string const& message) const {
  if (kind == Kind::exact) return message == text;
  return kind == Kind::any || RE2::PartialMatch(message, text);
}

std::optional<std::int64_t> script_moment(std::string const& text) {
  bool const minus = text.starts_with('-');
  auto const parsed = parse_promql_duration(std::string_view(text).substr(minus ? 1 : 0));
  if (parsed) return minus ? -*parsed : *parsed;
  double seconds = 0;
  if (!parse_number(text, seconds) || !(std::fabs(seconds) < 1e12)) return std::nullopt;
  return std::llround(seconds * 1000);
}

std::optional<ScriptCase> read_case(std::string const& line) {
  static RE2 const range_form(
      R"((?is)eval(_fail|_warn|_info)?\s+range\s+from\s+(\S+)\s+to\s+(\S+)\s+step\s+(\S+)\s+(.+))");
  static RE2 const instant_form(
      R"((?is)eval(_fail|_warn|_info|_ordered)?\s+instant\s+(?:at\s+(\S+)\s+)?(.+))");
  ScriptCase result;
  std::string kind;
  std::string from;
  std::string to;
  std::string step;
  result.range = RE2::FullMatch(line, range_form, &kind, &from, &to, &step, &result.query);
  if (result.range) {
    auto const grid = grid_of(from, to, step);
    if (!grid) return std::nullopt;
    result.grid = *grid;
  } else {
    if (!RE2::FullMatch(line, instant_form, &kind, &from, &result.query)) return std::nullopt;
    auto const at = script_moment(from.empty() ? "0" : from);
    if (!at) return std::nullopt;
    result.grid = {*at, *at, instant_step};
  }
  kind = lower(kind);
  result.fails = kind == "_fail";
  result.ordered = kind == "_ordered";
  if (kind == "_warn") result.warnings.emplace_back();
  if (kind == "_info") result.infos.emplace_back();
  return result;
}

void read_expectation(ScriptCase& wanted, std::string_view line) {
  auto const word = lower(line.substr(0, line.find_first_of(" \t")));
  double number = 0;
  if (word == "expect") return read_expect(wanted, without_blanks(line.substr(6)));
  if (word == "expected_fail_message" || word == "expected_fail_regexp") {
    wanted.fails = true;
    wanted.failure = {word.ends_with("message") ? ExpectedMessage::Kind::exact : ExpectedMessage::Kind::regex,
                      std::string(without_blanks(line.substr(word.size())))};
    return;
  }
  if (parse_number(line, number)) {
    wanted.scalar = number;
    return;
  }
  auto series = parse_written_series(line);
  if (series) {
    wanted.series.push_back(std::move(*series));
  } else if (wanted.unreadable.empty()) {
    wanted.unreadable = "this expectation cannot be read: " + std::string(line);
  }
}

}  // namespace yunzhi::monitor

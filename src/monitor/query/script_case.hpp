// One evaluation of a query script: what to run, and what is expected of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "monitor/query/query.hpp"
#include "monitor/query/series_notation.hpp"

namespace yunzhi::monitor {

/// What a message of a failure, warning or remark must look like; nothing: any message will do.
struct ExpectedMessage {
  enum class Kind { any, exact, regex } kind = Kind::any;
  std::string text;

  [[nodiscard]] bool accepts(std::string const& message) const;
};

struct ScriptCase {
  std::size_t line = 0;
  bool range = false;
  Grid grid;
  std::string query;
  bool fails = false;
  bool ordered = false;
  bool no_warnings = false;
  bool no_infos = false;
  ExpectedMessage failure;
  std::vector<ExpectedMessage> warnings;
  std::vector<ExpectedMessage> infos;
  std::optional<std::string> text;
  std::optional<double> scalar;
  std::optional<Grid> matrix;  ///< `expect range vector`: when its points lie
  std::vector<WrittenSeries> series;
  std::string unreadable;  ///< why the expectation cannot be read
};

/// Reads the line `eval …`; nothing when it is malformed.
std::optional<ScriptCase> read_case(std::string const& line);
/// Adds one line of what is expected.
void read_expectation(ScriptCase& wanted, std::string_view line);

/// Runs the query as it is written and, for an instant query, also as the middle of a range query. Returns
/// the first difference, or an empty text.
std::string judge(ScriptCase const& wanted, Source const& source);

/// Milliseconds of "5m", "-1h30m", "0" or "1.5".
std::optional<std::int64_t> script_moment(std::string const& text);

}  // namespace yunzhi::monitor

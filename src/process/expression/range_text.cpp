#include "process/expression/range_text.hpp"

#include <algorithm>
#include <array>

#include "process/expression/builtins.hpp"
#include "process/expression/compare.hpp"
#include "process/expression/parser.hpp"
#include "process/expression/unicode.hpp"

namespace yunzhi::process {
namespace {

std::string_view without_outer_space(std::string_view text) {
  while (auto const bytes = leading_space(text)) text.remove_prefix(bytes);
  constexpr std::string_view blank = " \t\r\n";
  auto const last = text.find_last_not_of(blank);
  return text.substr(0, last == text.npos ? 0 : last + 1);
}

// Where the two points between the sides stand, outside every text.
std::size_t points_of(std::string_view sides) {
  bool quoted = false;
  for (std::size_t i = 0; i + 1 < sides.size(); ++i) {
    if (quoted && sides[i] == '\\') {
      ++i;
    } else if (sides[i] == '"') {
      quoted = !quoted;
    } else if (!quoted && sides.substr(i, 2) == "..") {
      return i;
    }
  }
  return sides.npos;
}

Value constant(Program const& program, Code const& code, Evaluation& evaluation);

// `date("…")`, `date and time(date("…"), time("…"))` and their like, with everything in them written out.
Value temporal_call(Program const& program, Code const& call, Evaluation& evaluation) {
  constexpr std::array<std::string_view, 5> allowed{"date", "time", "date and time", "duration",
                                                    "years and months duration"};
  auto const& builtin = builtins()[call.first];
  if (std::find(allowed.begin(), allowed.end(), builtin.name) == allowed.end()) return {};
  std::vector<Value> arguments;
  for (std::uint32_t i = 0; i < call.third; ++i) {
    arguments.push_back(constant(program, program.codes[program.operands[call.second + i]], evaluation));
    if (arguments.back().null()) return {};
  }
  return call_builtin(builtin, arguments, evaluation);
}

Value constant(Program const& program, Code const& code, Evaluation& evaluation) {
  if (code.operation == Operation::literal) return program.literals[code.first];
  return code.operation == Operation::call ? temporal_call(program, code, evaluation) : Value();
}

Value literal_of(std::string_view text, Evaluation& evaluation) {
  auto const program = parse_expression(text, {});
  return program ? constant(*program, program->codes[program->root], evaluation) : Value();
}

}  // namespace

Value range_of_text(std::string_view text, Evaluation& evaluation) {
  if (!evaluation.budget().work(text.size())) return {};
  auto const whole = without_outer_space(text);
  if (whole.size() < 4) return {};
  constexpr std::string_view opening = "[(]";
  constexpr std::string_view closing = "])[";
  if (opening.find(whole.front()) == opening.npos || closing.find(whole.back()) == closing.npos) return {};
  Range range{{}, {}, whole.front() != '[', whole.back() != ']'};
  auto const sides = whole.substr(1, whole.size() - 2);
  auto const points = points_of(sides);
  if (points == sides.npos) return {};
  auto const low = without_outer_space(sides.substr(0, points));
  auto const high = without_outer_space(sides.substr(points + 2));
  if ((low.empty() && (high.empty() || !range.low_open)) || (high.empty() && !range.high_open)) return {};
  if (!low.empty()) range.low = literal_of(low, evaluation);
  if (!high.empty()) range.high = literal_of(high, evaluation);
  if (range.low.null() != low.empty() || range.high.null() != high.empty()) return {};
  if (!low.empty() && !high.empty() && compare(range.low, range.high).value_or(1) > 0) return {};
  return make_range(std::move(range));
}

}  // namespace yunzhi::process

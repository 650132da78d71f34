// One compiled expression of the condition language, FEEL (OMG DMN 1.3). Compiled once, at deployment;
// evaluated often and from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "process/expression/evaluation.hpp"
#include "process/expression/value.hpp"

namespace yunzhi::process {

struct Program;
struct Reading;

class Expression {
 public:
  /// A leading `=` is allowed, as drawing tools write it. Refusals carry `line:column` as their field.
  /// A call of a function that does not exist, or with too many arguments, is refused.
  static Result<Expression> compile(std::string_view text);
  /// As FEEL is defined: what calls an unknown function is null. `reading` tells the names of several words.
  static Result<Expression> compile(std::string_view text, Reading const& reading);
  /// The tests of a decision table's cell (`< 5, [7..9]`); ask them with `test`.
  static Result<Expression> compile_tests(std::string_view text, Reading const& reading);

  /// Null for whatever has no answer.
  [[nodiscard]] Value evaluate(json::object const& variables, Moment const& moment) const;
  /// Refused when the work, the memory or the depth of its evaluation goes beyond the limits.
  [[nodiscard]] Result<Value> compute(Value const& context, Moment const& moment) const;
  /// Within a greater evaluation, on its budget.
  [[nodiscard]] Value evaluate(Value const& context, Evaluation& evaluation) const;
  [[nodiscard]] Value test(Value const& tested, Value const& context, Evaluation& evaluation) const;

  /// The answer of a condition. Refused when it is neither true nor false, naming the empty variable: a
  /// process must never pick a way because somebody forgot to fill in a field.
  [[nodiscard]] Result<bool> decide(json::object const& variables, Moment const& moment) const;

  [[nodiscard]] std::string const& text() const;
  /// The variables it reads, each once, in order of first use.
  [[nodiscard]] std::vector<std::string> variables() const;

 private:
  explicit Expression(std::shared_ptr<Program const> program) : program_(std::move(program)) {}
  std::shared_ptr<Program const> program_;
};

}  // namespace yunzhi::process

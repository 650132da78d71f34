// One compiled expression of the condition language: a subset of FEEL (OMG DMN 1.3). Compiled once, at
// deployment; evaluated often and from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "process/expression/builtins.hpp"
#include "process/expression/value.hpp"

namespace yunzhi::process {

struct Program;

class Expression {
 public:
  /// A leading `=` is allowed, as drawing tools write it. Refusals carry `line:column` as their field.
  static Result<Expression> compile(std::string_view text);

  /// Null for whatever has no answer.
  [[nodiscard]] Value evaluate(json::object const& variables, Moment const& moment) const;

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

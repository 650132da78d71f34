// Runs a compiled expression. Total: what has no answer is null, and nothing is thrown. Every operation
// of a program runs at most once, so its length bounds the work.
#pragma once

#include <string>

#include "process/expression/builtins.hpp"
#include "process/expression/program.hpp"

namespace yunzhi::process {

class Evaluator {
 public:
  /// A strict evaluation has no answer where an empty variable is compared with anything but the word
  /// null; FEEL itself would call the two unequal.
  Evaluator(Program const& program, json::object const& variables, Moment const& moment, bool strict)
      : program_(program), variables_(variables), moment_(moment), strict_(strict) {}

  Value run() { return value(static_cast<std::uint32_t>(program_.codes.size() - 1)); }

  /// The first variable that was read and is missing or null, as a path; empty when there is none.
  [[nodiscard]] std::string const& empty_variable() const { return empty_variable_; }

 private:
  Value value(std::uint32_t at);
  Value compared(Code const& code);
  std::optional<bool> same(Code const& code, Value const& left, Value const& right) const;
  [[nodiscard]] bool says_null(std::uint32_t at) const;
  Value calculated(Code const& code);
  Value junction(Code const& code, bool decisive);
  Value chosen(Code const& code);
  Value between(Code const& code);
  Value membership(Code const& code);
  std::optional<bool> passes(Value const& tested, std::uint32_t test);
  Value path(std::vector<std::string> const& names);
  Value member(Code const& code);
  Value item(Code const& code);
  Value list(Code const& code);
  Value range(Code const& code);
  Value called(Code const& code);
  json::value const* find(std::vector<std::string> const& names) const;

  Program const& program_;
  json::object const& variables_;
  Moment const& moment_;
  bool strict_;
  std::string empty_variable_;
};

}  // namespace yunzhi::process

// Runs a compiled expression. Total: what has no answer is null, and nothing is thrown. The call's budget
// bounds work, memory and depth.
#pragma once

#include <memory>
#include <string>

#include "process/expression/evaluation.hpp"
#include "process/expression/program.hpp"

namespace yunzhi::process {

/// Where the variables of an evaluation come from: one of the three.
struct Inputs {
  json::object const* object = nullptr;
  ContextEntries const* context = nullptr;
  std::shared_ptr<std::vector<Value> const> values;  ///< by the number of the program's global
};

class Evaluator {
 public:
  /// A strict evaluation has no answer where an empty variable is compared with anything but the word
  /// null; FEEL itself would call the two unequal.
  Evaluator(std::shared_ptr<Program const> const& program, Inputs inputs, Evaluation& evaluation,
            bool strict);

  Value run() { return value(program_.root); }
  /// The answer of unary tests for a value, slot 0; an expression without slots asks nothing of it.
  Value run(Value tested);
  /// The body of a function; `slots` are what it captured and its arguments.
  Value run(std::uint32_t body, std::vector<Value> slots);

  /// The first variable that was read and is missing or null, as a path; empty when there is none.
  [[nodiscard]] std::string const& empty_variable() const { return empty_variable_; }

 private:
  Value value(std::uint32_t at);
  Value dispatched(Code const& code);
  Value calculated(Code const& code);

  // Variables and paths (evaluator_variables.cpp)
  Value global(std::uint32_t number);
  Value path(Code const& code);
  Value scoped(Code const& code);
  Value variable_or_builtin(Code const& code);
  void remember_empty(Code const& code);
  json::value const* foreign(Code const& code) const;
  std::shared_ptr<std::vector<Value> const> all_globals();

  // Logic (evaluator_logic.cpp)
  Value compared(Code const& code);
  std::optional<int> order_of_variable(Code const& code) const;
  std::optional<bool> same(Code const& code, Value const& left, Value const& right) const;
  [[nodiscard]] bool says_null(std::uint32_t at) const;
  Value junction(Code const& code, bool decisive);
  Value between(Code const& code);
  Value membership(Code const& code);
  std::optional<bool> passes(Value const& tested, std::uint32_t test);
  std::optional<bool> passes_value(Value const& tested, Value const& wanted, bool asked);
  [[nodiscard]] bool asks(std::uint32_t test) const;

  // Lists, contexts, functions (evaluator_forms.cpp)
  Value list(Code const& code);
  Value context(Code const& code);
  Value range(Code const& code);
  Value filter(Code const& code);
  Value filtered(Code const& code, Value const& operand);
  Value called(Code const& code);
  Value called_by_name(Code const& code);
  Value invoked(Code const& code);
  Value invoked_by_name(Code const& code);
  Value function(Code const& code);

  // for, some, every (evaluator_iteration.cpp)
  Value iterate(Code const& code);
  Value quantified(Code const& code, bool decisive);
  template <class Act>
  bool each(Code const& code, std::uint32_t iterator, Act const& act);

  std::shared_ptr<Program const> const& owner_;
  Program const& program_;
  Inputs inputs_;
  Evaluation& evaluation_;
  bool strict_;
  std::vector<Value> slots_;
  std::vector<Value> globals_;  // what was made from JSON, kept so that it is made once
  std::string empty_variable_;
};

}  // namespace yunzhi::process

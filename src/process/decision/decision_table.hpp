// A decision table (DMN 1.3, chapter 8): rules of tests on inputs, and how the outputs of those that match
// become one result.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "process/decision/boxed.hpp"
#include "process/decision/item_definitions.hpp"

namespace yunzhi::process {

struct DecisionTable final : Boxed {
  enum class HitPolicy : std::uint8_t { unique, any, first, priority, output_order, rule_order, collect };
  enum class Aggregation : std::uint8_t { none, sum, min, max, count };

  struct Input {
    Expression expression;
    TypePointer type;                   ///< none: any
    std::optional<UnaryTests> allowed;  ///< a value outside is null to the rules
  };
  struct Output {
    std::string name;  ///< of its entry when there are several
    TypePointer type;
    std::vector<Value> values;          ///< the highest priority first
    std::optional<UnaryTests> allowed;  ///< a value outside becomes null
    std::optional<Expression> otherwise;
  };
  struct Rule {
    std::vector<std::optional<Expression>> tests;  ///< none: irrelevant
    std::vector<Expression> outputs;
  };

  [[nodiscard]] Value evaluate(Value const& scope, Evaluation& evaluation) const override;

  HitPolicy policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Rule> rules;

 private:
  using Hit = std::vector<Value>;  // one value for each output
  [[nodiscard]] std::vector<Value> asked(Value const& scope, Evaluation& evaluation) const;
  [[nodiscard]] bool matches(Rule const& rule, std::vector<Value> const& values, Value const& scope,
                             Evaluation& evaluation) const;
  [[nodiscard]] Hit outputs_of(Rule const& rule, Value const& scope, Evaluation& evaluation) const;
  [[nodiscard]] Value joined(Hit const& hit) const;
  [[nodiscard]] Value default_value(Value const& scope, Evaluation& evaluation) const;
  [[nodiscard]] Value decided(std::vector<Hit> hits, Evaluation& evaluation) const;
  [[nodiscard]] Value aggregated(std::vector<Hit> const& hits, Evaluation& evaluation) const;
  void sort_by_priority(std::vector<Hit>& hits) const;
  [[nodiscard]] std::size_t priority(Value const& value, Output const& output) const;
};

}  // namespace yunzhi::process

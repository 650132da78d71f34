#include "process/decision/decision_table.hpp"

#include <algorithm>

#include "process/expression/compare.hpp"
#include "process/expression/statistics.hpp"

namespace yunzhi::process {
namespace {

// The value, or null when it is not allowed; a list also passes when each of its items does.
Value within(std::optional<UnaryTests> const& allowed, Value value, Evaluation& evaluation) {
  if (!allowed || value.null() || allowed->pass(value, evaluation)) return value;
  auto const* items = value.items();
  bool const each = items != nullptr && std::all_of(items->begin(), items->end(), [&](Value const& item) {
                      return allowed->pass(item, evaluation);
                    });
  return each ? value : Value();
}

}  // namespace

Value DecisionTable::evaluate(Value const& scope, Evaluation& evaluation) const {
  auto const values = asked(scope, evaluation);
  std::vector<Hit> hits;
  for (auto const& rule : rules) {
    if (!evaluation.budget().work(1)) return {};
    if (!matches(rule, values, scope, evaluation)) continue;
    hits.push_back(outputs_of(rule, scope, evaluation));
    if (policy == HitPolicy::first) break;
  }
  bool const counts = policy == HitPolicy::collect && aggregation == Aggregation::count;
  if (hits.empty() && !counts) return default_value(scope, evaluation);
  return decided(std::move(hits), evaluation);
}

std::vector<Value> DecisionTable::asked(Value const& scope, Evaluation& evaluation) const {
  std::vector<Value> values;
  for (auto const& input : inputs) {
    auto value = input.expression.evaluate(scope, evaluation);
    if (input.type != nullptr) value = checked(value, *input.type, evaluation);
    values.push_back(within(input.allowed, std::move(value), evaluation));
  }
  return values;
}

bool DecisionTable::matches(Rule const& rule, std::vector<Value> const& values, Value const& scope,
                            Evaluation& evaluation) const {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (rule.tests[i] && !rule.tests[i]->test(values[i], scope, evaluation).is(true)) return false;
  return true;
}

DecisionTable::Hit DecisionTable::outputs_of(Rule const& rule, Value const& scope,
                                             Evaluation& evaluation) const {
  Hit hit;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    auto value = rule.outputs[i].evaluate(scope, evaluation);
    if (outputs[i].type != nullptr) value = checked(value, *outputs[i].type, evaluation);
    hit.push_back(within(outputs[i].allowed, std::move(value), evaluation));
  }
  return hit;
}

Value DecisionTable::joined(Hit const& hit) const {
  if (outputs.size() == 1) return hit.front();
  std::vector<ContextEntry> entries;
  for (std::size_t i = 0; i < outputs.size(); ++i)
    entries.push_back({std::make_shared<std::string const>(outputs[i].name), hit[i]});
  return make_context(std::move(entries));
}

Value DecisionTable::default_value(Value const& scope, Evaluation& evaluation) const {
  Hit hit;
  bool any = false;
  for (auto const& output : outputs) {
    any = any || output.otherwise;
    hit.push_back(output.otherwise ? output.otherwise->evaluate(scope, evaluation) : Value());
  }
  if (any) return joined(hit);
  // Nothing collected is an empty list; the other policies have no answer then.
  bool const collects = policy == HitPolicy::collect && aggregation == Aggregation::none;
  return collects ? evaluation.list({}) : Value();
}

std::size_t DecisionTable::priority(Value const& value, Output const& output) const {
  auto const found = std::find_if(output.values.begin(), output.values.end(),
                                  [&](Value const& one) { return equal(one, value).value_or(false); });
  return static_cast<std::size_t>(found - output.values.begin());
}

void DecisionTable::sort_by_priority(std::vector<Hit>& hits) const {
  std::stable_sort(hits.begin(), hits.end(), [&](Hit const& left, Hit const& right) {
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      auto const first = priority(left[i], outputs[i]);
      auto const second = priority(right[i], outputs[i]);
      if (first != second) return first < second;
    }
    return false;
  });
}

Value DecisionTable::aggregated(std::vector<Hit> const& hits, Evaluation& evaluation) const {
  if (aggregation == Aggregation::count) return Decimal(static_cast<std::int64_t>(hits.size()));
  // Which of several outputs should be added up, nobody says.
  if (outputs.size() != 1) return {};
  std::vector<Value> values;
  values.reserve(hits.size());
  for (auto const& hit : hits) values.push_back(hit.front());
  Value const all[] = {evaluation.list(std::move(values))};
  if (all[0].null()) return {};
  if (aggregation == Aggregation::sum) return total(all, evaluation);
  return aggregation == Aggregation::min ? least(all, evaluation) : greatest(all, evaluation);
}

Value DecisionTable::decided(std::vector<Hit> hits, Evaluation& evaluation) const {
  if (policy == HitPolicy::collect && aggregation != Aggregation::none) return aggregated(hits, evaluation);
  if (policy == HitPolicy::unique && hits.size() > 1) return {};
  if (policy == HitPolicy::priority || policy == HitPolicy::output_order) sort_by_priority(hits);
  bool const one = policy == HitPolicy::unique || policy == HitPolicy::any || policy == HitPolicy::first ||
                   policy == HitPolicy::priority;
  std::vector<Value> results;
  results.reserve(hits.size());
  for (auto const& hit : hits) results.push_back(joined(hit));
  if (!one) return evaluation.list(std::move(results));
  bool const alike = std::all_of(results.begin(), results.end(), [&](Value const& result) {
    return equal(result, results.front()).value_or(false);
  });
  return policy == HitPolicy::any && !alike ? Value() : results.front();
}

}  // namespace yunzhi::process

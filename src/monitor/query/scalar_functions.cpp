// The bridges between scalars, vectors and time.
#include <numbers>

#include "monitor/query/special.hpp"

namespace yunzhi::monitor {
namespace {

Value scalars(Evaluator const& evaluator, double value) {
  Value result;
  result.type = ValueType::scalar;
  result.scalar.assign(evaluator.grid().count(), value);
  return result;
}

double seconds(std::int64_t ms) {
  return static_cast<double>(ms) / 1000;
}

Result<Value> time(Evaluator& evaluator, CallNode const&) {
  auto result = scalars(evaluator, 0);
  for (std::size_t step = 0; step < result.scalar.size(); ++step)
    result.scalar[step] = seconds(evaluator.grid().at(step));
  return result;
}

Result<Value> pi(Evaluator& evaluator, CallNode const&) {
  return scalars(evaluator, std::numbers::pi);
}
Result<Value> start(Evaluator& evaluator, CallNode const&) {
  return scalars(evaluator, seconds(evaluator.whole().start));
}
Result<Value> end(Evaluator& evaluator, CallNode const&) {
  return scalars(evaluator, seconds(evaluator.whole().end));
}
Result<Value> step(Evaluator& evaluator, CallNode const&) {
  auto const width = evaluator.whole().step;
  return scalars(evaluator, width == instant_step ? 0 : seconds(width));
}
Result<Value> range(Evaluator& evaluator, CallNode const&) {
  return scalars(evaluator, seconds(evaluator.whole().end - evaluator.whole().start));
}

template <class Choose>
Result<Value> chosen(Evaluator& evaluator, CallNode const& node, Choose choose) {
  auto left = evaluator.evaluate(*node.arguments[0]);
  if (!left) return left;
  auto right = evaluator.evaluate(*node.arguments[1]);
  if (!right) return right;
  for (std::size_t i = 0; i < left->scalar.size(); ++i) {
    double& a = left->scalar[i];
    double const b = right->scalar[i];
    a = std::isnan(a) || std::isnan(b) ? nan_value : choose(a, b);
  }
  return left;
}

Result<Value> min_of(Evaluator& evaluator, CallNode const& node) {
  return chosen(evaluator, node, [](double a, double b) { return std::fmin(a, b); });
}
Result<Value> max_of(Evaluator& evaluator, CallNode const& node) {
  return chosen(evaluator, node, [](double a, double b) { return std::fmax(a, b); });
}

Result<Value> vector(Evaluator& evaluator, CallNode const& node) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  Value result;
  result.rows.push_back({{}, false, std::move(value->scalar)});
  return result;
}

// The value of a vector's only series; NaN where there is none or more than one.
Result<Value> scalar(Evaluator& evaluator, CallNode const& node) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  Value result = scalars(evaluator, missing());
  for (auto const& row : value->rows) {
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      if (is_missing(row.values[i])) continue;
      result.scalar[i] = is_missing(result.scalar[i]) ? row.values[i] : nan_value;
    }
  }
  for (double& number : result.scalar) {
    if (is_missing(number)) number = nan_value;
  }
  return result;
}

// Of a selector the samples' own times, of anything else the time of evaluation.
Result<Value> timestamp(Evaluator& evaluator, CallNode const& node) {
  auto const* selector = std::get_if<SelectorNode>(&node.arguments[0]->node);
  auto value =
      selector != nullptr ? evaluator.select(*selector, true) : evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  for (auto& row : value->rows) {
    row.drop_name = true;
    for (std::size_t i = 0; i < row.values.size() && selector == nullptr; ++i) {
      if (!is_missing(row.values[i])) row.values[i] = seconds(evaluator.grid().at(i));
    }
  }
  return value;
}

}  // namespace

std::vector<Function> scalar_functions() {
  constexpr auto number = ValueType::scalar;
  constexpr auto series = ValueType::vector;
  return {special("time", {}, time, number),
          special("pi", {}, pi, number),
          special("start", {}, start, number),
          special("end", {}, end, number),
          special("step", {}, step, number),
          special("range", {}, range, number),
          special("min_of", {number, number}, min_of, number),
          special("max_of", {number, number}, max_of, number),
          special("vector", {number}, vector),
          special("scalar", {series}, scalar, number),
          special("timestamp", {series}, timestamp)};
}

}  // namespace yunzhi::monitor

// Binary operators between scalars, vectors and both.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "monitor/query/vector_match.hpp"

namespace yunzhi::monitor {
namespace {

double compute(Operator op, double left, double right) {
  switch (op) {
    case Operator::add:
      return left + right;
    case Operator::subtract:
      return left - right;
    case Operator::multiply:
      return left * right;
    case Operator::divide:
      return left / right;
    case Operator::modulo:
      return std::fmod(left, right);
    case Operator::power:
      return std::pow(left, right);
    case Operator::atan2:
      return std::atan2(left, right);
    case Operator::equal:
      return left == right ? 1 : 0;
    case Operator::not_equal:
      return left != right ? 1 : 0;
    case Operator::less:
      return left < right ? 1 : 0;
    case Operator::greater:
      return left > right ? 1 : 0;
    case Operator::less_equal:
      return left <= right ? 1 : 0;
    case Operator::greater_equal:
      return left >= right ? 1 : 0;
    case Operator::both:
    case Operator::either:
    case Operator::unless:
      break;
  }
  return missing();
}

}  // namespace

double apply(BinaryNode const& node, double left, double right, double kept) {
  double const result = compute(node.op, left, right);
  if (!is_comparison(node.op) || node.as_bool) return result;
  return result != 0 ? kept : missing();
}

bool drops_name(BinaryNode const& node) {
  return !is_comparison(node.op) || node.as_bool;
}

Labels signature(BinaryNode const& node, Labels const& labels) {
  if (node.on) return labels.keep(node.labels);
  auto result = labels.drop(node.labels);
  result.remove(name_label);
  return result;
}

namespace {

Value scalar_and_scalar(BinaryNode const& node, Value left, Value const& right) {
  for (std::size_t step = 0; step < left.scalar.size(); ++step) {
    left.scalar[step] = compute(node.op, left.scalar[step], right.scalar[step]);
  }
  return left;
}

Value vector_and_scalar(BinaryNode const& node, Value vector, std::vector<double> const& scalar,
                        bool scalar_left) {
  for (auto& row : vector.rows) {
    row.drop_name = row.drop_name || drops_name(node);
    for (std::size_t step = 0; step < row.values.size(); ++step) {
      double& value = row.values[step];
      if (is_missing(value)) continue;
      value = scalar_left ? apply(node, scalar[step], value, value) : apply(node, value, scalar[step], value);
    }
  }
  return vector;
}

// For each signature, the steps at which any of its rows has a value.
std::unordered_map<Labels, std::vector<bool>, LabelsHash> presence(BinaryNode const& node,
                                                                   std::vector<Row> const& rows) {
  std::unordered_map<Labels, std::vector<bool>, LabelsHash> result;
  for (auto const& row : rows) {
    auto& steps = result[signature(node, row.labels)];
    steps.resize(row.values.size());
    for (std::size_t step = 0; step < row.values.size(); ++step) {
      if (!is_missing(row.values[step])) steps[step] = true;
    }
  }
  return result;
}

Value set_operation(BinaryNode const& node, Value left, Value right) {
  bool const either = node.op == Operator::either;
  auto const others = presence(node, either ? left.rows : right.rows);
  auto& filtered = either ? right.rows : left.rows;
  for (auto& row : filtered) {
    auto const found = others.find(signature(node, row.labels));
    for (std::size_t step = 0; step < row.values.size(); ++step) {
      bool const present = found != others.end() && found->second[step];
      bool const keeps = node.op == Operator::both ? present : !present;
      if (!keeps) row.values[step] = missing();
    }
  }
  if (either) std::move(right.rows.begin(), right.rows.end(), std::back_inserter(left.rows));
  return left;
}

}  // namespace

Result<Value> combine(Evaluator& evaluator, BinaryNode const& node, Value left, Value right) {
  bool const scalar_left = left.type == ValueType::scalar;
  bool const scalar_right = right.type == ValueType::scalar;
  if (scalar_left && scalar_right) return scalar_and_scalar(node, std::move(left), right);
  if (scalar_left) return vector_and_scalar(node, std::move(right), left.scalar, true);
  if (scalar_right) return vector_and_scalar(node, std::move(left), right.scalar, false);
  if (is_set(node.op)) return set_operation(node, std::move(left), std::move(right));
  return match_vectors(evaluator, node, left, right);
}

}  // namespace yunzhi::monitor

// Binary operators between scalars, vectors and both. Series are matched once by their signature; steps at
// which a side has several of one signature are refused, as in Prometheus.
#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "monitor/query/evaluator.hpp"

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

// A comparison without bool keeps `kept` where it holds.
double apply(BinaryNode const& node, double left, double right, double kept) {
  double const result = compute(node.op, left, right);
  if (!is_comparison(node.op) || node.as_bool) return result;
  return result != 0 ? kept : missing();
}

bool drops_name(BinaryNode const& node) {
  return !is_comparison(node.op) || node.as_bool;
}

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

Labels signature(BinaryNode const& node, Labels const& labels) {
  if (node.on) return labels.keep(node.labels);
  auto result = labels.drop(node.labels);
  result.remove(name_label);
  return result;
}

using Sides = std::unordered_map<Labels, std::vector<std::size_t>, LabelsHash>;

Sides sides_of(BinaryNode const& node, std::vector<Row> const& rows) {
  Sides sides;
  for (std::size_t i = 0; i < rows.size(); ++i) sides[signature(node, rows[i].labels)].push_back(i);
  return sides;
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

class VectorMatch {
 public:
  VectorMatch(Evaluator& evaluator, BinaryNode const& node, Value const& left, Value const& right)
      : evaluator_(evaluator),
        node_(node),
        swapped_(node.group == BinaryNode::Group::right),
        many_(swapped_ ? right.rows : left.rows),
        ones_(swapped_ ? left.rows : right.rows),
        sides_(sides_of(node, ones_)) {}

  Result<Value> run() {
    for (auto const& row : many_) {
      auto const key = signature(node_, row.labels);
      auto const side = sides_.find(key);
      if (side == sides_.end()) continue;
      if (auto done = match(row, key, side->second); !done) return done.error();
    }
    return std::move(result_);
  }

 private:
  Result<> match(Row const& row, Labels const& key, std::vector<std::size_t> const& ones) {
    if (auto done = check_single(key, ones); !done) return done;
    auto& taken = taken_[key];
    taken.resize(row.values.size());
    for (auto const number : ones) {
      auto const& one = ones_[number];
      auto target = result_row(row, one);
      if (!target) return target.error();
      for (std::size_t step = 0; step < row.values.size(); ++step) {
        double const many_value = row.values[step];
        double const one_value = one.values[step];
        if (is_missing(many_value) || is_missing(one_value)) continue;
        double const left = swapped_ ? one_value : many_value;
        double const right = swapped_ ? many_value : one_value;
        double const value = apply(node_, left, right, left);
        if (is_missing(value)) continue;
        if (node_.group == BinaryNode::Group::none && taken[step]) {
          return refuse(Why::invalid, node_.left->place,
                        "several series match on the left for {}; say group_left or group_right", key.text());
        }
        taken[step] = true;
        double& place = result_.rows[*target].values[step];
        if (!is_missing(place)) {
          return refuse(Why::invalid, node_.left->place,
                        "several matches give the same labels {}; the grouping labels must tell them apart",
                        result_.rows[*target].labels.text());
        }
        place = value;
      }
    }
    return {};
  }

  // The "one" side may have one series of a signature at a time.
  Result<> check_single(Labels const& key, std::vector<std::size_t> const& ones) {
    if (ones.size() == 1 || !checked_.insert(key).second) return {};
    for (std::size_t step = 0; step < evaluator_.grid().count(); ++step) {
      auto const present = std::count_if(ones.begin(), ones.end(),
                                         [&](std::size_t i) { return !is_missing(ones_[i].values[step]); });
      if (present > 1) {
        return refuse(Why::invalid, node_.right->place,
                      "several series match on the {} side for {}; matching needs one there",
                      swapped_ ? "left" : "right", key.text());
      }
    }
    return {};
  }

  Result<std::size_t> result_row(Row const& many, Row const& one) {
    Labels labels = many.labels;
    bool drop_name = many.drop_name || drops_name(node_);
    if (node_.group == BinaryNode::Group::none)
      labels = node_.on ? labels.keep(node_.labels) : labels.drop(node_.labels);
    for (auto const& name : node_.include) {
      labels.set(name, one.labels.get(name));
      if (name == name_label) drop_name = false;
    }
    // The name counts for uniqueness only while it stays.
    Labels key = labels;
    if (drop_name) key.remove(name_label);
    auto const [at, added] = places_.emplace(std::move(key), result_.rows.size());
    if (added) {
      auto made = evaluator_.row(std::move(labels), drop_name);
      if (!made) return made.error();
      result_.rows.push_back(std::move(*made));
    }
    return at->second;
  }

  Evaluator& evaluator_;
  BinaryNode const& node_;
  bool const swapped_;
  std::vector<Row> const& many_;
  std::vector<Row> const& ones_;
  Sides sides_;
  std::unordered_set<Labels, LabelsHash> checked_;
  std::unordered_map<Labels, std::vector<bool>, LabelsHash> taken_;
  std::unordered_map<Labels, std::size_t, LabelsHash> places_;
  Value result_;
};

}  // namespace

Result<Value> combine(Evaluator& evaluator, BinaryNode const& node, Value left, Value right) {
  bool const scalar_left = left.type == ValueType::scalar;
  bool const scalar_right = right.type == ValueType::scalar;
  if (scalar_left && scalar_right) return scalar_and_scalar(node, std::move(left), right);
  if (scalar_left) return vector_and_scalar(node, std::move(right), left.scalar, true);
  if (scalar_right) return vector_and_scalar(node, std::move(left), right.scalar, false);
  if (is_set(node.op)) return set_operation(node, std::move(left), std::move(right));
  return VectorMatch(evaluator, node, left, right).run();
}

}  // namespace yunzhi::monitor

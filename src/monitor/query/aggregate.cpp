// Aggregations: rows are put into groups once, then every group is worked through step by step.
#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "monitor/query/evaluator.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

struct Group {
  Labels labels;
  bool drop_name = false;
  std::vector<Row*> members;
};

Labels group_labels(AggregateNode const& node, Labels const& labels) {
  if (!node.without) return labels.keep(node.labels);
  auto result = labels.drop(node.labels);
  result.remove(name_label);
  return result;
}

std::vector<Group> groups_of(AggregateNode const& node, std::vector<Row>& rows) {
  std::vector<Group> groups;
  std::unordered_map<Labels, std::size_t, LabelsHash> places;
  for (auto& row : rows) {
    auto labels = group_labels(node, row.labels);
    auto const [at, added] = places.emplace(labels, groups.size());
    if (added) {
      bool const named = !labels.get(name_label).empty();
      groups.push_back({std::move(labels), named && row.drop_name, {}});
    }
    groups[at->second].members.push_back(&row);
  }
  return groups;
}

double variance(std::vector<double> const& values) {
  double count = 0;
  double mean = 0;
  double squares = 0;
  for (double const value : values) {
    ++count;
    double const apart = value - mean;
    mean += apart / count;
    squares += apart * (value - mean);
  }
  return squares / count;
}

double sum(std::vector<double> const& values) {
  ExactSum total;
  for (double const value : values) total.add(value);
  return total.total();
}

double average(std::vector<double> const& values) {
  double const total = sum(values);
  if (std::isfinite(total)) return total / static_cast<double>(values.size());
  double mean = 0;  // the sum may overflow where the mean does not
  double seen = 0;
  for (double const value : values) {
    ++seen;
    if (std::isinf(mean) && (value == mean || std::isfinite(value))) continue;
    mean += value / seen - mean / seen;
  }
  return mean;
}

template <class Better>
double best(std::vector<double> const& values, Better better) {
  double result = values[0];
  for (double const value : values) {
    if (better(value, result) || std::isnan(result)) result = value;
  }
  return result;
}

// One number of all values of a group at one step; there is at least one.
double reduce(Aggregator kind, std::vector<double>& values, double parameter) {
  switch (kind) {
    case Aggregator::sum:
      return sum(values);
    case Aggregator::avg:
      return average(values);
    case Aggregator::min:
      return best(values, std::less<>());
    case Aggregator::max:
      return best(values, std::greater<>());
    case Aggregator::count:
      return static_cast<double>(values.size());
    case Aggregator::stdvar:
      return variance(values);
    case Aggregator::stddev:
      return std::sqrt(variance(values));
    case Aggregator::quantile:
      return quantile_of(parameter, values);
    case Aggregator::group:
      return 1;
    case Aggregator::topk:
    case Aggregator::bottomk:
    case Aggregator::count_values:
      break;
  }
  return missing();
}

Result<Value> reduced(Evaluator& evaluator, AggregateNode const& node, std::vector<Group>& groups,
                      Value const& parameter) {
  Value result;
  std::vector<double> values;
  for (auto& group : groups) {
    auto made = evaluator.row(std::move(group.labels), group.drop_name);
    if (!made) return made.error();
    for (std::size_t step = 0; step < evaluator.grid().count(); ++step) {
      values.clear();
      for (auto const* row : group.members) {
        if (!is_missing(row->values[step])) values.push_back(row->values[step]);
      }
      if (values.empty()) continue;
      made->values[step] = reduce(node.kind, values, parameter.scalar.empty() ? 0 : parameter.scalar[step]);
    }
    result.rows.push_back(std::move(*made));
  }
  return result;
}

// Series keep their labels; where they are not among the first k they are missing.
Value chosen(Evaluator const& evaluator, AggregateNode const& node, Value input, std::vector<Group>& groups,
             std::vector<double> const& k) {
  double const direction = node.kind == Aggregator::topk ? 1 : -1;
  std::vector<Row*> present;
  for (std::size_t step = 0; step < evaluator.grid().count(); ++step) {
    auto const wanted = k[step] >= 1 ? static_cast<std::size_t>(std::fmin(k[step], 1e9)) : 0;
    for (auto& group : groups) {
      present.clear();
      std::copy_if(group.members.begin(), group.members.end(), std::back_inserter(present),
                   [&](Row const* row) { return !is_missing(row->values[step]); });
      std::stable_sort(present.begin(), present.end(), [&](Row const* a, Row const* b) {
        double const x = a->values[step] * direction;
        double const y = b->values[step] * direction;
        return std::isnan(x) || std::isnan(y) ? !std::isnan(x) && std::isnan(y) : x > y;
      });
      for (std::size_t i = wanted; i < present.size(); ++i) present[i]->values[step] = missing();
      if (evaluator.grid().count() == 1) group.members = present;
    }
  }
  if (evaluator.grid().count() > 1) return input;
  Value ordered;
  for (auto& group : groups) {
    for (auto* row : group.members) {
      if (!is_missing(row->values[0])) ordered.rows.push_back(std::move(*row));
    }
  }
  return ordered;
}

Result<Value> counted(Evaluator& evaluator, AggregateNode const& node, std::vector<Group> const& groups,
                      std::string const& label) {
  if (!is_label_name(label))
    return refuse(Why::invalid, node.parameter->place, "\"{}\" is no label name", label);
  Value result;
  std::unordered_map<Labels, std::size_t, LabelsHash> places;
  for (auto const& group : groups) {
    for (auto const* member : group.members) {
      for (std::size_t step = 0; step < member->values.size(); ++step) {
        if (is_missing(member->values[step])) continue;
        auto labels = group.labels;
        labels.set(label, format_number(member->values[step]));
        auto const [at, added] = places.emplace(labels, result.rows.size());
        if (added) {
          auto made = evaluator.row(std::move(labels), group.drop_name);
          if (!made) return made.error();
          result.rows.push_back(std::move(*made));
        }
        double& count = result.rows[at->second].values[step];
        count = is_missing(count) ? 1 : count + 1;
      }
    }
  }
  return result;
}

}  // namespace

Result<Value> aggregate_rows(Evaluator& evaluator, AggregateNode const& node, Value input,
                             Value const& parameter) {
  auto groups = groups_of(node, input.rows);
  if (node.kind == Aggregator::count_values) return counted(evaluator, node, groups, parameter.text);
  if (node.kind == Aggregator::topk || node.kind == Aggregator::bottomk) {
    return chosen(evaluator, node, std::move(input), groups, parameter.scalar);
  }
  return reduced(evaluator, node, groups, parameter);
}

}  // namespace yunzhi::monitor

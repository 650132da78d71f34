// Aggregations: rows are put into groups once; simple ones then run along each row, so that memory is read in
// order, and only those that need all values of a step at once gather them.
#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/text/utf8.hpp"
#include "monitor/query/choose.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

Labels group_labels(AggregateNode const& node, Labels const& labels) {
  if (!node.without) return labels.keep(node.labels);
  auto result = labels.drop(node.labels);
  result.remove_metadata();
  return result;
}

// A name that any member would lose at the end is lost for the group.
std::vector<RowGroup> groups_of(AggregateNode const& node, std::vector<Row>& rows) {
  std::vector<RowGroup> groups;
  if (!node.without && node.labels.empty()) {
    if (!rows.empty()) groups.emplace_back();
    for (auto& row : rows) groups[0].members.push_back(&row);
    return groups;
  }
  std::unordered_map<Labels, std::size_t, LabelsHash> places;
  for (auto& row : rows) {
    auto const [at, added] = places.emplace(group_labels(node, row.labels), groups.size());
    if (added) groups.push_back({at->first, false, {}});
    auto& group = groups[at->second];
    group.drop_name = group.drop_name || (row.drop_name && !group.labels.get(name_label).empty());
    group.members.push_back(&row);
  }
  return groups;
}

void add_up(RowGroup const& group, std::vector<double>& out) {
  std::vector<ExactSum> sums(out.size());
  for (auto const* row : group.members) {
    for (std::size_t step = 0; step < out.size(); ++step) {
      if (is_missing(row->values[step])) continue;
      sums[step].add(row->values[step]);
      out[step] = 0;
    }
  }
  for (std::size_t step = 0; step < out.size(); ++step) {
    if (!is_missing(out[step])) out[step] = sums[step].total();
  }
}

void count_up(RowGroup const& group, std::vector<double>& out) {
  for (auto const* row : group.members) {
    for (std::size_t step = 0; step < out.size(); ++step) {
      if (!is_missing(row->values[step])) out[step] = is_missing(out[step]) ? 1 : out[step] + 1;
    }
  }
}

// The sum may overflow where the mean does not: then the mean moves towards each value in turn.
double careful_mean(RowGroup const& group, std::size_t step) {
  double mean = 0;
  double seen = 0;
  for (auto const* row : group.members) {
    double const value = row->values[step];
    if (is_missing(value)) continue;
    ++seen;
    if (std::isinf(mean) && (value == mean || std::isfinite(value))) continue;
    mean += value / seen - mean / seen;
  }
  return mean;
}

void average(RowGroup const& group, std::vector<double>& out) {
  std::vector<double> counts(out.size(), missing());
  add_up(group, out);
  count_up(group, counts);
  for (std::size_t step = 0; step < out.size(); ++step) {
    if (is_missing(out[step])) continue;
    out[step] = std::isfinite(out[step]) ? out[step] / counts[step] : careful_mean(group, step);
  }
}

template <class Better>
void keep_best(RowGroup const& group, std::vector<double>& out, Better better) {
  for (auto const* row : group.members) {
    for (std::size_t step = 0; step < out.size(); ++step) {
      double const value = row->values[step];
      if (is_missing(value)) continue;
      if (std::isnan(out[step]) || better(value, out[step])) out[step] = value;
    }
  }
}

// Welford's method, with its corrections kept.
void spread(RowGroup const& group, std::vector<double>& out, bool root) {
  struct Moments {
    double count = 0;
    double mean = 0;
    double squares = 0;
  };
  std::vector<Moments> moments(out.size());
  for (auto const* row : group.members) {
    for (std::size_t step = 0; step < out.size(); ++step) {
      double const value = row->values[step];
      if (is_missing(value)) continue;
      auto& m = moments[step];
      ++m.count;
      double const apart = value - m.mean;
      m.mean += apart / m.count;
      m.squares += apart * (value - m.mean);
    }
  }
  for (std::size_t step = 0; step < out.size(); ++step) {
    auto const& m = moments[step];
    if (m.count == 0) continue;
    out[step] = root ? std::sqrt(m.squares / m.count) : m.squares / m.count;
  }
}

void quantiles(RowGroup const& group, std::vector<double>& out, std::vector<double> const& q) {
  std::vector<double> values;
  for (std::size_t step = 0; step < out.size(); ++step) {
    values.clear();
    for (auto const* row : group.members) {
      if (!is_missing(row->values[step])) values.push_back(row->values[step]);
    }
    if (!values.empty()) out[step] = quantile_of(q[step], values);
  }
}

void reduce(AggregateNode const& node, RowGroup const& group, Value const& parameter,
            std::vector<double>& out) {
  switch (node.kind) {
    case Aggregator::sum:
      return add_up(group, out);
    case Aggregator::avg:
      return average(group, out);
    case Aggregator::min:
      return keep_best(group, out, std::less<>());
    case Aggregator::max:
      return keep_best(group, out, std::greater<>());
    case Aggregator::count:
      return count_up(group, out);
    case Aggregator::stdvar:
      return spread(group, out, false);
    case Aggregator::stddev:
      return spread(group, out, true);
    case Aggregator::quantile:
      return quantiles(group, out, parameter.scalar);
    default:
      count_up(group, out);
      for (double& value : out) {
        if (!is_missing(value)) value = 1;
      }
  }
}

Result<Value> reduced(Evaluator& evaluator, AggregateNode const& node, std::vector<RowGroup>& groups,
                      Value const& parameter) {
  if (node.kind == Aggregator::quantile && !groups.empty()) {
    for (double const q : parameter.scalar) check_quantile(evaluator, q, node.parameter->place);
  }
  Value result;
  for (auto& group : groups) {
    auto made = evaluator.row(std::move(group.labels), group.drop_name);
    if (!made) return made.error();
    reduce(node, group, parameter, made->values);
    result.rows.push_back(std::move(*made));
  }
  return result;
}

Result<Value> counted(Evaluator& evaluator, AggregateNode const& node, std::vector<RowGroup> const& groups,
                      std::string const& label) {
  if (label.empty() || !valid_utf8(label))
    return refuse(Why::invalid, node.parameter->place, "invalid label name {}", go_quoted(label));
  Value result;
  std::unordered_map<Labels, std::size_t, LabelsHash> places;
  for (auto const& group : groups) {
    for (auto const* member : group.members) {
      for (std::size_t step = 0; step < member->values.size(); ++step) {
        if (is_missing(member->values[step])) continue;
        auto labels = group.labels;
        labels.set(label, plain_number(member->values[step]));
        auto const [at, added] = places.emplace(labels, result.rows.size());
        if (added) {
          auto made = evaluator.row(std::move(labels), group.drop_name && label != name_label);
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
  switch (node.kind) {
    case Aggregator::count_values:
      return counted(evaluator, node, groups, parameter.text);
    case Aggregator::topk:
    case Aggregator::bottomk:
    case Aggregator::limitk:
    case Aggregator::limit_ratio:
      return choose_rows(evaluator, node, std::move(input), groups, parameter.scalar);
    default:
      return reduced(evaluator, node, groups, parameter);
  }
}

}  // namespace yunzhi::monitor

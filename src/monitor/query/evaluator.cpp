#include "monitor/query/evaluator.hpp"

#include <algorithm>

namespace yunzhi::monitor {

Result<> Budget::time() const {
  if (std::chrono::steady_clock::now() < deadline_) return {};
  return refuse(Why::busy, "", "the query took longer than {} ms", limits_.time.count());
}

Result<> Budget::samples(std::size_t count) {
  samples_ += count;
  if (samples_ > limits_.samples)
    return refuse(Why::too_large, "", "the query would read more than {} samples", limits_.samples);
  return time();
}

Result<> Budget::points(std::size_t count) {
  points_ += count;
  if (points_ > limits_.points)
    return refuse(Why::too_large, "", "the query would hold more than {} points", limits_.points);
  return time();
}

Result<Row> Evaluator::row(Labels labels, bool drop_name) {
  if (auto paid = budget_.points(grid_.count() + 16); !paid) return paid.error();
  return Row{std::move(labels), drop_name, std::vector<double>(grid_.count(), missing())};
}

Result<Value> Evaluator::evaluate(Expression const& expression) {
  if (auto const* number = std::get_if<NumberNode>(&expression.node)) {
    if (auto paid = budget_.points(grid_.count()); !paid) return paid.error();
    return Value{ValueType::scalar, std::vector<double>(grid_.count(), number->value), {}, {}};
  }
  if (auto const* text = std::get_if<TextNode>(&expression.node))
    return Value{ValueType::text, {}, {}, text->value};
  if (auto const* node = std::get_if<SelectorNode>(&expression.node)) {
    if (node->range_ms == 0) return select(*node, false);
  }
  if (auto const* node = std::get_if<NegationNode>(&expression.node)) return negate(*node);
  if (auto const* node = std::get_if<CallNode>(&expression.node)) return call(*node);
  if (auto const* node = std::get_if<AggregateNode>(&expression.node)) return aggregate(*node);
  if (auto const* node = std::get_if<BinaryNode>(&expression.node)) return binary(*node);
  return refuse(Why::invalid, expression.place, "a range needs a function around it");
}

Evaluator::Reach Evaluator::reach_of(Shift const& shift, std::int64_t range) const {
  Reach reach{range, shift.offset_ms, shift.at != Shift::At::step, 0};
  if (shift.at == Shift::At::fixed) reach.moment = shift.at_ms;
  if (shift.at == Shift::At::start) reach.moment = whole_.start;
  if (shift.at == Shift::At::end) reach.moment = whole_.end;
  return reach;
}

Evaluator::Reach Evaluator::reach_of(Expression const& matrix) const {
  if (auto const* selector = std::get_if<SelectorNode>(&matrix.node))
    return reach_of(selector->shift, selector->range_ms);
  auto const& subquery = std::get<SubqueryNode>(matrix.node);
  return reach_of(subquery.shift, subquery.range_ms);
}

Result<Value> Evaluator::select(SelectorNode const& selector, bool times) {
  auto const reach = reach_of(selector.shift, budget_.limits().lookback_ms);
  auto const from = (reach.fixed ? reach.moment : grid_.start) - reach.offset - reach.range + 1;
  auto const to = (reach.fixed ? reach.moment : grid_.end) - reach.offset;
  Value result;
  Result<> failed;
  source_.select(selector.matchers, from, to, [&](Labels const& labels, Samples& samples) {
    failed = budget_.samples(samples.size());
    if (!failed) return false;
    auto made = row(labels, false);
    if (!made) {
      failed = made.error();
      return false;
    }
    bool any = false;
    std::size_t next = 0;
    for (std::size_t step = 0; step < grid_.count(); ++step) {
      auto const at = (reach.fixed ? reach.moment : grid_.at(step)) - reach.offset;
      while (next < samples.size() && samples[next].at <= at) ++next;
      if (next == 0) continue;
      auto const& sample = samples[next - 1];
      if (sample.at <= at - reach.range || is_stale(sample.value)) continue;
      made->values[step] = times ? static_cast<double>(sample.at) / 1000 : sample.value;
      any = true;
    }
    if (any) result.rows.push_back(std::move(*made));
    return true;
  });
  if (!failed) return failed.error();
  return result;
}

Result<> Evaluator::each_series(Expression const& matrix, Visit const& visit) {
  if (auto const* subquery = std::get_if<SubqueryNode>(&matrix.node))
    return each_series_of_subquery(*subquery, visit);
  auto const& selector = std::get<SelectorNode>(matrix.node);
  auto const reach = reach_of(matrix);
  auto const from = (reach.fixed ? reach.moment : grid_.start) - reach.offset - reach.range + 1;
  auto const to = (reach.fixed ? reach.moment : grid_.end) - reach.offset;
  Result<> failed;
  source_.select(selector.matchers, from, to, [&](Labels const& labels, Samples& samples) {
    failed = budget_.samples(samples.size());
    if (!failed) return false;
    std::erase_if(samples, [](Sample const& sample) { return is_stale(sample.value); });
    if (!samples.empty()) failed = visit(labels, false, samples);
    return failed.has_value();
  });
  return failed;
}

// The inner query runs once over all moments any window needs: multiples of its step, whatever the outer
// grid is, so that neighbouring windows agree.
Result<> Evaluator::each_series_of_subquery(SubqueryNode const& node, Visit const& visit) {
  auto const reach = reach_of(node.shift, node.range_ms);
  auto const step = node.step_ms > 0 ? node.step_ms : budget_.limits().subquery_step_ms;
  auto const after = (reach.fixed ? reach.moment : grid_.start) - reach.offset - reach.range;
  Grid inner;
  inner.step = step;
  inner.start = after / step * step;
  if (inner.start <= after) inner.start += step;
  inner.end = (reach.fixed ? reach.moment : grid_.end) - reach.offset;
  if (inner.end < inner.start) return {};
  if (auto paid = budget_.points(inner.count()); !paid) return paid.error();
  Evaluator evaluator(source_, budget_, inner, whole_);
  auto value = evaluator.evaluate(*node.inner);
  if (!value) return value.error();
  if (value->type == ValueType::scalar) value->rows.push_back({{}, false, std::move(value->scalar)});
  for (auto const& row : value->rows) {
    Samples samples;
    for (std::size_t i = 0; i < row.values.size(); ++i) {
      if (!is_missing(row.values[i])) samples.push_back({inner.at(i), row.values[i]});
    }
    if (samples.empty()) continue;
    if (auto done = visit(row.labels, row.drop_name, samples); !done) return done;
  }
  return {};
}

void Evaluator::each_window(Expression const& matrix, Samples const& samples, AtStep const& visit) const {
  auto const reach = reach_of(matrix);
  std::size_t begin = 0;
  std::size_t end = 0;
  for (std::size_t step = 0; step < grid_.count(); ++step) {
    Window window;
    window.now = reach.fixed ? reach.moment : grid_.at(step);
    window.end = window.now - reach.offset;
    window.start = window.end - reach.range;
    while (end < samples.size() && samples[end].at <= window.end) ++end;
    while (begin < end && samples[begin].at <= window.start) ++begin;
    if (begin == end) continue;
    window.samples = std::span(samples).subspan(begin, end - begin);
    window.now = grid_.at(step);
    visit(step, window);
  }
}

Result<Value> Evaluator::negate(NegationNode const& node) {
  auto value = evaluate(*node.inner);
  if (!value) return value;
  for (double& number : value->scalar) number = -number;
  for (auto& row : value->rows) {
    row.drop_name = true;
    for (double& number : row.values) {
      if (!is_missing(number)) number = -number;
    }
  }
  return value;
}

Result<Value> Evaluator::aggregate(AggregateNode const& node) {
  Value parameter;
  if (node.parameter) {
    auto value = evaluate(*node.parameter);
    if (!value) return value;
    parameter = std::move(*value);
  }
  auto input = evaluate(*node.inner);
  if (!input) return input;
  return aggregate_rows(*this, node, std::move(*input), parameter);
}

Result<Value> Evaluator::binary(BinaryNode const& node) {
  auto left = evaluate(*node.left);
  if (!left) return left;
  auto right = evaluate(*node.right);
  if (!right) return right;
  return combine(*this, node, std::move(*left), std::move(*right));
}

Result<Value> Evaluator::call(CallNode const& node) {
  if (node.function->over_window != nullptr) return call_over_window(node);
  if (node.function->per_value != nullptr) return call_per_value(node);
  return node.function->special(*this, node);
}

Result<Value> Evaluator::call_over_window(CallNode const& node) {
  Expression const* matrix = nullptr;
  std::vector<std::vector<double>> scalars;
  for (auto const& argument : node.arguments) {
    if (argument->type == ValueType::matrix) {
      matrix = argument.get();
      continue;
    }
    auto value = evaluate(*argument);
    if (!value) return value;
    scalars.push_back(std::move(value->scalar));
  }
  Value result;
  std::vector<double> parameters(scalars.size());
  auto done =
      each_series(*matrix, [&](Labels const& labels, bool drop_name, Samples const& samples) -> Result<> {
        auto made = row(labels, drop_name || !node.function->keeps_name);
        if (!made) return made.error();
        bool any = false;
        each_window(*matrix, samples, [&](std::size_t step, Window const& window) {
          for (std::size_t i = 0; i < scalars.size(); ++i) parameters[i] = scalars[i][step];
          Window filled = window;
          filled.parameters = parameters;
          made->values[step] = node.function->over_window(filled);
          any = any || !is_missing(made->values[step]);
        });
        if (any) result.rows.push_back(std::move(*made));
        return {};
      });
  if (!done) return done.error();
  return result;
}

Result<Value> Evaluator::call_per_value(CallNode const& node) {
  Value input;
  std::vector<std::vector<double>> scalars;
  if (node.arguments.empty()) {
    auto now = row({}, false);
    if (!now) return now.error();
    for (std::size_t step = 0; step < grid_.count(); ++step)
      now->values[step] = static_cast<double>(grid_.at(step)) / 1000;
    input.rows.push_back(std::move(*now));
  }
  for (auto const& argument : node.arguments) {
    auto value = evaluate(*argument);
    if (!value) return value;
    if (argument->type == ValueType::scalar) {
      scalars.push_back(std::move(value->scalar));
    } else {
      input = std::move(*value);
    }
  }
  std::vector<double> parameters(scalars.size());
  for (auto& row : input.rows) {
    row.drop_name = row.drop_name || !node.function->keeps_name;
    for (std::size_t step = 0; step < row.values.size(); ++step) {
      if (is_missing(row.values[step])) continue;
      for (std::size_t i = 0; i < scalars.size(); ++i) parameters[i] = scalars[i][step];
      row.values[step] = node.function->per_value(row.values[step], parameters);
    }
  }
  return input;
}

}  // namespace yunzhi::monitor

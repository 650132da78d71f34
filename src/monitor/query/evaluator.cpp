#include "monitor/query/evaluator.hpp"

#include <algorithm>

#include "monitor/query/format.hpp"
#include "monitor/query/long_view.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t row_overhead_bytes = 128;

// A counter's name ends so, by convention; with the type known from a label, that decides.
void remark_non_counter(Evaluator& evaluator, Labels const& labels, std::string_view place) {
  auto const name = labels.get(name_label);
  if (name.empty()) return;
  if (auto const type = labels.get(type_label); !type.empty()) {
    if (type == "counter" || type == "histogram") return;
    evaluator.annotations().inform(
        "metric might not be a counter, __type__ label is not set to \"counter\" or \"histogram\", got " +
            go_quoted(type) + ": " + go_quoted(name),
        place);
    return;
  }
  for (std::string_view const ending : {"_total", "_sum", "_count", "_bucket"}) {
    if (name.ends_with(ending)) return;
  }
  evaluator.annotations().inform(
      "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: " + go_quoted(name),
      place);
}

}  // namespace

Result<Row> Evaluator::row(Labels labels, bool drop_name) {
  if (auto paid = budget().bytes(grid_.count() * sizeof(double) + row_overhead_bytes); !paid)
    return paid.error();
  return Row{std::move(labels), drop_name, std::vector<double>(grid_.count(), missing())};
}

Result<Value> Evaluator::evaluate(Expression const& expression) {
  if (auto const* number = std::get_if<NumberNode>(&expression.node)) {
    if (auto paid = budget().bytes(grid_.count() * sizeof(double)); !paid) return paid.error();
    return Value{ValueType::scalar, std::vector<double>(grid_.count(), number->value), {}, {}};
  }
  if (auto const* text = std::get_if<TextNode>(&expression.node))
    return Value{ValueType::text, {}, {}, text->value};
  if (auto const* node = std::get_if<SelectorNode>(&expression.node)) {
    if (node->range.empty()) return select(*node, false, expression.place);
  }
  if (auto const* node = std::get_if<NegationNode>(&expression.node)) return negate(*node);
  if (auto const* node = std::get_if<CallNode>(&expression.node)) return call(*node);
  if (auto const* node = std::get_if<AggregateNode>(&expression.node)) return aggregate(*node);
  if (auto const* node = std::get_if<BinaryNode>(&expression.node)) return binary(*node);
  return refuse(Why::invalid, expression.place, "a range needs a function around it");
}

Result<std::int64_t> Evaluator::resolve(Duration const& duration) const {
  // An instant query has no step.
  bool const instant = run_.whole.count() == 1 && run_.whole.step == instant_step;
  return duration.resolve(instant ? 0 : run_.whole.step, run_.whole.end - run_.whole.start);
}

Result<Reach> Evaluator::reach_of(Shift const& shift, Duration const& range) const {
  Reach reach;
  auto const width = resolve(range);
  if (!width) return width.error();
  if (!range.empty() && *width <= 0)
    return refuse(Why::invalid, range.term ? range.term->place : "", "duration must be greater than 0");
  auto const offset = resolve(shift.offset);
  if (!offset) return offset.error();
  reach.range = *width;
  reach.offset = *offset;
  reach.fixed = shift.at != Shift::At::step;
  if (shift.at == Shift::At::fixed) reach.moment = shift.at_ms;
  if (shift.at == Shift::At::start) reach.moment = run_.whole.start;
  if (shift.at == Shift::At::end) reach.moment = run_.whole.end;
  return reach;
}

Result<Reach> Evaluator::reach_of(Expression const& matrix) const {
  if (auto const* subquery = std::get_if<SubqueryNode>(&matrix.node))
    return reach_of(subquery->shift, subquery->range);
  auto const& selector = std::get<SelectorNode>(matrix.node);
  auto reach = reach_of(selector.shift, selector.range);
  if (!reach || selector.extension == Extension::none) return reach;
  auto const lookback = run_.budget.limits().lookback_ms;
  reach->extension = selector.extension;
  reach->before = lookback;
  if (selector.extension == Extension::smoothed) reach->after = lookback;
  return reach;
}

Result<> Evaluator::each_series(Expression const& matrix, Grid const& grid, Visit const& visit) {
  if (std::holds_alternative<SubqueryNode>(matrix.node)) return each_series_of_subquery(matrix, visit);
  auto const& selector = std::get<SelectorNode>(matrix.node);
  auto const reach = reach_of(matrix);
  if (!reach) return reach.error();
  auto const from = reach->end_at(grid.start) - reach->range - reach->before + 1;
  auto const to = reach->end_at(grid.end) + reach->after;
  Result<> failed;
  run_.source.select(selector.matchers, from, to, [&](Labels const& labels, Samples& samples) {
    failed = budget().samples(samples.size());
    if (!failed) return false;
    std::erase_if(samples, [](Sample const& sample) { return is_stale(sample.value); });
    if (!samples.empty()) failed = visit(labels, false, samples);
    return failed.has_value();
  });
  return failed;
}

// All moments any window needs: multiples of the step, whatever the outer grid is, so that neighbouring
// windows agree.
Result<Grid> Evaluator::inner_grid(Expression const& subquery) const {
  auto const& node = std::get<SubqueryNode>(subquery.node);
  auto const reach = reach_of(node.shift, node.range);
  if (!reach) return reach.error();
  auto const written = resolve(node.step);
  if (!written) return written.error();
  if (!node.step.empty() && *written <= 0)
    return refuse(Why::invalid, node.step.term ? node.step.term->place : "",
                  "duration must be greater than 0");
  auto const step = node.step.empty() ? run_.budget.limits().subquery_step_ms : *written;
  auto const after = reach->end_at(grid_.start) - reach->range;
  Grid inner;
  inner.step = step;
  inner.start = after / step * step;
  if (inner.start <= after) inner.start += step;
  inner.end = reach->end_at(grid_.end);
  return inner;
}

Result<> Evaluator::each_series_of_subquery(Expression const& subquery, Visit const& visit) {
  auto const& node = std::get<SubqueryNode>(subquery.node);
  auto const found = inner_grid(subquery);
  if (!found) return found.error();
  auto const& inner = *found;
  if (inner.end < inner.start) return {};
  if (auto paid = budget().bytes(inner.count() * sizeof(double)); !paid) return paid.error();
  Evaluator evaluator(run_, inner);
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
  auto const& function = *node.function;
  if (function.over_window != nullptr || function.over_series != nullptr) return call_over_window(node);
  if (function.per_value != nullptr) return call_per_value(node);
  return function.special(*this, node);
}

Result<> Evaluator::fill_row(CallNode const& node, Slide const& slide, Labels const& labels, Row const& row) {
  auto const& function = *node.function;
  if (function.check != nullptr) {
    for (std::size_t step = 0; step < slide.steps(); ++step) {
      if (slide.is_empty(step)) continue;
      if (auto fine = function.check(*this, node, slide.window(step).parameters); !fine) return fine;
    }
  }
  if (function.over_series != nullptr) {
    function.over_series(slide);
  } else {
    for (std::size_t step = 0; step < slide.steps(); ++step) {
      if (!slide.is_empty(step)) slide.put(step, function.over_window(slide.window(step)));
    }
  }
  if (function.counter && !std::all_of(row.values.begin(), row.values.end(), is_missing))
    remark_non_counter(*this, labels, node.arguments[0]->place);
  return {};
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
  auto const reach = reach_of(*matrix);
  if (!reach) return reach.error();
  Value result;
  auto const view = long_view_of(node, *matrix, *reach);
  if (view.steps > 0) {
    auto rows = rows_from_rollups(*this, run_.source, std::get<SelectorNode>(matrix->node),
                                  *find_recipe(node.function->name), *reach, view);
    if (!rows) return rows.error();
    result.rows = std::move(*rows);
    for (auto& row : result.rows) {
      row.drop_name = !node.function->keeps_name;
      if (node.function->counter) remark_non_counter(*this, row.labels, node.arguments[0]->place);
    }
  }
  if (view.steps == grid_.count()) return result;
  auto const rest = grid_.after(view.steps);
  auto done = each_series(
      *matrix, rest, [&](Labels const& labels, bool drop_name, Samples const& samples) -> Result<> {
        auto made = row(labels, drop_name || !node.function->keeps_name);
        if (!made) return made.error();
        Slide const slide(samples, rest, *reach, scalars, std::span(made->values).subspan(view.steps));
        if (auto filled = fill_row(node, slide, labels, *made); !filled) return filled;
        if (!std::all_of(made->values.begin(), made->values.end(), is_missing))
          result.rows.push_back(std::move(*made));
        return {};
      });
  if (!done) return done.error();
  if (view.steps == 0) return result;
  auto joined = merged(std::move(result.rows));
  if (!joined) return joined.error();
  result.rows = std::move(*joined);
  return result;
}

LongView Evaluator::long_view_of(CallNode const& node, Expression const& matrix, Reach const& reach) {
  auto const* selector = std::get_if<SelectorNode>(&matrix.node);
  if (selector == nullptr) return {};
  LongView view;
  if (find_recipe(node.function->name) != nullptr)
    view = choose_long_view(run_.source, budget().limits(), grid_, reach, 0);
  remark_view(*this, run_.source, view, reach, node.function->name, matrix.place);
  return view;
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

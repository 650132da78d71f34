#include "monitor/query/explain.hpp"

#include "monitor/query/print.hpp"
#include "monitor/series/source_failed.hpp"

namespace yunzhi::monitor {
namespace {

class Planner {
 public:
  explicit Planner(QueryRun& run) : run_(run) {}

  Result<PlanNode> plan(Expression const& expression, Grid const& grid) {
    PlanNode node;
    node.text = print_query(expression);
    node.place = expression.place;
    node.steps = grid.count();
    if (auto done = describe(expression, grid, node); !done) return done.error();
    for (auto const& part : node.parts) node.samples += part.samples;
    return node;
  }

 private:
  Result<> add(Child const& child, Grid const& grid, PlanNode& node) {
    if (!child) return {};
    auto part = plan(*child, grid);
    if (!part) return part.error();
    node.parts.push_back(std::move(*part));
    return {};
  }

  Result<> describe(Expression const& expression, Grid const& grid, PlanNode& node) {
    if (std::holds_alternative<SelectorNode>(expression.node)) return count(expression, grid, node);
    if (auto const* subquery = std::get_if<SubqueryNode>(&expression.node))
      return inside(expression, *subquery, grid, node);
    if (auto const* negation = std::get_if<NegationNode>(&expression.node)) {
      node.kind = "operator -";
      return add(negation->inner, grid, node);
    }
    if (auto const* call = std::get_if<CallNode>(&expression.node)) {
      node.kind = "function " + std::string(call->function->name);
      for (auto const& argument : call->arguments) {
        if (auto done = add(argument, grid, node); !done) return done;
      }
      return {};
    }
    if (auto const* aggregate = std::get_if<AggregateNode>(&expression.node)) {
      node.kind = "aggregation " + std::string(name_of(aggregate->kind));
      if (auto done = add(aggregate->parameter, grid, node); !done) return done;
      return add(aggregate->inner, grid, node);
    }
    if (auto const* binary = std::get_if<BinaryNode>(&expression.node)) {
      node.kind = "operator " + std::string(name_of(binary->op));
      if (auto done = add(binary->left, grid, node); !done) return done;
      return add(binary->right, grid, node);
    }
    node.kind = "constant";
    return {};
  }

  Result<> count(Expression const& expression, Grid const& grid, PlanNode& node) {
    node.kind = "selector";
    Evaluator const evaluator(run_, grid);
    auto reach = evaluator.reach_of(expression);
    if (!reach) return reach.error();
    auto const& selector = std::get<SelectorNode>(expression.node);
    auto const width =
        selector.range.empty() ? run_.budget.limits().lookback_ms : reach->range + reach->before;
    Result<> failed;
    run_.source.select(selector.matchers, reach->end_at(grid.start) - width + 1,
                       reach->end_at(grid.end) + reach->after, [&](Labels const&, Samples& samples) {
                         ++node.series;
                         node.samples += samples.size();
                         failed = run_.budget.samples(samples.size());
                         return failed.has_value();
                       });
    return failed;
  }

  Result<> inside(Expression const& expression, SubqueryNode const& subquery, Grid const& grid,
                  PlanNode& node) {
    node.kind = "subquery";
    Evaluator const evaluator(run_, grid);
    auto const inner = evaluator.inner_grid(expression);
    if (!inner) return inner.error();
    return inner->end < inner->start ? Result<>() : add(subquery.inner, *inner, node);
  }

  QueryRun& run_;
};

}  // namespace

Result<PlanNode> explain(Source const& source, Expression const& query, Grid const& grid,
                         QueryLimits const& limits) {
  if (grid.step <= 0 || grid.end < grid.start || grid.count() > limits.steps)
    return refuse(Why::invalid, "step",
                  "the query has more than {} steps; take a larger step or a shorter time", limits.steps);
  QueryRun run{source, Budget(limits), {}, grid};
  return unless_source_fails<PlanNode>([&] { return Planner(run).plan(query, grid); });
}

}  // namespace yunzhi::monitor

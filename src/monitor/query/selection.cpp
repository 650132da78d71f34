// What a selector gives at each step, without a range around it.
#include <algorithm>

#include "monitor/query/evaluator.hpp"
#include "monitor/query/long_view.hpp"

namespace yunzhi::monitor {
namespace {

// The newest sample at or before a moment, unless it is older than the lookback or a stale marker.
void fill_latest(std::span<double> values, Samples const& samples, Grid const& grid, Reach const& reach,
                 bool times) {
  std::size_t next = 0;
  for (std::size_t step = 0; step < values.size(); ++step) {
    auto const at = reach.end_at(grid.at(step));
    while (next < samples.size() && samples[next].at <= at) ++next;
    if (next == 0) continue;
    auto const& sample = samples[next - 1];
    if (sample.at <= at - reach.range || is_stale(sample.value)) continue;
    values[step] = times ? static_cast<double>(sample.at) / 1000 : sample.value;
  }
}

// On the line between the neighbours; after the last sample its value, before the first nothing.
void fill_smoothed(std::span<double> values, Samples const& samples, Grid const& grid, Reach const& reach) {
  std::size_t next = 0;
  for (std::size_t step = 0; step < values.size(); ++step) {
    auto const at = reach.end_at(grid.at(step));
    while (next < samples.size() && samples[next].at < at) ++next;
    bool const has_before = next > 0 && samples[next - 1].at > at - reach.range;
    bool const has_after = next < samples.size() && samples[next].at <= at + reach.range;
    if (has_after && samples[next].at == at) {
      values[step] = samples[next].value;
    } else if (has_before && has_after) {
      auto const& a = samples[next - 1];
      auto const& b = samples[next];
      values[step] =
          a.value + (b.value - a.value) * static_cast<double>(at - a.at) / static_cast<double>(b.at - a.at);
    } else if (has_before) {
      values[step] = samples[next - 1].value;
    }
  }
}

}  // namespace

Result<Value> Evaluator::select(SelectorNode const& selector, bool times, std::string_view place) {
  auto found = reach_of(selector.shift, selector.range);
  if (!found) return found.error();
  auto& reach = *found;
  auto const lookback = budget().limits().lookback_ms;
  auto view = LongView{};
  if (!times && selector.extension == Extension::none) {
    view = choose_long_view(run_.source, budget().limits(), grid_, reach, lookback);
    remark_view(*this, run_.source, view, reach, {}, place);
  }
  reach.range = lookback;
  Value result;
  if (view.steps > 0) {
    if (auto done = select_rollups(selector, reach, view, result.rows); !done) return done.error();
  }
  if (view.steps < grid_.count()) {
    if (auto done = select_samples(selector, reach, view.steps, times, result.rows); !done)
      return done.error();
  }
  if (view.steps == 0 || view.steps == grid_.count()) return result;
  auto joined = merged(std::move(result.rows));
  if (!joined) return joined.error();
  result.rows = std::move(*joined);
  return result;
}

// The last sample of the last whole stretch.
Result<> Evaluator::select_rollups(SelectorNode const& selector, Reach const& reach, LongView const& view,
                                   std::vector<Row>& rows) {
  auto wider = reach;
  wider.range = std::max(reach.range, view.length);
  RollupQuestion const question{selector.matchers, RollupFigure::last, view.length,
                                wider.end_at(grid_.start) - wider.range + 1,
                                wider.end_at(grid_.at(view.steps - 1))};
  Result<> failed;
  run_.source.select_rollup(question, [&](Labels const& labels, Samples& figures) {
    failed = budget().samples(figures.size());
    if (!failed) return false;
    auto made = row(labels, false);
    if (!made) {
      failed = made.error();
      return false;
    }
    fill_latest(std::span(made->values).first(view.steps), figures, grid_, wider, false);
    if (!std::all_of(made->values.begin(), made->values.end(), is_missing)) rows.push_back(std::move(*made));
    return true;
  });
  return failed;
}

Result<> Evaluator::select_samples(SelectorNode const& selector, Reach const& reach, std::size_t first,
                                   bool times, std::vector<Row>& rows) {
  bool const smoothed = selector.extension == Extension::smoothed;
  auto const grid = grid_.after(first);
  auto const from = reach.end_at(grid.start) - reach.range + 1;
  auto const to = reach.end_at(grid.end) + (smoothed ? reach.range : 0);
  Result<> failed;
  auto const visit = [&](Labels labels, Samples& samples) {
    failed = budget().samples(samples.size());
    if (!failed) return false;
    auto made = row(std::move(labels), false);
    if (!made) {
      failed = made.error();
      return false;
    }
    auto const values = std::span(made->values).subspan(first);
    if (smoothed && !times) {
      std::erase_if(samples, [](Sample const& sample) { return is_stale(sample.value); });
      fill_smoothed(values, samples, grid, reach);
    } else {
      fill_latest(values, samples, grid, reach, times);
    }
    if (!std::all_of(made->values.begin(), made->values.end(), is_missing)) rows.push_back(std::move(*made));
    return true;
  };
  if (grid.count() == 1 && !smoothed) {
    run_.source.select_newest(selector.matchers, from, to, visit);
  } else {
    run_.source.select(selector.matchers, from, to, visit);
  }
  return failed;
}

}  // namespace yunzhi::monitor

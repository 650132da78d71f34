// Quantiles and fractions of classic histograms: series with the label `le`. Native histograms are not kept
// by this engine, so functions that read only those answer nothing.
#include <algorithm>
#include <unordered_map>

#include "monitor/query/format.hpp"
#include "monitor/query/special.hpp"

namespace yunzhi::monitor {
namespace {

struct Bucket {
  double bound = 0;
  double count = 0;
};

// Scrapes of a busy target may be slightly inconsistent: tiny differences are taken as none, counts that
// shrink are lifted. True when one had to be lifted.
bool make_monotonic(std::vector<Bucket>& buckets) {
  constexpr double tolerance = 1e-12;
  bool lifted = false;
  double before = buckets[0].count;
  for (std::size_t i = 1; i < buckets.size(); ++i) {
    double const now = buckets[i].count;
    if (now == before) continue;
    if (std::fabs(now - before) / (std::fabs(now) + std::fabs(before)) < tolerance) {
      buckets[i].count = before;
    } else if (now < before) {
      buckets[i].count = before;
      lifted = true;
    } else {
      before = now;
    }
  }
  return lifted;
}

// In order of bounds, equal bounds joined.
void sort_buckets(std::vector<Bucket>& buckets) {
  std::sort(buckets.begin(), buckets.end(),
            [](Bucket const& a, Bucket const& b) { return a.bound < b.bound; });
  std::size_t kept = 0;
  for (std::size_t i = 1; i < buckets.size(); ++i) {
    if (buckets[i].bound == buckets[kept].bound) {
      buckets[kept].count += buckets[i].count;
    } else {
      buckets[++kept] = buckets[i];
    }
  }
  buckets.resize(kept + 1);
}

double quantile_of_buckets(double q, std::vector<Bucket>& buckets, bool& lifted) {
  if (std::isnan(q)) return nan_value;
  if (q < 0) return -infinity;
  if (q > 1) return infinity;
  sort_buckets(buckets);
  if (buckets.back().bound != infinity || buckets.size() < 2) return nan_value;
  lifted = make_monotonic(buckets);
  double const total = buckets.back().count;
  if (total == 0 || std::isnan(total)) return nan_value;
  double const rank = q * total;
  auto const found = std::find_if(buckets.begin(), buckets.end() - 1,
                                  [&](Bucket const& each) { return each.count >= rank; });
  if (found == buckets.end() - 1) return buckets[buckets.size() - 2].bound;
  if (found == buckets.begin() && found->bound <= 0) return found->bound;
  double const start = found == buckets.begin() ? 0 : (found - 1)->bound;
  double const below = found == buckets.begin() ? 0 : (found - 1)->count;
  return start + (found->bound - start) * ((rank - below) / (found->count - below));
}

// How many observations lie below a value, on a line within the bucket it falls into.
double rank_of(double value, std::vector<Bucket> const& buckets) {
  double below = 0;
  double from = buckets[0].bound <= 0 ? -infinity : 0;
  for (auto const& bucket : buckets) {
    if (from >= value) return below;
    if (bucket.bound > value) {
      if (std::isinf(from) || std::isinf(bucket.bound)) return std::isinf(from) ? bucket.count : below;
      return below + (bucket.count - below) * (value - from) / (bucket.bound - from);
    }
    below = bucket.count;
    from = bucket.bound;
  }
  return below;
}

double fraction_of_buckets(double lower, double upper, std::vector<Bucket>& buckets) {
  sort_buckets(buckets);
  if (buckets.back().bound != infinity || buckets.size() < 2) return nan_value;
  double const total = buckets.back().count;
  if (total == 0 || std::isnan(total) || std::isnan(lower) || std::isnan(upper)) return nan_value;
  if (lower >= upper) return 0;
  return (std::fmin(rank_of(upper, buckets), total) - std::fmin(rank_of(lower, buckets), total)) / total;
}

struct Histogram {
  Labels labels;
  std::vector<std::pair<double, Row const*>> bounds;
};

// Series put together by all labels but `le`; the metric's name still tells histograms apart.
std::vector<Histogram> histograms_of(Evaluator& evaluator, std::vector<Row> const& rows,
                                     std::string_view place) {
  std::vector<Histogram> histograms;
  std::unordered_map<Labels, std::size_t, LabelsHash> places;
  for (auto const& row : rows) {
    double bound = 0;
    auto const written = row.labels.get("le");
    if (!parse_number(written, bound)) {
      auto const name = row.labels.get(name_label);
      evaluator.annotations().warn("bucket label \"le\" is missing or has a malformed value of " +
                                       go_quoted(written) +
                                       (name.empty() ? "" : " for metric name " + go_quoted(name)),
                                   place);
      continue;
    }
    Labels labels = row.labels;
    labels.remove("le");
    auto const [at, added] = places.emplace(labels, histograms.size());
    if (added) histograms.push_back({std::move(labels), {}});
    histograms[at->second].bounds.emplace_back(bound, &row);
  }
  return histograms;
}

// One row per histogram; `work` gets the step and the buckets that are there at it.
template <class Work>
Result<> each_histogram(Evaluator& evaluator, std::vector<Histogram> const& histograms, Value& result,
                        Work work) {
  std::vector<Bucket> buckets;
  for (auto const& histogram : histograms) {
    auto made = evaluator.row(histogram.labels, true);
    if (!made) return made.error();
    for (std::size_t step = 0; step < evaluator.grid().count(); ++step) {
      buckets.clear();
      for (auto const& [bound, row] : histogram.bounds) {
        if (!is_missing(row->values[step])) buckets.push_back({bound, row->values[step]});
      }
      if (!buckets.empty()) made->values[step] = work(histogram, step, buckets);
    }
    result.rows.push_back(std::move(*made));
  }
  return {};
}

Result<> add_quantiles(Evaluator& evaluator, CallNode const& node, std::size_t argument,
                       std::vector<double> const& q, std::vector<Histogram> const& histograms,
                       Value& result) {
  return each_histogram(evaluator, histograms, result,
                        [&](Histogram const& histogram, std::size_t step, std::vector<Bucket>& buckets) {
                          check_quantile(evaluator, q[step], node.arguments[argument]->place);
                          bool lifted = false;
                          double const value = quantile_of_buckets(q[step], buckets, lifted);
                          if (lifted) {
                            auto const name = histogram.labels.get(name_label);
                            evaluator.annotations().inform(
                                "input to histogram_quantile needed to be fixed for monotonicity (see "
                                "https://prometheus.io/docs/prometheus/latest/querying/functions/"
                                "#histogram_quantile)" +
                                    (name.empty() ? "" : " for metric name " + go_quoted(name)),
                                node.arguments[argument == 0 ? 1 : 0]->place);
                          }
                          return value;
                        });
}

Result<Value> histogram_quantile(Evaluator& evaluator, CallNode const& node) {
  auto q = evaluator.evaluate(*node.arguments[0]);
  if (!q) return q;
  auto value = evaluator.evaluate(*node.arguments[1]);
  if (!value) return value;
  auto const histograms = histograms_of(evaluator, value->rows, node.arguments[1]->place);
  Value result;
  if (auto done = add_quantiles(evaluator, node, 0, q->scalar, histograms, result); !done)
    return done.error();
  return result;
}

// Several quantiles at once, told apart by a label: histogram_quantiles(v, "quantile", 0.5, 0.9).
Result<Value> histogram_quantiles(Evaluator& evaluator, CallNode const& node) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  auto const histograms = histograms_of(evaluator, value->rows, node.arguments[0]->place);
  Value result;
  for (std::size_t i = 2; i < node.arguments.size(); ++i) {
    auto q = evaluator.evaluate(*node.arguments[i]);
    if (!q) return q;
    auto const begin = result.rows.size();
    if (auto done = add_quantiles(evaluator, node, i, q->scalar, histograms, result); !done)
      return done.error();
    auto text = go_number(q->scalar[0]);
    if (text.find_first_of(".eNI") == text.npos) text += ".0";
    for (auto at = begin; at < result.rows.size(); ++at)
      result.rows[at].labels.set(text_argument(node, 1), text);
  }
  return result;
}

Result<Value> histogram_fraction(Evaluator& evaluator, CallNode const& node) {
  auto lower = evaluator.evaluate(*node.arguments[0]);
  if (!lower) return lower;
  auto upper = evaluator.evaluate(*node.arguments[1]);
  if (!upper) return upper;
  auto value = evaluator.evaluate(*node.arguments[2]);
  if (!value) return value;
  auto const histograms = histograms_of(evaluator, value->rows, node.arguments[2]->place);
  Value result;
  auto done = each_histogram(evaluator, histograms, result,
                             [&](Histogram const&, std::size_t step, std::vector<Bucket>& buckets) {
                               return fraction_of_buckets(lower->scalar[step], upper->scalar[step], buckets);
                             });
  if (!done) return done.error();
  return result;
}

Result<Value> of_native_histograms(Evaluator& evaluator, CallNode const& node) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  return Value{};
}

}  // namespace

std::vector<Function> histogram_functions() {
  constexpr auto number = ValueType::scalar;
  constexpr auto series = ValueType::vector;
  std::vector<Function> all{
      special("histogram_quantile", {number, series}, histogram_quantile),
      variadic(special("histogram_quantiles", {series, ValueType::text, number}, histogram_quantiles), 3),
      special("histogram_fraction", {number, number, series}, histogram_fraction)};
  for (auto const* name :
       {"histogram_avg", "histogram_count", "histogram_sum", "histogram_stddev", "histogram_stdvar"}) {
    all.push_back(special(name, {series}, of_native_histograms));
  }
  return all;
}

}  // namespace yunzhi::monitor

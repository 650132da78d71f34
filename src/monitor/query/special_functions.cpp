// Functions that see whole vectors: labels, absence, histograms, order, and the bridges between types.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <unordered_map>

#include <re2/re2.h>

#include "monitor/query/evaluator.hpp"
#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

Value scalars(Evaluator const& evaluator, double (*of)(double seconds)) {
  Value result;
  result.type = ValueType::scalar;
  for (std::size_t step = 0; step < evaluator.grid().count(); ++step) {
    result.scalar.push_back(of(static_cast<double>(evaluator.grid().at(step)) / 1000));
  }
  return result;
}

Result<Value> time(Evaluator& evaluator, CallNode const&) {
  return scalars(evaluator, [](double seconds) { return seconds; });
}

Result<Value> pi(Evaluator& evaluator, CallNode const&) {
  return scalars(evaluator, [](double) { return std::numbers::pi; });
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
  Value result = scalars(evaluator, [](double) { return missing(); });
  for (auto const& row : value->rows) {
    for (std::size_t step = 0; step < row.values.size(); ++step) {
      if (is_missing(row.values[step])) continue;
      result.scalar[step] = is_missing(result.scalar[step]) ? row.values[step] : not_a_number;
    }
  }
  for (double& number : result.scalar) {
    if (is_missing(number)) number = not_a_number;
  }
  return result;
}

Result<Value> timestamp(Evaluator& evaluator, CallNode const& node) {
  auto const* selector = std::get_if<SelectorNode>(&node.arguments[0]->node);
  auto value =
      selector != nullptr ? evaluator.select(*selector, true) : evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  for (auto& row : value->rows) {
    row.drop_name = true;
    for (std::size_t step = 0; step < row.values.size() && selector == nullptr; ++step) {
      if (!is_missing(row.values[step]))
        row.values[step] = static_cast<double>(evaluator.grid().at(step)) / 1000;
    }
  }
  return value;
}

// The labels an absent series would have: those its selector demands by equality, once each.
Labels demanded_labels(Expression const& expression) {
  auto const* selector = std::get_if<SelectorNode>(&expression.node);
  if (selector == nullptr) return {};
  Labels labels;
  for (auto const& matcher : selector->matchers) {
    auto const same = std::count_if(selector->matchers.begin(), selector->matchers.end(),
                                    [&](Matcher const& each) { return each.name() == matcher.name(); });
    if (matcher.kind() == Match::equal && same == 1) labels.set(matcher.name(), matcher.value());
  }
  labels.remove(name_label);
  return labels;
}

Result<Value> where_absent(Evaluator& evaluator, Expression const& expression,
                           std::vector<bool> const& present) {
  auto made = evaluator.row(demanded_labels(expression), false);
  if (!made) return made.error();
  for (std::size_t step = 0; step < present.size(); ++step) {
    if (!present[step]) made->values[step] = 1;
  }
  Value result;
  result.rows.push_back(std::move(*made));
  return result;
}

Result<Value> absent(Evaluator& evaluator, CallNode const& node) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  std::vector<bool> present(evaluator.grid().count());
  for (auto const& row : value->rows) {
    for (std::size_t step = 0; step < present.size(); ++step)
      present[step] = present[step] || !is_missing(row.values[step]);
  }
  return where_absent(evaluator, *node.arguments[0], present);
}

Result<Value> absent_over_time(Evaluator& evaluator, CallNode const& node) {
  auto const& matrix = *node.arguments[0];
  std::vector<bool> present(evaluator.grid().count());
  auto done = evaluator.each_series(matrix, [&](Labels const&, bool, Samples const& samples) -> Result<> {
    evaluator.each_window(matrix, samples, [&](std::size_t step, Window const&) { present[step] = true; });
    return {};
  });
  if (!done) return done.error();
  return where_absent(evaluator, matrix, present);
}

std::string const& text_argument(CallNode const& node, std::size_t index) {
  return std::get<TextNode>(node.arguments[index]->node).value;
}

Refusal bad_label(CallNode const& node, std::size_t index) {
  return refuse(Why::invalid, node.arguments[index]->place, "\"{}\" is no label name",
                text_argument(node, index));
}

void set_label(Row& row, std::string const& name, std::string const& value) {
  row.labels.set(name, value);
  if (name == name_label) row.drop_name = false;
}

// $1, ${1}, ${name}; $$ is a dollar sign. A group that does not exist is empty.
std::string expand(std::string_view text, std::vector<re2::StringPiece> const& groups,
                   std::map<std::string, int> const& names) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '$' || at + 1 == text.size()) {
      result += text[at];
      continue;
    }
    if (text[at + 1] == '$') {
      result += text[++at];
      continue;
    }
    bool const braces = text[at + 1] == '{';
    auto const begin = at + (braces ? 2 : 1);
    auto end = begin;
    while (end < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_'))
      ++end;
    if (end == begin || (braces && (end == text.size() || text[end] != '}'))) {
      result += text[at];
      continue;
    }
    auto const key = std::string(text.substr(begin, end - begin));
    bool const digits = key.size() < 4 && key.find_first_not_of("0123456789") == key.npos;
    auto const named = names.find(key);
    std::size_t const group = digits                 ? std::stoul(key)
                              : named != names.end() ? static_cast<std::size_t>(named->second)
                                                     : groups.size();
    if (group < groups.size() && groups[group].data() != nullptr)
      result.append(groups[group].data(), groups[group].size());
    at = braces ? end : end - 1;
  }
  return result;
}

Result<Value> label_replace(Evaluator& evaluator, CallNode const& node) {
  auto const& target = text_argument(node, 1);
  auto const& source = text_argument(node, 3);
  if (!is_label_name(target)) return bad_label(node, 1);
  auto pattern = whole_text_pattern(text_argument(node, 4));
  if (!pattern) {
    auto fault = pattern.error().faults[0];
    fault.field = node.arguments[4]->place;
    return Refusal{Why::invalid, {fault}};
  }
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  auto const& names = (*pattern)->NamedCapturingGroups();
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>((*pattern)->NumberOfCapturingGroups()) + 1);
  for (auto& row : value->rows) {
    std::string const text(row.labels.get(source));
    bool const found = (*pattern)->Match(text, 0, text.size(), RE2::UNANCHORED, groups.data(),
                                         static_cast<int>(groups.size()));
    if (found) set_label(row, target, expand(text_argument(node, 2), groups, names));
  }
  return value;
}

Result<Value> label_join(Evaluator& evaluator, CallNode const& node) {
  auto const& target = text_argument(node, 1);
  if (!is_label_name(target)) return bad_label(node, 1);
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  for (auto& row : value->rows) {
    std::string joined;
    for (std::size_t i = 3; i < node.arguments.size(); ++i) {
      if (i > 3) joined += text_argument(node, 2);
      joined += row.labels.get(text_argument(node, i));
    }
    set_label(row, target, joined);
  }
  return value;
}

struct Bucket {
  double bound = 0;
  double count = 0;
};

// Joins equal bounds and makes counts grow, since scrapes of a busy target may be slightly inconsistent.
void tidy(std::vector<Bucket>& buckets) {
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
  for (std::size_t i = 1; i < buckets.size(); ++i)
    buckets[i].count = std::fmax(buckets[i].count, buckets[i - 1].count);
}

double quantile_of_buckets(double q, std::vector<Bucket>& buckets) {
  if (std::isnan(q)) return not_a_number;
  if (q < 0) return -infinity;
  if (q > 1) return infinity;
  if (buckets.empty()) return not_a_number;
  tidy(buckets);
  if (buckets.back().bound != infinity || buckets.size() < 2 || buckets.back().count == 0)
    return not_a_number;
  double rank = q * buckets.back().count;
  auto const found = std::find_if(buckets.begin(), buckets.end() - 1,
                                  [&](Bucket const& each) { return each.count >= rank; });
  if (found == buckets.end() - 1) return buckets[buckets.size() - 2].bound;
  if (found == buckets.begin() && found->bound <= 0) return found->bound;
  double const start = found == buckets.begin() ? 0 : (found - 1)->bound;
  double const below = found == buckets.begin() ? 0 : (found - 1)->count;
  return start + (found->bound - start) * ((rank - below) / (found->count - below));
}

Result<Value> histogram_quantile(Evaluator& evaluator, CallNode const& node) {
  auto quantile = evaluator.evaluate(*node.arguments[0]);
  if (!quantile) return quantile;
  auto value = evaluator.evaluate(*node.arguments[1]);
  if (!value) return value;
  struct Histogram {
    Row row;
    std::vector<std::pair<double, Row const*>> bounds;
  };
  std::vector<Histogram> histograms;
  std::unordered_map<Labels, std::size_t, LabelsHash> places;
  for (auto const& row : value->rows) {
    double bound = 0;
    if (!parse_number(row.labels.get("le"), bound)) continue;
    Labels labels = row.labels;
    labels.remove("le");
    labels.remove(name_label);
    auto const [at, added] = places.emplace(labels, histograms.size());
    if (added) {
      auto made = evaluator.row(std::move(labels), false);
      if (!made) return made.error();
      histograms.push_back({std::move(*made), {}});
    }
    histograms[at->second].bounds.emplace_back(bound, &row);
  }
  Value result;
  std::vector<Bucket> buckets;
  for (auto& histogram : histograms) {
    for (std::size_t step = 0; step < evaluator.grid().count(); ++step) {
      buckets.clear();
      for (auto const& [bound, row] : histogram.bounds) {
        if (!is_missing(row->values[step])) buckets.push_back({bound, row->values[step]});
      }
      if (!buckets.empty()) histogram.row.values[step] = quantile_of_buckets(quantile->scalar[step], buckets);
    }
    result.rows.push_back(std::move(histogram.row));
  }
  return result;
}

// Order has a meaning for instant queries only: the first step decides, NaN comes last.
template <class Before>
Result<Value> sorted(Evaluator& evaluator, CallNode const& node, Before before) {
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  std::stable_sort(value->rows.begin(), value->rows.end(), [&](Row const& a, Row const& b) {
    double const x = a.values[0];
    double const y = b.values[0];
    return std::isnan(x) || std::isnan(y) ? !std::isnan(x) && std::isnan(y) : before(x, y);
  });
  return value;
}

Result<Value> sort(Evaluator& evaluator, CallNode const& node) {
  return sorted(evaluator, node, [](double a, double b) { return a < b; });
}

Result<Value> sort_desc(Evaluator& evaluator, CallNode const& node) {
  return sorted(evaluator, node, [](double a, double b) { return a > b; });
}

Function special(std::string_view name, std::vector<ValueType> arguments,
                 Result<Value> (*run)(Evaluator&, CallNode const&), ValueType returns = ValueType::vector) {
  Function function;
  function.name = name;
  function.required = arguments.size();
  function.arguments = std::move(arguments);
  function.returns = returns;
  function.special = run;
  return function;
}

}  // namespace

std::vector<Function> special_functions() {
  constexpr auto number = ValueType::scalar;
  constexpr auto series = ValueType::vector;
  constexpr auto range = ValueType::matrix;
  constexpr auto text = ValueType::text;
  std::vector<Function> all{
      special("time", {}, time, number),
      special("pi", {}, pi, number),
      special("vector", {number}, vector),
      special("scalar", {series}, scalar, number),
      special("timestamp", {series}, timestamp),
      special("absent", {series}, absent),
      special("absent_over_time", {range}, absent_over_time),
      special("label_replace", {series, text, text, text, text}, label_replace),
      special("label_join", {series, text, text, text}, label_join),
      special("histogram_quantile", {number, series}, histogram_quantile),
      special("sort", {series}, sort),
      special("sort_desc", {series}, sort_desc),
  };
  for (auto& function : all) {
    if (function.name != "label_join") continue;
    function.variadic = true;
    function.required = 3;
  }
  return all;
}

}  // namespace yunzhi::monitor

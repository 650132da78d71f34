#include "monitor/query/choose.hpp"

#include <algorithm>
#include <cmath>

#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

constexpr double largest_whole = 9223372036854775807.0;

Result<> check_count(AggregateNode const& node, double k) {
  auto const& place = node.parameter->place;
  if (std::isnan(k)) return refuse(Why::invalid, place, "Parameter value is NaN");
  if (k >= largest_whole) return refuse(Why::invalid, place, "Scalar value {} overflows int64", go_number(k));
  if (k <= -largest_whole)
    return refuse(Why::invalid, place, "Scalar value {} underflows int64", go_number(k));
  return {};
}

Result<double> checked_ratio(Evaluator& evaluator, AggregateNode const& node, double ratio) {
  if (std::isnan(ratio)) return refuse(Why::invalid, node.parameter->place, "Ratio value is NaN");
  double const capped = std::fmax(-1, std::fmin(1, ratio));
  if (capped != ratio) {
    evaluator.annotations().warn("ratio value should be between -1 and 1, got " + go_number(ratio) +
                                     ", capping to " + go_number(capped),
                                 node.parameter->place);
  }
  return capped;
}

void keep_first(RowGroup const& group, std::size_t step, std::size_t wanted) {
  for (auto* row : group.members) {
    if (is_missing(row->values[step])) continue;
    if (wanted > 0) {
      --wanted;
    } else {
      row->values[step] = missing();
    }
  }
}

// Leaves the best in order at the front of `present`, the others missing.
void keep_best(std::vector<Row*>& present, std::size_t step, std::size_t wanted, bool largest) {
  double const direction = largest ? 1 : -1;
  auto const better = [&](Row const* a, Row const* b) {
    double const x = a->values[step] * direction;
    double const y = b->values[step] * direction;
    if (std::isnan(x) || std::isnan(y)) {
      if (std::isnan(x) != std::isnan(y)) return std::isnan(y);
    } else if (x != y) {
      return x > y;
    }
    return a < b;  // rows lie in one array: their order of coming decides
  };
  auto const kept = std::min(wanted, present.size());
  auto const end = present.begin() + static_cast<std::ptrdiff_t>(kept);
  std::partial_sort(present.begin(), end, present.end(), better);
  for (auto at = end; at != present.end(); ++at) (*at)->values[step] = missing();
}

// A pseudo-random part of the series, the same at every step and in every run: those whose hash, seen as a
// fraction of its range, lies below the ratio, or for a negative ratio the others.
void keep_ratio(RowGroup const& group, std::size_t step, double ratio) {
  for (auto* row : group.members) {
    if (is_missing(row->values[step])) continue;
    auto hash = row->labels.hash();
    hash = (hash ^ (hash >> 33U)) * 0xff51afd7ed558ccdULL;  // FNV leaves the upper bits poor
    hash = (hash ^ (hash >> 33U)) * 0xc4ceb9fe1a85ec53ULL;
    double const place = static_cast<double>(hash ^ (hash >> 33U)) / 18446744073709551615.0;
    bool const kept = ratio >= 0 ? place < ratio : place >= 1 + ratio;
    if (!kept) row->values[step] = missing();
  }
}

void keep_present(RowGroup const& group, std::size_t step, std::vector<Row*>& present) {
  present.clear();
  std::copy_if(group.members.begin(), group.members.end(), std::back_inserter(present),
               [&](Row const* row) { return !is_missing(row->values[step]); });
}

}  // namespace

Result<Value> choose_rows(Evaluator& evaluator, AggregateNode const& node, Value input,
                          std::vector<RowGroup>& groups, std::vector<double> const& parameter) {
  bool const by_value = node.kind == Aggregator::topk || node.kind == Aggregator::bottomk;
  auto const steps = evaluator.grid().count();
  std::vector<Row*> present;
  for (std::size_t step = 0; step < steps; ++step) {
    double wanted = parameter[step];
    if (node.kind == Aggregator::limit_ratio) {
      auto ratio = checked_ratio(evaluator, node, wanted);
      if (!ratio) return ratio.error();
      wanted = *ratio;
    } else if (auto fine = check_count(node, wanted); !fine) {
      return fine.error();
    }
    auto const count = wanted >= 1 ? static_cast<std::size_t>(std::fmin(wanted, 1e9)) : 0;
    for (auto& group : groups) {
      if (by_value) {
        keep_present(group, step, present);
        keep_best(present, step, count, node.kind == Aggregator::topk);
        if (steps == 1) group.members = present;
      } else if (node.kind == Aggregator::limitk) {
        keep_first(group, step, count);
      } else {
        keep_ratio(group, step, wanted);
      }
    }
  }
  if (steps > 1 || !by_value) return input;
  Value ordered;
  for (auto& group : groups) {
    for (auto* row : group.members) {
      if (!is_missing(row->values[0])) ordered.rows.push_back(std::move(*row));
    }
  }
  return ordered;
}

}  // namespace yunzhi::monitor

#include "monitor/query/vector_match.hpp"

#include <unordered_map>

#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

// As Prometheus shows labels in such errors: {a="b", c="d"}.
std::string shown(Labels const& labels) {
  std::string text;
  for (auto const& [name, value] : labels) {
    text +=
        (text.empty() ? "" : ", ") + (is_label_name(name) ? name : go_quoted(name)) + "=" + go_quoted(value);
  }
  return "{" + text + "}";
}

// All series of one signature on both sides. The "one" side may have one of them at a time; the "many" side
// is the other, also when it too has only one.
struct Pairing {
  Labels key;
  std::vector<Row const*> ones;
  std::vector<Row const*> many;
  std::vector<bool> taken;  // one to one: steps that already have a result
};

class VectorMatch {
 public:
  VectorMatch(Evaluator& evaluator, BinaryNode const& node, Value const& left, Value const& right)
      : evaluator_(evaluator), node_(node), swapped_(node.group == BinaryNode::Group::right) {
    for (auto const& row : (swapped_ ? left : right).rows) pairing_of(row).ones.push_back(&row);
    for (auto const& row : (swapped_ ? right : left).rows) pairing_of(row).many.push_back(&row);
    fill_one_ = swapped_ ? node.fill_left : node.fill_right;
    fill_many_ = swapped_ ? node.fill_right : node.fill_left;
  }

  Result<Value> run() {
    if (auto done = check_ones(); !done) return done.error();
    for (auto& pairing : pairings_) {
      for (auto const* many : pairing.many) {
        for (auto const* one : pairing.ones) {
          if (auto done = match(pairing, *many, *one); !done) return done.error();
        }
        if (fill_one_) {
          if (auto done = match_absent_one(pairing, *many); !done) return done.error();
        }
      }
      if (!fill_many_) continue;
      for (auto const* one : pairing.ones) {
        if (auto done = match_absent_many(pairing, *one); !done) return done.error();
      }
    }
    return std::move(result_);
  }

 private:
  Pairing& pairing_of(Row const& row) {
    auto key = signature(node_, row.labels);
    auto const [at, added] = numbers_.emplace(std::move(key), pairings_.size());
    if (added) pairings_.push_back({at->first, {}, {}, {}});
    return pairings_[at->second];
  }

  // Where the many side is empty Prometheus does not look at the other.
  [[nodiscard]] std::vector<bool> steps_with_many() const {
    std::vector<bool> result(evaluator_.grid().count(), fill_many_.has_value());
    for (auto const& pairing : pairings_) {
      for (auto const* row : pairing.many) {
        for (std::size_t step = 0; step < result.size(); ++step) {
          if (!is_missing(row->values[step])) result[step] = true;
        }
      }
    }
    return result;
  }

  Result<> check_ones() {
    std::vector<bool> looked;
    for (auto const& pairing : pairings_) {
      if (pairing.ones.size() < 2) continue;
      if (looked.empty()) looked = steps_with_many();
      for (std::size_t step = 0; step < looked.size(); ++step) {
        Row const* first = nullptr;
        for (auto const* row : pairing.ones) {
          if (!looked[step] || is_missing(row->values[step])) continue;
          if (first == nullptr) {
            first = row;
            continue;
          }
          return refuse(
              Why::invalid, node_.right->place,
              "found duplicate series for the match group {} on the {} hand-side of the operation: [{}, "
              "{}];many-to-many matching not allowed: matching labels must be unique on one side",
              shown(pairing.key), swapped_ ? "left" : "right", shown(row->labels), shown(first->labels));
        }
      }
    }
    return {};
  }

  Result<> match(Pairing& pairing, Row const& many, Row const& one) {
    std::optional<std::size_t> target;
    for (std::size_t step = 0; step < many.values.size(); ++step) {
      if (is_missing(many.values[step]) || is_missing(one.values[step])) continue;
      if (!target) {
        auto made = result_row(many.labels, many.drop_name, one.labels);
        if (!made) return made.error();
        target = *made;
      }
      if (auto done = put(pairing, *target, step, many.values[step], one.values[step]); !done) return done;
    }
    return {};
  }

  Result<> match_absent_one(Pairing& pairing, Row const& many) {
    auto filled = virtual_row(pairing.ones, {&many}, *fill_one_);
    return match(pairing, many, {pairing.key, false, std::move(filled)});
  }

  Result<> match_absent_many(Pairing& pairing, Row const& one) {
    auto filled = virtual_row(pairing.many, {&one}, *fill_many_);
    return match(pairing, {pairing.key, false, std::move(filled)}, one);
  }

  // The fill value at steps where a partner is there and none of the side's own rows is.
  static std::vector<double> virtual_row(std::vector<Row const*> const& own,
                                         std::vector<Row const*> const& partners, double fill) {
    std::vector<double> values(partners[0]->values.size(), missing());
    for (std::size_t step = 0; step < values.size(); ++step) {
      if (is_missing(partners[0]->values[step])) continue;
      bool absent = true;
      for (auto const* row : own) absent = absent && is_missing(row->values[step]);
      if (absent) values[step] = fill;
    }
    return values;
  }

  Result<> put(Pairing& pairing, std::size_t target, std::size_t step, double many, double one) {
    double const left = swapped_ ? one : many;
    double const right = swapped_ ? many : one;
    double const value = apply(node_, left, right, left);
    if (is_missing(value)) return {};
    if (node_.group == BinaryNode::Group::none && pairing.many.size() > 1) {
      pairing.taken.resize(evaluator_.grid().count());
      if (pairing.taken[step]) {
        return refuse(
            Why::invalid, node_.left->place,
            "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
      }
      pairing.taken[step] = true;
    }
    double& place = result_.rows[target].values[step];
    if (!is_missing(place)) {
      return refuse(Why::invalid, node_.left->place,
                    "multiple matches for labels: grouping labels must ensure unique matches");
    }
    place = value;
    return {};
  }

  Result<std::size_t> result_row(Labels labels, bool drop_name, Labels const& one) {
    drop_name = drop_name || drops_name(node_);
    if (node_.group == BinaryNode::Group::none)
      labels = node_.on ? labels.keep(node_.labels) : labels.drop(node_.labels);
    for (auto const& name : node_.include) {
      labels.set(name, one.get(name));
      if (name == name_label) drop_name = false;
    }
    auto const [at, added] = places_.emplace(std::move(labels), result_.rows.size());
    if (added) {
      auto made = evaluator_.row(at->first, drop_name);
      if (!made) return made.error();
      result_.rows.push_back(std::move(*made));
    }
    return at->second;
  }

  Evaluator& evaluator_;
  BinaryNode const& node_;
  bool const swapped_;
  std::optional<double> fill_one_;
  std::optional<double> fill_many_;
  std::vector<Pairing> pairings_;
  std::unordered_map<Labels, std::size_t, LabelsHash> numbers_;
  std::unordered_map<Labels, std::size_t, LabelsHash> places_;
  Value result_;
};

}  // namespace

Result<Value> match_vectors(Evaluator& evaluator, BinaryNode const& node, Value const& left,
                            Value const& right) {
  return VectorMatch(evaluator, node, left, right).run();
}

}  // namespace yunzhi::monitor

// info(v, {selector}): every series of v gets the labels of the info series (target_info, unless the selector
// names another) that has the same instance and job at that moment.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "monitor/query/format.hpp"
#include "monitor/query/special.hpp"

namespace yunzhi::monitor {
namespace {

std::vector<std::string> const identifying{"instance", "job"};

struct InfoSelection {
  SelectorNode selector;       // of the info series
  std::vector<Matcher> names;  // conditions on __name__
  std::vector<Matcher> data;   // conditions on other labels
  [[nodiscard]] bool demands_match() const {
    return std::any_of(data.begin(), data.end(), [](Matcher const& each) { return !each.accepts({}); });
  }
  [[nodiscard]] bool wants(std::string const& label) const {
    return data.empty() ||
           std::any_of(data.begin(), data.end(), [&](Matcher const& each) { return each.name() == label; });
  }
  [[nodiscard]] bool is_info(Labels const& labels) const {
    return std::all_of(names.begin(), names.end(),
                       [&](Matcher const& each) { return each.accepts(labels.get(name_label)); });
  }
};

InfoSelection selection_of(CallNode const& node) {
  InfoSelection result;
  if (node.arguments.size() > 1) {
    result.selector = std::get<SelectorNode>(node.arguments[1]->node);
    for (auto const& matcher : result.selector.matchers)
      (matcher.name() == name_label ? result.names : result.data).push_back(matcher);
  }
  bool const positive = std::any_of(result.names.begin(), result.names.end(), [](Matcher const& each) {
    return each.kind() == Match::equal || each.kind() == Match::regex;
  });
  if (positive) return result;
  // Without a name to look for, info series are those that are called so.
  auto const kind = result.names.empty() ? Match::equal : Match::regex;
  auto added =
      *Matcher::make(kind, std::string(name_label), kind == Match::equal ? "target_info" : ".+_info");
  result.selector.matchers.push_back(added);
  result.names.push_back(std::move(added));
  return result;
}

struct InfoSeries {
  Row const* values;
  Row const* times;
};

// By identity, and there by name: a label comes from one info metric only.
using InfoByIdentity = std::unordered_map<Labels, std::map<std::string, std::vector<InfoSeries>>, LabelsHash>;

InfoByIdentity by_identity(Value const& values, Value const& times) {
  InfoByIdentity result;
  for (std::size_t i = 0; i < values.rows.size() && i < times.rows.size(); ++i) {
    auto const& labels = values.rows[i].labels;
    result[labels.keep(identifying)][std::string(labels.get(name_label))].push_back(
        {&values.rows[i], &times.rows[i]});
  }
  return result;
}

class InfoJoin {
 public:
  InfoJoin(Evaluator& evaluator, CallNode const& node, InfoSelection const& selection,
           InfoByIdentity const& infos)
      : evaluator_(evaluator), node_(node), selection_(selection), infos_(infos) {}

  Result<Value> run(Value base) {
    for (auto& row : base.rows) {
      if (selection_.is_info(row.labels)) {
        result_.rows.push_back(std::move(row));
        continue;
      }
      auto const identity = row.labels.keep(identifying);
      auto const found = identity.empty() ? infos_.end() : infos_.find(identity);
      for (std::size_t step = 0; step < row.values.size(); ++step) {
        if (is_missing(row.values[step])) continue;
        if (auto done = join(row, step, found); !done) return done.error();
      }
    }
    return std::move(result_);
  }

 private:
  Result<> join(Row const& row, std::size_t step, InfoByIdentity::const_iterator found) {
    Labels added;
    bool any = false;
    if (found != infos_.end()) {
      for (auto const& [name, candidates] : found->second) {
        auto const latest = latest_at(candidates, step);
        if (!latest) return latest.error();
        if (*latest == nullptr) continue;
        any = true;
        if (auto done = take_labels(row, (*latest)->labels, added); !done) return done;
      }
    }
    if (!any && selection_.demands_match()) return {};
    auto labels = row.labels;
    for (auto const& [name, value] : added) labels.set(name, value);
    auto target = result_row(std::move(labels), row.drop_name);
    if (!target) return target.error();
    result_.rows[*target].values[step] = row.values[step];
    return {};
  }

  // Of several info series of one metric the one sampled last counts.
  Result<Row const*> latest_at(std::vector<InfoSeries> const& candidates, std::size_t step) const {
    InfoSeries const* best = nullptr;
    for (auto const& each : candidates) {
      if (is_missing(each.values->values[step])) continue;
      double const at = each.times->values[step];
      if (best != nullptr && at == best->times->values[step]) {
        return refuse(Why::invalid, node_.arguments[0]->place,
                      "found duplicate series for info metric: {} and {}", best->values->labels.text(),
                      each.values->labels.text());
      }
      if (best == nullptr || at > best->times->values[step]) best = &each;
    }
    return best == nullptr ? nullptr : best->values;
  }

  Result<> take_labels(Row const& row, Labels const& info, Labels& added) const {
    for (auto const& [name, value] : info) {
      bool const known =
          name == name_label || std::find(identifying.begin(), identifying.end(), name) != identifying.end();
      if (known || !selection_.wants(name) || !row.labels.get(name).empty()) continue;
      auto const before = added.get(name);
      if (!before.empty() && before != value)
        return refuse(Why::invalid, node_.arguments[0]->place, "conflicting label: {}", name);
      added.set(name, value);
    }
    return {};
  }

  Result<std::size_t> result_row(Labels labels, bool drop_name) {
    auto const [at, fresh] = places_.emplace(std::move(labels), result_.rows.size());
    if (fresh) {
      auto made = evaluator_.row(at->first, drop_name);
      if (!made) return made.error();
      result_.rows.push_back(std::move(*made));
    }
    return at->second;
  }

  Evaluator& evaluator_;
  CallNode const& node_;
  InfoSelection const& selection_;
  InfoByIdentity const& infos_;
  std::unordered_map<Labels, std::size_t, LabelsHash> places_;
  Value result_;
};

Result<Value> info(Evaluator& evaluator, CallNode const& node) {
  if (node.arguments.size() > 1 && !std::holds_alternative<SelectorNode>(node.arguments[1]->node))
    return refuse(Why::invalid, node.arguments[1]->place,
                  "info takes a selector of labels as its second argument");
  auto base = evaluator.evaluate(*node.arguments[0]);
  if (!base) return base;
  auto const selection = selection_of(node);
  auto values = evaluator.select(selection.selector, false);
  if (!values) return values;
  auto times = evaluator.select(selection.selector, true);
  if (!times) return times;
  auto const infos = by_identity(*values, *times);
  return InfoJoin(evaluator, node, selection, infos).run(std::move(*base));
}

}  // namespace

Function info_function() {
  return variadic(special("info", {ValueType::vector, ValueType::vector}, info), 1);
}

}  // namespace yunzhi::monitor

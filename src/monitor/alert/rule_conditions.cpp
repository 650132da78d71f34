// Conditions of alerts that go beyond Prometheus' rule files (docs/rules.md).
#include <utility>

#include "monitor/alert/rule_helpers.hpp"
#include "monitor/alert/rule_reader.hpp"
#include "monitor/query/print.hpp"
#include "monitor/query/query.hpp"

namespace yunzhi::monitor {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds longest_past = 31 * 24h;
constexpr double most_seasons = 12;

// A comparison with an amount that is the same for all series: "<= 0", "> 0.9 * 2^30".
bool is_bound(std::string const& written) {
  auto const amount = written.find_first_not_of("<>= ");
  auto const operation = written.substr(0, written.find_first_not_of("<>="));
  if (amount == std::string::npos) return false;
  if (operation != "<" && operation != "<=" && operation != ">" && operation != ">=") return false;
  auto const parsed = parse_query(written.substr(amount));
  return parsed && (*parsed)->type == ValueType::scalar;
}

}  // namespace

// With what must hold besides, which is read alone first so that its mistakes are told where they are.
void RuleReader::helper_query(YAML::Node const& map, std::string query, Rule& rule) {
  auto const besides = text(map, "only_if");
  if (!besides.empty()) {
    if (!parsed_query(map["only_if"], besides, "only_if")) return;
    query = "(" + query + ") and (" + besides + ")";
  }
  rule.query_text = std::move(query);
  rule.query = parsed_query(map["expr"], rule.query_text, "expr");
}

void RuleReader::forecast(YAML::Node const& map, Rule& rule) {
  if (!need_map(map, {"expr", "reaches", "within", "from", "only_if"})) return;
  Forecast told{text(map, "expr"), text(map, "reaches"), duration(map, "from", 6h), duration(map, "within")};
  if (told.figure.empty()) return fault(map, "a forecast needs expr, the figure that is followed on");
  rule.data = parsed_query(map["expr"], told.figure, "expr");
  if (!is_bound(told.bound))
    return fault(map["reaches"] ? map["reaches"] : map,
                 "a forecast needs reaches, a bound such as \"<= 0\" or \">= 95\"");
  if (told.from <= Milliseconds{0} || told.from > longest_past)
    return fault(map["from"], "a forecast looks back at most 31d, and not for nothing");
  if (!rule.data) return;
  helper_query(map, forecast_query(told), rule);
}

void RuleReader::baseline(YAML::Node const& map, Rule& rule) {
  if (!need_map(map, {"expr", "season", "seasons", "around", "deviations", "at_least", "side", "only_if"}))
    return;
  Baseline told;
  told.figure = text(map, "expr");
  if (told.figure.empty()) return fault(map, "a baseline needs expr, the figure that is compared");
  rule.data = parsed_query(map["expr"], told.figure, "expr");
  told.season = duration(map, "season", 7 * 24h);
  told.seasons = static_cast<std::size_t>(number(map, "seasons", 1, most_seasons, 4));
  told.around = duration(map, "around", 1h);
  told.deviations = number(map, "deviations", 0.1, 100, 3);
  told.at_least = number(map, "at_least", 0, 1e300, 0);
  auto const side = text(map, "side");
  if (!side.empty() && side != "both" && side != "above" && side != "below")
    return fault(map["side"], "side is one of both, above and below, not {}", side);
  told.side = side == "above" ? Side::above : side == "below" ? Side::below : Side::both;
  if (told.season < Milliseconds{1h} || told.season > longest_past)
    return fault(map["season"], "a season lasts from 1h to 31d, usually 1d or 1w");
  if (told.around <= Milliseconds{0} || told.around > told.season)
    return fault(map["around"] ? map["around"] : map, "around is longer than nothing and at most a season");
  if (!rule.data) return;
  helper_query(map, baseline_query(told), rule);
}

// Severities in one rule: a list of {severity, when}, the least severe first.
void RuleReader::levels(YAML::Node const& node, Rule& rule) {
  auto const list = node["levels"];
  if (!list) return;
  if (!list.IsSequence()) return fault(list, "levels is a list of severity and when");
  for (auto const& each : list) {
    if (!need_map(each, {"severity", "when"})) continue;
    RuleLevel level{text(each, "severity"), text(each, "when"), nullptr};
    if (level.severity.empty() || level.condition.empty()) {
      fault(each, "a level needs severity, and when with a condition such as \"> 0.9\"");
      continue;
    }
    if (!rule.query) continue;  // told already
    level.query = parsed_query(each, "(" + rule.query_text + ") " + level.condition, "when");
    rule.levels.push_back(std::move(level));
  }
}

void RuleReader::recovery(YAML::Node const& node, Rule& rule) {
  auto const written = text(node, "recover");
  if (!written.empty()) rule.recover = parsed_query(node["recover"], written, "recover");
}

// Whether a series is there is asked of what the condition compares.
void RuleReader::no_data(YAML::Node const& node, Rule& rule) {
  auto const figure = std::exchange(rule.data, nullptr);  // of a forecast or a baseline
  auto const written = text(node, "no_data");
  if (written.empty()) return;
  auto const value = node["no_data"];
  if (written != "keep" && written != "fire" && written != "resolve")
    return fault(value, "no_data is one of keep, fire and resolve, not {}", written);
  rule.no_data = written == "keep" ? NoData::keep : written == "fire" ? NoData::fire : NoData::resolve;
  if (rule.no_data == NoData::resolve || !rule.query) return;
  if (figure || !rule.levels.empty()) {
    rule.data = figure ? figure : rule.query;
    return;
  }
  auto const* comparison = std::get_if<BinaryNode>(&rule.query->node);
  if (comparison == nullptr || !is_comparison(comparison->op) || comparison->as_bool)
    return fault(value, "no_data needs an expr that is a comparison, or levels");
  bool const left = comparison->left->type == ValueType::vector;
  rule.data = parsed_query(value, print_query(left ? *comparison->left : *comparison->right), "expr");
}

void RuleReader::flapping(YAML::Node const& node, Rule& rule) {
  auto const map = node["flapping"];
  if (!map || !need_map(map, {"times", "within"})) return;
  if (!map["times"]) return fault(map, "flapping needs times, a number from 2 to 1000");
  rule.flapping = {static_cast<std::size_t>(number(map, "times", 2, 1000, 2)), duration(map, "within")};
  if (rule.flapping.within <= Milliseconds{0}) fault(map, "flapping needs within, a duration such as 1h");
}

}  // namespace yunzhi::monitor

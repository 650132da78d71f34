// Decision tables as DMN's XML writes them.
#include "base/limits.hpp"
#include "process/decision/boxed_reader.hpp"
#include "process/decision/decision_table.hpp"
#include "process/expression/parser.hpp"

namespace yunzhi::process {
namespace {

using Policy = DecisionTable::HitPolicy;
using Aggregation = DecisionTable::Aggregation;

std::optional<Policy> policy_of(std::string_view text) {
  constexpr std::pair<std::string_view, Policy> all[] = {{"", Policy::unique},
                                                         {"UNIQUE", Policy::unique},
                                                         {"ANY", Policy::any},
                                                         {"FIRST", Policy::first},
                                                         {"PRIORITY", Policy::priority},
                                                         {"OUTPUT ORDER", Policy::output_order},
                                                         {"RULE ORDER", Policy::rule_order},
                                                         {"COLLECT", Policy::collect}};
  for (auto const& [name, policy] : all)
    if (name == text) return policy;
  return std::nullopt;
}

std::optional<Aggregation> aggregation_of(std::string_view text) {
  constexpr std::pair<std::string_view, Aggregation> all[] = {{"", Aggregation::none},
                                                              {"SUM", Aggregation::sum},
                                                              {"MIN", Aggregation::min},
                                                              {"MAX", Aggregation::max},
                                                              {"COUNT", Aggregation::count}};
  for (auto const& [name, aggregation] : all)
    if (name == text) return aggregation;
  return std::nullopt;
}

bool blank(std::string const& text) {
  return text.find_first_not_of(" \t\r\n") == text.npos;
}

// What the output values enumerate, constants to which no time matters; nothing when they are other tests.
std::vector<Value> priorities(std::string const& values, Reading const& reading) {
  auto const list = Expression::compile("[" + values + "]", reading);
  if (!list) return {};
  Moment const never{};
  Evaluation evaluation(never);
  auto const made = list->evaluate(Value(), evaluation);
  return made.items() == nullptr ? std::vector<Value>() : *made.items();
}

}  // namespace

Result<BoxedPointer> BoxedReader::table(pugi::xml_node node) {
  auto made = std::make_shared<DecisionTable>();
  auto const policy = policy_of(node.attribute("hitPolicy").value());
  auto const aggregation = aggregation_of(node.attribute("aggregation").value());
  if (!policy)
    return refuse(Why::invalid, document_->at(node), "there is no hit policy '{}'",
                  node.attribute("hitPolicy").value());
  if (!aggregation)
    return refuse(Why::invalid, document_->at(node), "there is no aggregation '{}'",
                  node.attribute("aggregation").value());
  made->policy = *policy;
  made->aggregation = *aggregation;
  for (auto const read : {&BoxedReader::table_inputs, &BoxedReader::table_outputs, &BoxedReader::table_rules})
    if (auto const done = (this->*read)(node, *made); !done) return done.error();
  return made;
}

Result<> BoxedReader::table_inputs(pugi::xml_node node, DecisionTable& table) {
  for (auto const one : node.children()) {
    if (document_->name(one).local != "input") continue;
    auto const asked = child(one, "inputExpression");
    auto expression = compiled(asked ? asked : one, text_of(asked, "text"), false);
    if (!expression) return expression.error();
    DecisionTable::Input input{std::move(*expression), type_of(asked), {}};
    auto const allowed = text_of(child(one, "inputValues"), "text");
    if (!blank(allowed)) {
      auto tests = compiled(one, allowed, true);
      if (!tests) return tests.error();
      input.allowed.emplace(std::move(*tests));
    }
    table.inputs.push_back(std::move(input));
  }
  return {};
}

Result<> BoxedReader::table_outputs(pugi::xml_node node, DecisionTable& table) {
  for (auto const one : node.children()) {
    if (document_->name(one).local != "output") continue;
    DecisionTable::Output output;
    output.name = one.attribute("name").value();
    output.type = type_of(one);
    names_.add(output.name);
    auto const values = text_of(child(one, "outputValues"), "text");
    if (!blank(values)) {
      auto tests = compiled(one, values, true);
      if (!tests) return tests.error();
      output.allowed.emplace(std::move(*tests));
      output.values = priorities(values, Reading{names_, false});
    }
    auto const otherwise = text_of(child(one, "defaultOutputEntry"), "text");
    if (!blank(otherwise)) {
      auto expression = compiled(one, otherwise, false);
      if (!expression) return expression.error();
      output.otherwise.emplace(std::move(*expression));
    }
    table.outputs.push_back(std::move(output));
  }
  if (table.outputs.empty())
    return refuse(Why::invalid, document_->at(node), "a decision table has at least one output");
  return {};
}

Result<> BoxedReader::table_rules(pugi::xml_node node, DecisionTable& table) {
  for (auto const one : node.children()) {
    if (document_->name(one).local != "rule") continue;
    auto& rule = table.rules.emplace_back();
    for (auto const cell : one.children()) {
      auto const kind = document_->name(cell).local;
      auto const text = text_of(cell, "text");
      if (kind == "inputEntry" && (blank(text) || text == "-")) {
        rule.tests.emplace_back();
      } else if (kind == "inputEntry" || kind == "outputEntry") {
        auto expression = compiled(cell, blank(text) ? "null" : text, kind == "inputEntry");
        if (!expression) return expression.error();
        if (kind == "inputEntry") {
          rule.tests.emplace_back(std::move(*expression));
        } else {
          rule.outputs.push_back(std::move(*expression));
        }
      }
    }
    if (rule.tests.size() != table.inputs.size() || rule.outputs.size() != table.outputs.size())
      return refuse(Why::invalid, document_->at(one),
                    "a rule has as many entries as the table has inputs and outputs");
    if (table.rules.size() > limits::decision_rules)
      return refuse(Why::too_large, document_->at(one), "a decision table has at most {} rules",
                    limits::decision_rules);
  }
  return {};
}

}  // namespace yunzhi::process

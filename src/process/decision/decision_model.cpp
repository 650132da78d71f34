#include "process/decision/decision_model.hpp"

#include <algorithm>
#include <map>

#include "process/decision/decision_graph.hpp"
#include "process/decision/item_definitions.hpp"
#include "process/model/xml_document.hpp"

namespace yunzhi::process {
namespace {

using ElementKind = DecisionGraph::Kind;
using GraphPointer = std::shared_ptr<DecisionGraph const>;

Value function_value(GraphPointer const& graph, std::uint32_t number, Value const& variables);

/// One evaluation of decisions with the same variables: each decision is computed once.
class Run {
 public:
  Run(GraphPointer const& graph, Value const& variables, Evaluation& evaluation)
      : graph_(graph), variables_(variables), evaluation_(evaluation) {}

  void give(std::uint32_t number, Value value) { known_[number] = std::move(value); }

  Value value(std::uint32_t number) {
    if (auto const found = known_.find(number); found != known_.end()) return found->second;
    auto result = computed(number);
    known_[number] = result;
    return result;
  }

  /// What the logic of an element may name.
  Value scope(DecisionGraph::Element const& element) {
    Value all = make_context({});
    for (auto const number : element.required)
      all = extended(all, graph_->elements[number].name, value(number));
    return all;
  }

  Value service(DecisionGraph::Element const& element) {
    if (element.outputs.size() == 1) return value(element.outputs.front());
    Value all = make_context({});
    for (auto const number : element.outputs)
      all = extended(all, graph_->elements[number].name, value(number));
    return all;
  }

 private:
  Value computed(std::uint32_t number) {
    auto const& element = graph_->elements[number];
    Value result;
    if (element.kind == ElementKind::input) {
      auto const* entries = variables_.entries();
      auto const* found = entries == nullptr ? nullptr : entries->find(element.name);
      if (found != nullptr) result = *found;
    } else if (element.kind == ElementKind::decision) {
      if (!evaluation_.budget().work(1) || element.logic == nullptr) return {};
      result = element.logic->evaluate(scope(element), evaluation_);
    } else {
      return function_value(graph_, number, variables_);
    }
    return element.type == nullptr ? result : checked(result, *element.type, evaluation_);
  }

  GraphPointer const& graph_;
  Value const& variables_;
  Evaluation& evaluation_;
  std::map<std::uint32_t, Value> known_;
};

/// A business knowledge model or a decision service as a function.
struct ElementFunction final : Function {
  GraphPointer graph;
  std::uint32_t number = 0;
  Value variables;

  [[nodiscard]] Value call(Evaluation& evaluation, std::span<Value const> arguments) const override {
    auto const& element = graph->elements[number];
    Run run(graph, variables, evaluation);
    if (element.kind == ElementKind::service) {
      for (std::size_t i = 0; i < arguments.size(); ++i) run.give(element.given[i], arguments[i]);
      auto const given = run.service(element);
      return element.type == nullptr ? given : checked(given, *element.type, evaluation);
    }
    if (element.logic == nullptr) return {};
    // The function may call itself by its own name.
    run.give(number, function_value(graph, number, variables));
    auto scope = extended(run.scope(element), element.name, run.value(number));
    for (std::size_t i = 0; i < arguments.size(); ++i)
      scope = extended(scope, parameters[i].name, arguments[i]);
    auto const given = element.logic->evaluate(scope, evaluation);
    return element.type == nullptr ? given : checked(given, *element.type, evaluation);
  }
};

Value function_value(GraphPointer const& graph, std::uint32_t number, Value const& variables) {
  auto made = std::make_shared<ElementFunction>();
  made->parameters = graph->elements[number].parameters;
  made->graph = graph;
  made->number = number;
  made->variables = variables;
  made->depth = depth_of(variables) + 1;
  return FunctionPointer(std::move(made));
}

}  // namespace

std::optional<std::uint32_t> DecisionGraph::find(std::string_view name_or_id) const {
  for (std::uint32_t i = 0; i < elements.size(); ++i) {
    auto const& element = elements[i];
    bool const asked = element.kind == ElementKind::decision || element.kind == ElementKind::service;
    if (asked && (element.name == name_or_id || element.id == name_or_id)) return i;
  }
  return std::nullopt;
}

Value decide(GraphPointer const& graph, std::uint32_t number, Value const& variables,
             Evaluation& evaluation) {
  Run run(graph, variables, evaluation);
  auto const& element = graph->elements[number];
  if (element.kind == ElementKind::decision) return run.value(number);
  // A service asked from outside takes the decisions it is given from the variables, too.
  for (auto const given : element.given) {
    auto const* entries = variables.entries();
    auto const* found = entries == nullptr ? nullptr : entries->find(graph->elements[given].name);
    if (found != nullptr && graph->elements[given].kind == ElementKind::decision) run.give(given, *found);
  }
  auto const result = run.service(element);
  return element.type == nullptr ? result : checked(result, *element.type, evaluation);
}

Result<DecisionModel> DecisionModel::read(std::string_view xml) {
  return read(xml, false);
}

Result<DecisionModel> DecisionModel::read_tolerantly(std::string_view xml) {
  return read(xml, true);
}

Result<DecisionModel> DecisionModel::read(std::string_view xml, bool tolerant) {
  auto const document = XmlDocument::parse(xml);
  if (!document) return document.error();
  auto graph = read_decision_graph(*document, tolerant);
  if (!graph) return graph.error();
  return DecisionModel(std::make_shared<DecisionGraph const>(std::move(*graph)));
}

std::vector<std::string> DecisionModel::decisions() const {
  std::vector<std::string> names;
  for (auto const& element : graph_->elements)
    if (element.kind == ElementKind::decision) names.push_back(element.name);
  return names;
}

std::vector<std::string> DecisionModel::inputs() const {
  std::vector<std::string> names;
  for (auto const& element : graph_->elements)
    if (element.kind == ElementKind::input) names.push_back(element.name);
  return names;
}

Result<Value> DecisionModel::decide(std::string_view name, Value const& variables,
                                    Moment const& moment) const {
  auto const number = graph_->find(name);
  if (!number) return refuse(Why::missing, "", "there is no decision '{}' in this model", name);
  Evaluation evaluation(moment);
  auto result = process::decide(graph_, *number, variables, evaluation);
  if (evaluation.budget().spent)
    return refuse(Why::too_large, "", "the decision '{}' takes more work, memory or depth than is allowed",
                  name);
  return result;
}

Result<json::value> DecisionModel::decide(std::string_view name, json::object const& variables,
                                          Moment const& moment) const {
  auto const result = decide(name, Value::from(variables), moment);
  if (!result) return result.error();
  return result->to_json();
}

}  // namespace yunzhi::process

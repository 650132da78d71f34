#include "monitor/api/query_tree.hpp"

#include "monitor/query/format.hpp"
#include "monitor/query/function.hpp"

namespace yunzhi::monitor {
namespace {

json::array names_json(std::vector<std::string> const& names) {
  json::array list;
  for (auto const& name : names) list.emplace_back(name);
  return list;
}

void add_shift(json::object& object, Shift const& shift) {
  object["offset"] = shift.offset.ms;
  object["timestamp"] = shift.at == Shift::At::fixed ? json::value(shift.at_ms) : json::value(nullptr);
  object["startOrEnd"] = shift.at == Shift::At::start ? json::value("start")
                         : shift.at == Shift::At::end ? json::value("end")
                                                      : json::value(nullptr);
}

json::object selector_json(SelectorNode const& node) {
  constexpr std::string_view signs[] = {"=", "!=", "=~", "!~"};
  json::array matchers;
  std::string name;
  for (auto const& matcher : node.matchers) {
    if (matcher.name() == name_label && matcher.kind() == Match::equal) name = matcher.value();
    matchers.push_back(json::object{{"type", signs[static_cast<std::size_t>(matcher.kind())]},
                                    {"name", matcher.name()},
                                    {"value", matcher.value()}});
  }
  json::object object{{"type", node.range.empty() ? "vectorSelector" : "matrixSelector"},
                      {"name", name},
                      {"matchers", std::move(matchers)},
                      {"anchored", node.extension == Extension::anchored},
                      {"smoothed", node.extension == Extension::smoothed}};
  if (!node.range.empty()) object["range"] = node.range.ms;
  add_shift(object, node.shift);
  return object;
}

json::object binary_json(BinaryNode const& node) {
  json::object object{{"type", "binaryExpr"},         {"op", name_of(node.op)},        {"bool", node.as_bool},
                      {"lhs", tree_json(*node.left)}, {"rhs", tree_json(*node.right)}, {"matching", nullptr}};
  bool const vectors = node.left->type == ValueType::vector && node.right->type == ValueType::vector;
  if (!vectors) return object;
  constexpr std::string_view cards[] = {"one-to-one", "many-to-one", "one-to-many"};
  json::object fill{{"lhs", nullptr}, {"rhs", nullptr}};
  if (node.fill_left) fill["lhs"] = *node.fill_left;
  if (node.fill_right) fill["rhs"] = *node.fill_right;
  object["matching"] =
      json::object{{"card", is_set(node.op) ? "many-to-many" : cards[static_cast<std::size_t>(node.group)]},
                   {"on", node.on},
                   {"labels", names_json(node.labels)},
                   {"include", names_json(node.include)},
                   {"fillValues", std::move(fill)}};
  return object;
}

json::object call_json(CallNode const& node) {
  auto const& function = *node.function;
  json::array types;
  for (auto const type : function.arguments) types.emplace_back(name_of(type));
  json::array arguments;
  for (auto const& argument : node.arguments) arguments.push_back(tree_json(*argument));
  return {{"type", "call"},
          {"func", json::object{{"name", function.name},
                                {"argTypes", std::move(types)},
                                {"variadic", function.variadic ? -1 : 0},
                                {"returnType", name_of(function.returns)}}},
          {"args", std::move(arguments)}};
}

json::object bare_json(Expression const& query) {
  if (auto const* number = std::get_if<NumberNode>(&query.node))
    return {{"type", "numberLiteral"}, {"val", format_number(number->value)}};
  if (auto const* text = std::get_if<TextNode>(&query.node))
    return {{"type", "stringLiteral"}, {"val", text->value}};
  if (auto const* selector = std::get_if<SelectorNode>(&query.node)) return selector_json(*selector);
  if (auto const* subquery = std::get_if<SubqueryNode>(&query.node)) {
    json::object object{{"type", "subquery"},
                        {"expr", tree_json(*subquery->inner)},
                        {"range", subquery->range.ms},
                        {"step", subquery->step.ms}};
    add_shift(object, subquery->shift);
    return object;
  }
  if (auto const* negation = std::get_if<NegationNode>(&query.node))
    return {{"type", "unaryExpr"}, {"op", "-"}, {"expr", tree_json(*negation->inner)}};
  if (auto const* call = std::get_if<CallNode>(&query.node)) return call_json(*call);
  if (auto const* aggregate = std::get_if<AggregateNode>(&query.node)) {
    return {{"type", "aggregation"},
            {"op", name_of(aggregate->kind)},
            {"expr", tree_json(*aggregate->inner)},
            {"param",
             aggregate->parameter ? json::value(tree_json(*aggregate->parameter)) : json::value(nullptr)},
            {"grouping", names_json(aggregate->labels)},
            {"without", aggregate->without}};
  }
  return binary_json(std::get<BinaryNode>(query.node));
}

}  // namespace

json::object tree_json(Expression const& query) {
  auto object = bare_json(query);
  for (int i = 0; i < query.parentheses; ++i)
    object = json::object{{"type", "parenExpr"}, {"expr", std::move(object)}};
  return object;
}

}  // namespace yunzhi::monitor

// What stands where in an expression: the types that operators and functions take, checked as nodes are made.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "monitor/query/expression.hpp"

namespace yunzhi::monitor {

/// An expression of the node. `where` is its place in the query, as refusals name it.
template <class Node>
Child make_expression(Node node, ValueType type, std::string where) {
  auto result = std::make_unique<Expression>();
  result->node = std::move(node);
  result->type = type;
  result->place = std::move(where);
  return result;
}

/// Refused when the operator does not stand between its two sides.
Result<Child> typed(BinaryNode node, std::string where);
/// Refused when the function takes other arguments, in number, type or extension of the range.
Result<Child> typed(CallNode node, std::string where);

}  // namespace yunzhi::monitor

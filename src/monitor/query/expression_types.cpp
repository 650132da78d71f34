#include "monitor/query/expression_types.hpp"

#include <algorithm>

#include "monitor/query/function.hpp"

namespace yunzhi::monitor {

Result<Child> typed(BinaryNode node, std::string where) {
  auto const left = node.left->type;
  auto const right = node.right->type;
  for (auto const type : {left, right}) {
    if (type != ValueType::scalar && type != ValueType::vector) {
      return refuse(Why::invalid, where,
                    "an operator stands between scalars and instant vectors only, not a {}", name_of(type));
    }
  }
  bool const scalars = left == ValueType::scalar && right == ValueType::scalar;
  bool const vectors = left == ValueType::vector && right == ValueType::vector;
  if (scalars && is_comparison(node.op) && !node.as_bool) {
    return refuse(Why::invalid, where, "a comparison between scalars needs bool");
  }
  if (is_set(node.op) && !vectors)
    return refuse(Why::invalid, where, "and, or and unless stand between instant vectors only");
  if (!vectors && (node.fill_left || node.fill_right))
    return refuse(Why::invalid, where, "filling in missing series only allowed between instant vectors");
  if (!vectors && (!node.labels.empty() || node.on)) {
    return refuse(Why::invalid, where, "on and ignoring stand between instant vectors only");
  }
  return make_expression(std::move(node), scalars ? ValueType::scalar : ValueType::vector, std::move(where));
}

Result<Child> typed(CallNode node, std::string where) {
  auto const* function = node.function;
  auto const count = node.arguments.size();
  if (count < function->required || (!function->variadic && count > function->arguments.size())) {
    return refuse(Why::invalid, where, "{} takes {} arguments, not {}", function->name,
                  function->variadic ? function->required : function->arguments.size(), count);
  }
  for (std::size_t i = 0; i < count; ++i) {
    auto const wanted = function->arguments[std::min(i, function->arguments.size() - 1)];
    if (node.arguments[i]->type != wanted) {
      return refuse(Why::invalid, node.arguments[i]->place, "{} takes a {} here, not a {}", function->name,
                    name_of(wanted), name_of(node.arguments[i]->type));
    }
  }
  for (auto const& argument : node.arguments) {
    auto const* selector = std::get_if<SelectorNode>(&argument->node);
    if (selector == nullptr || argument->type != ValueType::matrix) continue;
    if (selector->extension == Extension::anchored && !function->anchors) {
      return refuse(
          Why::invalid, where,
          "anchored modifier can only be used with: changes, delta, increase, rate, resets - not with {}",
          function->name);
    }
    if (selector->extension == Extension::smoothed && !function->smooths) {
      return refuse(Why::invalid, where,
                    "smoothed modifier can only be used with: delta, increase, rate - not with {}",
                    function->name);
    }
  }
  return make_expression(std::move(node), function->returns, std::move(where));
}

}  // namespace yunzhi::monitor

// label_replace and label_join.
#include <re2/re2.h>

#include "base/text/utf8.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/special.hpp"
#include "monitor/series/expansion.hpp"

namespace yunzhi::monitor {
namespace {

bool is_name(std::string_view text) {
  return !text.empty() && valid_utf8(text);
}

void set_label(Row& row, std::string const& name, std::string const& value) {
  row.labels.set(name, value);
  if (name == name_label) row.drop_name = false;
}

Result<Value> without_collisions(Value value) {
  auto rows = merged(std::move(value.rows));
  if (!rows) return rows.error();
  value.rows = std::move(*rows);
  return value;
}

Result<Value> label_replace(Evaluator& evaluator, CallNode const& node) {
  auto const& target = text_argument(node, 1);
  auto const& source = text_argument(node, 3);
  auto pattern = whole_text_pattern(text_argument(node, 4));
  if (!pattern) {
    return refuse(Why::invalid, node.arguments[4]->place, "invalid regular expression in label_replace(): {}",
                  text_argument(node, 4));
  }
  if (!is_name(target)) {
    return refuse(Why::invalid, node.arguments[1]->place,
                  "invalid destination label name in label_replace(): {}", target);
  }
  auto value = evaluator.evaluate(*node.arguments[0]);
  if (!value) return value;
  auto const& names = (*pattern)->NamedCapturingGroups();
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>((*pattern)->NumberOfCapturingGroups()) + 1);
  for (auto& row : value->rows) {
    std::string const text(row.labels.get(source));
    bool const found = (*pattern)->Match(text, 0, text.size(), RE2::UNANCHORED, groups.data(),
                                         static_cast<int>(groups.size()));
    if (found) set_label(row, target, expanded(text_argument(node, 2), groups, names));
  }
  return without_collisions(std::move(*value));
}

Result<Value> label_join(Evaluator& evaluator, CallNode const& node) {
  auto const& target = text_argument(node, 1);
  for (std::size_t i = 3; i < node.arguments.size(); ++i) {
    if (is_name(text_argument(node, i))) continue;
    return refuse(Why::invalid, node.arguments[i]->place, "invalid source label name in label_join(): {}",
                  text_argument(node, i));
  }
  if (!is_name(target)) {
    return refuse(Why::invalid, node.arguments[1]->place,
                  "invalid destination label name in label_join(): {}", target);
  }
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
  return without_collisions(std::move(*value));
}

}  // namespace

std::vector<Function> label_functions() {
  constexpr auto series = ValueType::vector;
  constexpr auto text = ValueType::text;
  return {special("label_replace", {series, text, text, text, text}, label_replace),
          variadic(special("label_join", {series, text, text, text}, label_join), 3)};
}

}  // namespace yunzhi::monitor

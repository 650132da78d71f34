#include "monitor/query/print.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "monitor/query/format.hpp"
#include "monitor/query/function.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t line_length = 100;

// A duration has no part smaller than a millisecond; a bare number of seconds has.
std::string constant_text(double seconds) {
  auto const ms = std::llround(seconds * 1000);
  return static_cast<double>(ms) / 1000 == seconds ? format_duration(ms) : plain_number(seconds);
}

std::string term_text(Duration::Term const& term) {
  using Kind = Duration::Term::Kind;
  auto const operand = [&](std::size_t i) { return term_text(term.operands[i]); };
  std::string text;
  switch (term.kind) {
    case Kind::constant:
      text = constant_text(term.seconds);
      break;
    case Kind::step:
      text = "step()";
      break;
    case Kind::range:
      text = "range()";
      break;
    case Kind::least:
      text = "min(" + operand(0) + ", " + operand(1) + ")";
      break;
    case Kind::greatest:
      text = "max(" + operand(0) + ", " + operand(1) + ")";
      break;
    case Kind::subtract:
      // A sign is written as a difference from nothing.
      if (term.operands[0].kind == Kind::constant && term.operands[0].seconds == 0 &&
          term.operands[0].place.empty()) {
        text = "-" + operand(1);
        break;
      }
      [[fallthrough]];
    default: {
      constexpr std::string_view signs = "+-*/%^";
      text = operand(0) + " " +
             signs[static_cast<std::size_t>(term.kind) - static_cast<std::size_t>(Kind::add)] + " " +
             operand(1);
    }
  }
  return term.parenthesised ? "(" + text + ")" : text;
}

std::string list_text(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names)
    text += (text.empty() ? "" : ", ") + (is_label_name(name) ? name : quoted(name));
  return "(" + text + ")";
}

std::string shift_text(Shift const& shift) {
  std::string text;
  if (shift.at == Shift::At::start) text += " @ start()";
  if (shift.at == Shift::At::end) text += " @ end()";
  if (shift.at == Shift::At::fixed) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, " @ %.3f", static_cast<double>(shift.at_ms) / 1000);
    text += buffer;
  }
  if (!shift.offset.empty()) text += " offset " + print_duration(shift.offset);
  return text;
}

// A metric of this name would be read as a number, or behind an operator as a word of the language.
bool reads_as_word(std::string_view name) {
  constexpr std::string_view words[] = {"nan",        "inf",         "bool",     "on",        "ignoring",
                                        "group_left", "group_right", "fill",     "fill_left", "fill_right",
                                        "offset",     "anchored",    "smoothed", "and",       "or",
                                        "unless",     "atan2"};
  std::string text;
  for (char const c : name) text += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

std::string selector_text(SelectorNode const& node) {
  std::string name;
  std::vector<std::string> conditions;
  for (auto const& matcher : node.matchers) {
    bool const names = matcher.name() == name_label && matcher.kind() == Match::equal;
    if (names && name.empty() && is_metric_name(matcher.value()) && !reads_as_word(matcher.value())) {
      name = matcher.value();
      continue;
    }
    auto text = names ? quoted(matcher.value()) : matcher.text();
    if (!names && !is_label_name(matcher.name()))
      text = quoted(matcher.name()) + text.substr(matcher.name().size());
    conditions.push_back(std::move(text));
  }
  std::sort(conditions.begin(), conditions.end());
  auto text = name;
  if (!conditions.empty() || name.empty()) text += fmt::format("{{{}}}", fmt::join(conditions, ","));
  if (!node.range.empty()) text += "[" + print_duration(node.range) + "]";
  if (node.extension == Extension::anchored) text += " anchored";
  if (node.extension == Extension::smoothed) text += " smoothed";
  return text + shift_text(node.shift);
}

std::string bracket_text(SubqueryNode const& node) {
  auto const step = node.step.empty() ? "" : print_duration(node.step);
  return "[" + print_duration(node.range) + ":" + step + "]" + shift_text(node.shift);
}

std::string operator_text(BinaryNode const& node) {
  std::string text(name_of(node.op));
  if (node.as_bool) text += " bool";
  if (node.on || !node.labels.empty() || node.group != BinaryNode::Group::none)
    text += (node.on ? " on " : " ignoring ") + list_text(node.labels);
  if (node.group != BinaryNode::Group::none) {
    text += node.group == BinaryNode::Group::left ? " group_left " : " group_right ";
    text += list_text(node.include);
  }
  if (node.fill_left && node.fill_right && *node.fill_left == *node.fill_right)
    return text + " fill (" + go_number(*node.fill_left) + ")";
  if (node.fill_left) text += " fill_left (" + go_number(*node.fill_left) + ")";
  if (node.fill_right) text += " fill_right (" + go_number(*node.fill_right) + ")";
  return text;
}

std::string aggregate_head(AggregateNode const& node) {
  std::string text(name_of(node.kind));
  if (node.without) {
    text += " without " + list_text(node.labels) + " ";
  } else if (!node.labels.empty()) {
    text += " by " + list_text(node.labels) + " ";
  }
  return text;
}

class Printer {
 public:
  explicit Printer(bool lines) : lines_(lines) {}

  std::string text(Expression const& expression, std::size_t level) {
    auto const line = Printer(false, 0).in_line(expression);
    if (!lines_ || line.size() <= line_length) return indent(level) + line;
    if (expression.parentheses > 0) {
      auto const inner = unwrapped(expression, level + 1);
      return indent(level) + "(\n" + inner + "\n" + indent(level) + ")";
    }
    return unwrapped(expression, level);
  }

 private:
  Printer(bool lines, int) : lines_(lines) {}

  static std::string indent(std::size_t level) { return std::string(level * 2, ' '); }

  std::string in_line(Expression const& expression) {
    auto inner = bare(expression);
    auto const pairs = static_cast<std::size_t>(expression.parentheses);
    return std::string(pairs, '(') + inner + std::string(pairs, ')');
  }

  std::string bare(Expression const& expression) {
    if (auto const* number = std::get_if<NumberNode>(&expression.node)) return plain_number(number->value);
    if (auto const* node = std::get_if<TextNode>(&expression.node)) return go_quoted(node->value);
    if (auto const* node = std::get_if<SelectorNode>(&expression.node)) return selector_text(*node);
    if (auto const* node = std::get_if<SubqueryNode>(&expression.node))
      return in_line(*node->inner) + bracket_text(*node);
    if (auto const* node = std::get_if<NegationNode>(&expression.node)) return "-" + in_line(*node->inner);
    if (auto const* node = std::get_if<CallNode>(&expression.node)) {
      std::string arguments;
      for (auto const& argument : node->arguments)
        arguments += (arguments.empty() ? "" : ", ") + in_line(*argument);
      return std::string(node->function->name) + "(" + arguments + ")";
    }
    if (auto const* node = std::get_if<AggregateNode>(&expression.node)) {
      auto const parameter = node->parameter ? in_line(*node->parameter) + ", " : "";
      return aggregate_head(*node) + "(" + parameter + in_line(*node->inner) + ")";
    }
    auto const& node = std::get<BinaryNode>(expression.node);
    return in_line(*node.left) + " " + operator_text(node) + " " + in_line(*node.right);
  }

  // Of an expression too long for a line.
  std::string unwrapped(Expression const& expression, std::size_t level) {
    auto const margin = indent(level);
    if (auto const* node = std::get_if<AggregateNode>(&expression.node)) {
      auto const parameter = node->parameter ? text(*node->parameter, level + 1) + ",\n" : "";
      return margin + aggregate_head(*node) + "(\n" + parameter + text(*node->inner, level + 1) + "\n" +
             margin + ")";
    }
    if (auto const* node = std::get_if<CallNode>(&expression.node)) {
      std::string arguments;
      for (auto const& argument : node->arguments)
        arguments += (arguments.empty() ? "" : ",\n") + text(*argument, level + 1);
      return margin + std::string(node->function->name) + "(\n" + arguments + "\n" + margin + ")";
    }
    if (auto const* node = std::get_if<BinaryNode>(&expression.node)) {
      return text(*node->left, level + 1) + "\n" + margin + operator_text(*node) + "\n" +
             text(*node->right, level + 1);
    }
    if (auto const* node = std::get_if<SubqueryNode>(&expression.node))
      return text(*node->inner, level) + bracket_text(*node);
    if (auto const* node = std::get_if<NegationNode>(&expression.node)) {
      auto const inner = text(*node->inner, level);
      return margin + "-" + inner.substr(margin.size());
    }
    return margin + bare(expression);
  }

  bool const lines_;
};

}  // namespace

std::string print_duration(Duration const& duration) {
  return duration.term ? term_text(*duration.term) : format_duration(duration.ms);
}

std::string print_query(Expression const& query) {
  return Printer(false).text(query, 0);
}

std::string format_query(Expression const& query) {
  return Printer(true).text(query, 0);
}

}  // namespace yunzhi::monitor

#include "monitor/query/matching_reader.hpp"

#include <algorithm>
#include <cstddef>

namespace yunzhi::monitor {
namespace {

// group_left (a, b) x is a list of labels, group_left (x + y) an expression between parentheses.
bool is_label_list(TokenReader const& reader) {
  std::size_t at = 1;
  while (reader.look(at).kind == TokenKind::name || reader.look(at).kind == TokenKind::text) {
    ++at;
    if (reader.look(at).text == ",") ++at;
  }
  return reader.look(at).kind == TokenKind::sign && reader.look(at).text == ")";
}

}  // namespace

Result<> read_matching(TokenReader& reader, BinaryNode& node) {
  if (!reader.is_word("on") && !reader.is_word("ignoring")) return {};
  node.on = reader.is_word("on");
  reader.skip();
  auto labels = reader.label_list();
  if (!labels) return labels.error();
  node.labels = std::move(*labels);
  if (!reader.is_word("group_left") && !reader.is_word("group_right")) return {};
  if (is_set(node.op))
    return refuse(Why::invalid, reader.place(reader.look()),
                  "and, or and unless take no group_left or group_right");
  node.group = reader.is_word("group_left") ? BinaryNode::Group::left : BinaryNode::Group::right;
  reader.skip();
  if (!reader.is("(") || !is_label_list(reader)) return {};
  auto include = reader.label_list();
  if (!include) return include.error();
  node.include = std::move(*include);
  for (auto const& label : node.include) {
    if (node.on && std::find(node.labels.begin(), node.labels.end(), label) != node.labels.end()) {
      return refuse(Why::invalid, reader.place(reader.look()),
                    "the label \"{}\" may not be both in on and in the group", label);
    }
  }
  return {};
}

// A metric may be named fill, too; then no parenthesis follows.
Result<> read_fill(TokenReader& reader, BinaryNode& node) {
  while (reader.look(1).kind == TokenKind::sign && reader.look(1).text == "(") {
    bool const both = reader.is_word("fill");
    bool const left = both || reader.is_word("fill_left");
    bool const right = both || reader.is_word("fill_right");
    if (!left && !right) return {};
    auto const where = reader.place(reader.look());
    if (is_set(node.op))
      return refuse(Why::invalid, where, "filling in missing series not allowed for set operators");
    reader.skip();
    reader.skip();
    double const sign = reader.take("-") ? -1 : 1;
    if (sign > 0) reader.take("+");
    bool const word = reader.is_word("inf") || reader.is_word("nan");
    if (!word && reader.look().kind != TokenKind::number && reader.look().kind != TokenKind::duration)
      return reader.unexpected("a number");
    double const value = sign * (reader.look().kind == TokenKind::duration ? reader.look().number / 1000
                                                                           : reader.look().number);
    reader.skip();
    if (auto done = reader.need(")"); !done) return done;
    if (left) node.fill_left = value;
    if (right) node.fill_right = value;
  }
  return {};
}

}  // namespace yunzhi::monitor

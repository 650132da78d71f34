#include "monitor/query/selector_reader.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "monitor/query/expression_types.hpp"

namespace yunzhi::monitor {
namespace {

// `named`: the metric's name stood before the brace, or within it alone between quotes.
Result<> read_matcher(TokenReader& reader, SelectorNode& node, bool& named) {
  auto const where = reader.place(reader.look());
  if (reader.look().kind != TokenKind::name && reader.look().kind != TokenKind::text)
    return reader.unexpected("a label name");
  bool const quoted_name = reader.look().kind == TokenKind::text;
  std::string name = quoted_name ? reader.look().value : std::string(reader.look().text);
  reader.skip();
  if (quoted_name && (reader.is(",") || reader.is("}"))) {
    bool const known = std::any_of(node.matchers.begin(), node.matchers.end(), [](Matcher const& each) {
      return each.name() == name_label && each.kind() == Match::equal;
    });
    if (known) return refuse(Why::invalid, where, "the metric's name is given twice");
    named = true;
    node.matchers.push_back(*Matcher::make(Match::equal, std::string(name_label), std::move(name)));
    return {};
  }
  constexpr std::pair<std::string_view, Match> signs[] = {
      {"=", Match::equal}, {"!=", Match::not_equal}, {"=~", Match::regex}, {"!~", Match::not_regex}};
  for (auto const& [sign, kind] : signs) {
    if (!reader.take(sign)) continue;
    if (reader.look().kind != TokenKind::text) return reader.unexpected("a text between quotes");
    if (named && name == name_label && kind == Match::equal) {
      return refuse(Why::invalid, where, "the metric's name is given twice");
    }
    auto made = Matcher::make(kind, std::move(name), reader.look().value);
    if (!made)
      return Refusal{Why::invalid,
                     {Fault{reader.place(reader.look()), made.error().faults[0].text,
                            made.error().faults[0].arguments}}};
    reader.skip();
    node.matchers.push_back(std::move(*made));
    return {};
  }
  return reader.unexpected("one of = != =~ !~");
}

}  // namespace

Result<Child> read_selector(TokenReader& reader, std::string const& metric, std::string where, bool wide) {
  SelectorNode node;
  if (!metric.empty()) node.matchers.push_back(*Matcher::make(Match::equal, std::string(name_label), metric));
  if (reader.take("{")) {
    bool named = !metric.empty();
    while (!reader.take("}")) {
      if (auto done = read_matcher(reader, node, named); !done) return done.error();
      if (!reader.take(",") && !reader.is("}")) return reader.unexpected("\",\" or \"}\"");
    }
  }
  bool const narrow = std::any_of(node.matchers.begin(), node.matchers.end(),
                                  [](Matcher const& each) { return !each.accepts({}); });
  if (!narrow && !wide)
    return refuse(Why::invalid, where, "a selector needs at least one matcher that refuses the empty text");
  return make_expression(std::move(node), ValueType::vector, std::move(where));
}

}  // namespace yunzhi::monitor

// The forms that begin with a word of their own: if, for, some, every, function, and contexts.
#include "process/expression/grammar.hpp"

namespace yunzhi::process {

Grammar::Parsed Grammar::choice() {
  ++at_;
  auto condition = expression();
  if (!condition) return condition;
  if (auto const then = expect("then"); !then) return then.error();
  auto yes = expression();
  if (!yes) return yes;
  if (auto const otherwise = expect("else"); !otherwise) return otherwise.error();
  auto no = expression();
  if (!no) return no;
  return emit(Operation::choice, *condition, *yes, *no);
}

Result<std::string> Grammar::declared_name(std::string_view what) {
  if (word().kind != Word::Kind::name || reserved())
    return wrong("the name of {} is expected here, not '{}'", what, shown());
  if (word().quoted) return words_[at_++].text;
  std::size_t count = 1;
  while (word(count).kind == Word::Kind::name && !reserved(count)) ++count;
  auto joined = joined_words(count);
  at_ += count;
  return joined;
}

// `a in list, b in 1..a`: each may use those before it.
Result<std::vector<Grammar::Index>> Grammar::iterators(bool with_partial) {
  std::vector<Index> all{with_partial ? declare("partial") : new_slot()};
  do {
    auto name = declared_name("a variable");
    if (!name) return name.error();
    if (auto const in = expect("in"); !in) return in.error();
    auto from = source();
    if (!from) return from.error();
    all.push_back(declare(*name));
    all.push_back(*from);
  } while (take(","));
  return all;
}

Grammar::Parsed Grammar::source() {
  auto low = expression();
  if (!low || !take("..")) return low;
  auto high = expression();
  if (!high) return high;
  return emit(Operation::range, *low, *high, Bounds::steps);
}

Grammar::Parsed Grammar::iteration() {
  ++at_;
  auto const outside = visible_.size();
  auto all = iterators(true);
  if (!all) return all.error();
  if (auto const gives = expect("return"); !gives) return gives.error();
  auto body = expression();
  if (!body) return body;
  visible_.resize(outside);
  return emit(Operation::iterate, *body, operands(*all), static_cast<Index>(all->size() / 2));
}

Grammar::Parsed Grammar::quantified(Operation operation) {
  ++at_;
  auto const outside = visible_.size();
  auto all = iterators(false);
  if (!all) return all.error();
  if (auto const asks = expect("satisfies"); !asks) return asks.error();
  auto condition = expression();
  if (!condition) return condition;
  visible_.resize(outside);
  return emit(operation, *condition, operands(*all), static_cast<Index>(all->size() / 2));
}

Grammar::Parsed Grammar::function() {
  ++at_;
  if (auto const open = expect("("); !open) return open.error();
  auto const outside = visible_.size();
  auto code = parameters();
  if (!code) return code.error();
  if (keyword("external")) {
    code->external = true;
    auto body = external_body();
    if (!body) return body;
    code->body = *body;
  } else {
    auto body = expression();
    if (!body) return body;
    code->body = *body;
    code->result = form_type(*body);
  }
  visible_.resize(outside);
  program_.functions.push_back(std::move(*code));
  return emit(Operation::function, static_cast<Index>(program_.functions.size() - 1));
}

Result<FunctionCode> Grammar::parameters() {
  FunctionCode code;
  code.first_slot = program_.slots;
  if (take(")")) return code;
  do {
    auto name = declared_name("a parameter");
    if (!name) return name.error();
    Parameter parameter{*name, {}};
    if (take(":")) {
      auto of = type();
      if (!of) return of.error();
      parameter.type = **of;
    }
    code.parameters.push_back(std::move(parameter));
    declare(*name);
  } while (take(","));
  if (auto const closed = expect(")"); !closed) return closed.error();
  return code;
}

// A function in another language can be written down, but has no answer here.
Grammar::Parsed Grammar::external_body() {
  ++at_;
  auto body = expression();
  return body ? Parsed(literal({})) : body;
}

Grammar::Parsed Grammar::context() {
  ++at_;
  auto const outside = visible_.size();
  std::vector<Index> all;
  std::vector<std::string> seen;
  while (!take("}")) {
    if (!all.empty())
      if (auto const comma = expect(","); !comma) return comma.error();
    auto name = entry_name();
    if (!name) return name.error();
    if (std::find(seen.begin(), seen.end(), *name) != seen.end())
      return wrong("the context has two entries named '{}'", *name);
    seen.push_back(*name);
    if (auto const colon = expect(":"); !colon) return colon.error();
    auto value = expression();
    if (!value) return value;
    all.push_back(name_number(*name));
    all.push_back(*value);
    all.push_back(declare(*name));
  }
  visible_.resize(outside);
  return emit(Operation::context, 0, operands(all), static_cast<Index>(all.size() / 3));
}

// A text, or words and signs up to the colon.
Result<std::string> Grammar::entry_name() {
  if (word().kind == Word::Kind::text) return words_[at_++].text;
  if (word().kind != Word::Kind::name)
    return wrong("the name of {} is expected here, not '{}'", "an entry", shown());
  std::string name;
  auto end = word().at;
  constexpr std::string_view signs = "./-'+*";
  while (word().kind == Word::Kind::name || word().kind == Word::Kind::number ||
         (word().kind == Word::Kind::symbol && word().text.size() == 1 &&
          signs.find(word().text) != signs.npos)) {
    if (!name.empty() && word().at > end) name += ' ';
    name += word().text;
    end = word().at + static_cast<std::uint32_t>(word().text.size()) + (word().quoted ? 2U : 0U);
    ++at_;
  }
  return name;
}

}  // namespace yunzhi::process

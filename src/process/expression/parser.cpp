#include "process/expression/parser.hpp"

#include "base/limits.hpp"
#include "process/expression/grammar.hpp"

namespace yunzhi::process {
namespace {

struct Sign {
  std::string_view text;
  Operation compares;
};
constexpr Sign signs[] = {{"=", Operation::equal},   {"!=", Operation::unequal},
                          {"<", Operation::less},    {"<=", Operation::less_equal},
                          {">", Operation::greater}, {">=", Operation::greater_equal}};

Result<Grammar> grammar_of(std::string_view text, Reading const& reading) {
  if (text.size() > limits::expression_bytes)
    return refuse(Why::invalid, "", "the expression is longer than {} bytes", limits::expression_bytes);
  auto words = split(text);
  if (!words) return words.error();
  return Grammar(text, std::move(*words), reading);
}

}  // namespace

Result<Program> parse_expression(std::string_view text, Reading const& reading) {
  auto grammar = grammar_of(text, reading);
  return grammar ? grammar->expression_program() : grammar.error();
}

Result<Program> parse_unary_tests(std::string_view text, Reading const& reading) {
  auto grammar = grammar_of(text, reading);
  return grammar ? grammar->tests_program() : grammar.error();
}

Result<TypePointer> parse_type(std::string_view text, Names const& names) {
  Reading const reading{names, false};
  auto grammar = grammar_of(text, reading);
  return grammar ? grammar->type_alone() : grammar.error();
}

Result<> Grammar::expect(std::string_view wanted) {
  if (take(wanted)) return {};
  return wrong("'{}' is expected here, not '{}'", wanted, shown());
}

bool Grammar::reserved(std::size_t ahead) const {
  constexpr std::string_view words[] = {"then",    "else",  "and",      "or",       "in",
                                        "between", "if",    "for",      "return",   "satisfies",
                                        "some",    "every", "instance", "function", "external"};
  return std::any_of(std::begin(words), std::end(words), [&](auto one) { return keyword(one, ahead); });
}

Result<Program> Grammar::finish(Parsed const& root) {
  if (!root) return root.error();
  if (word().kind != Word::Kind::end) return wrong("'{}' is not expected here", shown());
  if (program_.codes.size() > limits::expression_operations)
    return refuse(Why::invalid, "", "the expression has more than {} operations",
                  limits::expression_operations);
  program_.uses.resize(program_.slots);
  std::sort(program_.tests.begin(), program_.tests.end());
  program_.text = std::string(text_);
  program_.root = *root;
  return std::move(program_);
}

Result<Program> Grammar::expression_program() {
  return finish(expression());
}

Grammar::Index Grammar::literal(Value value) {
  program_.literals.push_back(std::move(value));
  return emit(Operation::literal, static_cast<Index>(program_.literals.size() - 1));
}

Grammar::Index Grammar::operands(std::vector<Index> const& all) {
  auto const start = static_cast<Index>(program_.operands.size());
  program_.operands.insert(program_.operands.end(), all.begin(), all.end());
  return start;
}

Grammar::Index Grammar::name_number(std::string_view name) {
  auto const found = std::find_if(program_.names.begin(), program_.names.end(),
                                  [name](Text const& known) { return *known == name; });
  if (found != program_.names.end()) return static_cast<Index>(found - program_.names.begin());
  program_.names.push_back(std::make_shared<std::string const>(name));
  return static_cast<Index>(program_.names.size() - 1);
}

Grammar::Parsed Grammar::expression() {
  if (depth_ >= limits::expression_depth)
    return wrong("parts may be nested at most {} deep", limits::expression_depth);
  // A bracket behind `in` may have to be read twice, and brackets in it again.
  if (++parts_read_ > limits::expression_operations)
    return wrong("the expression has more than {} operations", limits::expression_operations);
  ++depth_;
  bool const outer_range_end = std::exchange(range_end_, false);
  auto parsed = disjunction();
  range_end_ = outer_range_end;
  --depth_;
  return parsed;
}

Grammar::Parsed Grammar::disjunction() {
  auto left = conjunction();
  while (left && take("or")) {
    auto right = conjunction();
    if (!right) return right;
    left = emit(Operation::disjunction, *left, *right);
  }
  return left;
}

Grammar::Parsed Grammar::conjunction() {
  auto left = comparison();
  while (left && take("and")) {
    auto right = comparison();
    if (!right) return right;
    left = emit(Operation::conjunction, *left, *right);
  }
  return left;
}

Grammar::Parsed Grammar::comparison() {
  auto left = sum();
  while (left) {
    auto const before = at_;
    if (take("between")) {
      left = between(*left);
    } else if (take("in")) {
      left = membership(*left);
    } else if (keyword("instance") && keyword("of", 1)) {
      at_ += 2;
      left = instance(*left);
    } else {
      left = compared(*left);
    }
    if (at_ == before) break;
  }
  return left;
}

Grammar::Parsed Grammar::compared(Index left) {
  for (auto const& sign : signs)
    if (take(sign.text)) {
      auto right = sum();
      if (!right) return right;
      auto const asked = program_.codes[left].operation;
      bool const plain = (asked == Operation::global || asked == Operation::path) &&
                         program_.codes[*right].operation == Operation::literal;
      return emit(sign.compares, left, *right, plain ? 1 : 0);
    }
  return left;
}

Grammar::Parsed Grammar::between(Index value) {
  auto low = sum();
  if (!low) return low;
  if (auto const both = expect("and"); !both) return both.error();
  auto high = sum();
  if (!high) return high;
  return emit(Operation::between, value, *low, *high);
}

Grammar::Parsed Grammar::instance(Index value) {
  auto wanted = type();
  if (!wanted) return wanted.error();
  program_.types.push_back(*wanted);
  return emit(Operation::instance_of, value, static_cast<Index>(program_.types.size() - 1));
}

Grammar::Parsed Grammar::sum() {
  auto left = product();
  while (left && (symbol("+") || symbol("-"))) {
    auto const operation = symbol("+") ? Operation::add : Operation::subtract;
    ++at_;
    auto right = product();
    if (!right) return right;
    left = emit(operation, *left, *right);
  }
  return left;
}

Grammar::Parsed Grammar::product() {
  auto left = power();
  while (left && (symbol("*") || symbol("/"))) {
    auto const operation = symbol("*") ? Operation::multiply : Operation::divide;
    ++at_;
    auto right = power();
    if (!right) return right;
    left = emit(operation, *left, *right);
  }
  return left;
}

// FEEL's grammar makes the power associate to the left, and the sign bind tighter: -2 ** 2 is 4.
Grammar::Parsed Grammar::power() {
  auto left = negation();
  while (left && take("**")) {
    auto right = negation();
    if (!right) return right;
    left = emit(Operation::power, *left, *right);
  }
  return left;
}

Grammar::Parsed Grammar::negation() {
  if (!symbol("-")) return postfix();
  std::size_t count = 0;
  for (; take("-"); ++count) {}
  auto operand = postfix();
  for (; operand && count > 0; --count) operand = negated(*operand);
  return operand;
}

Grammar::Index Grammar::negated(Index operand) {
  if (operand + 1 == program_.codes.size() && program_.codes[operand].operation == Operation::literal)
    if (auto const* number = program_.literals[program_.codes[operand].first].get<Decimal>()) {
      program_.literals[program_.codes[operand].first] = -*number;
      return operand;
    }
  return emit(Operation::negate, operand);
}

}  // namespace yunzhi::process

#include "process/expression/parser.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "process/expression/builtins.hpp"
#include "process/expression/lexer.hpp"
#include "process/expression/temporal.hpp"

namespace yunzhi::process {
namespace {

using Index = std::uint32_t;
using Parsed = Result<Index>;

class Parser {
 public:
  Parser(std::string_view text, std::vector<Word> words) : text_(text), words_(std::move(words)) {}

  Result<Program> run() {
    auto const root = expression();
    if (!root) return root.error();
    if (word().kind != Word::Kind::end) return wrong("'{}' is not expected here", shown());
    if (program_.codes.size() > limits::expression_operations)
      return refuse(Why::invalid, "", "the expression has more than {} operations",
                    limits::expression_operations);
    if (tallest_ > limits::expression_height)
      return refuse(Why::invalid, "", "the expression joins more than {} parts in a chain",
                    limits::expression_height);
    program_.text = std::string(text_);
    return std::move(program_);
  }

 private:
  [[nodiscard]] Word const& word(std::size_t ahead = 0) const {
    return words_[std::min(at_ + ahead, words_.size() - 1)];
  }
  [[nodiscard]] bool symbol(std::string_view wanted) const {
    return word().kind == Word::Kind::symbol && word().text == wanted;
  }
  [[nodiscard]] bool keyword(std::string_view wanted) const {
    return word().kind == Word::Kind::name && !word().quoted && word().text == wanted;
  }
  bool take(std::string_view wanted) {
    if (!symbol(wanted) && !keyword(wanted)) return false;
    ++at_;
    return true;
  }
  [[nodiscard]] std::string shown() const { return word().kind == Word::Kind::end ? "the end" : word().text; }
  template <class... A>
  [[nodiscard]] Refusal wrong(std::string_view text, A const&... arguments) const {
    return refuse_at(text_, word().at, text, arguments...);
  }
  Result<> expect(std::string_view wanted) {
    if (take(wanted)) return {};
    return wrong("'{}' is expected here, not '{}'", wanted, shown());
  }

  Index emit(Operation operation, Index first = 0, Index second = 0, Index third = 0) {
    program_.codes.push_back({operation, first, second, third});
    heights_.push_back(height_of(program_, heights_));
    tallest_ = std::max(tallest_, heights_.back());
    return static_cast<Index>(program_.codes.size() - 1);
  }
  Index literal(Value value) {
    program_.literals.push_back(std::move(value));
    return emit(Operation::literal, static_cast<Index>(program_.literals.size() - 1));
  }
  Index operands(std::vector<Index> const& all) {
    auto const start = static_cast<Index>(program_.operands.size());
    program_.operands.insert(program_.operands.end(), all.begin(), all.end());
    return start;
  }

  Parsed expression() {
    if (depth_ >= limits::expression_depth)
      return wrong("parts may be nested at most {} deep", limits::expression_depth);
    ++depth_;
    auto parsed = keyword("if") ? choice() : disjunction();
    --depth_;
    return parsed;
  }

  Parsed choice() {
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

  Parsed disjunction() {
    auto left = conjunction();
    while (left && take("or")) {
      auto right = conjunction();
      if (!right) return right;
      left = emit(Operation::disjunction, *left, *right);
    }
    return left;
  }

  Parsed conjunction() {
    auto left = comparison();
    while (left && take("and")) {
      auto right = comparison();
      if (!right) return right;
      left = emit(Operation::conjunction, *left, *right);
    }
    return left;
  }

  struct Sign {
    std::string_view text;
    Operation compares;
    Operation tests;
  };
  static constexpr Sign signs[] = {{"=", Operation::equal, Operation::literal},
                                   {"!=", Operation::unequal, Operation::test_unequal},
                                   {"<", Operation::less, Operation::test_less},
                                   {"<=", Operation::less_equal, Operation::test_less_equal},
                                   {">", Operation::greater, Operation::test_greater},
                                   {">=", Operation::greater_equal, Operation::test_greater_equal}};

  Parsed comparison() {
    auto left = sum();
    if (!left) return left;
    for (auto const& sign : signs)
      if (take(sign.text)) {
        auto right = sum();
        if (!right) return right;
        return emit(sign.compares, *left, *right);
      }
    if (take("between")) return between(*left);
    if (take("in")) return membership(*left);
    return left;
  }

  Parsed between(Index value) {
    auto low = sum();
    if (!low) return low;
    if (auto const both = expect("and"); !both) return both.error();
    auto high = sum();
    if (!high) return high;
    return emit(Operation::between, value, *low, *high);
  }

  // `x in (1, > 5, [7..9])`, `x in [1..5]`, `x in list`. A bracket may open a range or a list of tests.
  Parsed membership(Index value) {
    std::vector<Index> tests;
    auto const start = at_;
    if (take("(")) {
      auto const taken = test_list(tests);
      if (!taken) return taken.error();
      if (symbol("..")) {
        at_ = start;
        tests.clear();
      }
    }
    if (tests.empty()) {
      auto one = test();
      if (!one) return one;
      tests.push_back(*one);
    }
    auto const first = operands(tests);
    return emit(Operation::in, value, first, static_cast<Index>(tests.size()));
  }

  Result<> test_list(std::vector<Index>& tests) {
    do {
      auto one = test();
      if (!one) return one.error();
      tests.push_back(*one);
    } while (take(","));
    if (symbol("..")) return {};
    return expect(")");
  }

  Parsed test() {
    for (auto const& sign : signs)
      if (sign.tests != Operation::literal && take(sign.text)) {
        auto bound = sum();
        if (!bound) return bound;
        return emit(sign.tests, *bound);
      }
    return sum();
  }

  Parsed sum() {
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

  Parsed product() {
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

  Parsed power() {
    auto left = sign();
    while (left && take("**")) {
      auto right = sign();
      if (!right) return right;
      left = emit(Operation::power, *left, *right);
    }
    return left;
  }

  Parsed sign() {
    std::size_t minuses = 0;
    while (take("-")) ++minuses;
    auto operand = postfix();
    if (operand && minuses % 2 == 1) return emit(Operation::negate, *operand);
    return operand;
  }

  Parsed postfix() {
    auto operand = primary();
    while (operand) {
      if (take(".")) {
        if (word().kind != Word::Kind::name) return wrong("a name is expected after the point");
        operand = member(*operand, words_[at_++].text);
      } else if (!range_end_ && take("[")) {
        auto position = expression();
        if (!position) return position;
        if (auto const closed = expect("]"); !closed) return closed.error();
        operand = emit(Operation::index, *operand, *position);
      } else {
        break;
      }
    }
    return operand;
  }

  // A path of names from a variable is one operation, so that it is walked without copies.
  Index member(Index operand, std::string const& name) {
    auto const& code = program_.codes[operand];
    if (code.operation == Operation::path) {
      program_.paths[code.first].push_back(name);
      return operand;
    }
    program_.names.push_back(name);
    return emit(Operation::member, operand, static_cast<Index>(program_.names.size() - 1));
  }

  Parsed primary() {
    switch (word().kind) {
      case Word::Kind::number:
        return number();
      case Word::Kind::text:
        return literal(words_[at_++].text);
      case Word::Kind::name:
        return name();
      case Word::Kind::symbol:
        if (take("@")) return at_literal();
        if (symbol("(") || symbol("[") || symbol("]")) return bracket();
        break;
      default:
        break;
    }
    return wrong("a value is expected here, not '{}'", shown());
  }

  Parsed number() {
    auto const decimal = Decimal::parse(word().text);
    if (!decimal) return wrong("'{}' is no number within range", shown());
    ++at_;
    return literal(*decimal);
  }

  Parsed at_literal() {
    if (word().kind != Word::Kind::text)
      return wrong("a text with a date, time or duration is expected after '@'");
    auto const& text = word().text;
    Value value = parse_any_duration(text);
    if (auto const date = parse_date(text))
      value = *date;
    else if (auto const time = parse_day_time(text))
      value = *time;
    else if (auto const instant = parse_date_time(text, {}))
      value = *instant;
    if (value.null()) return wrong("'{}' is no date, time or duration", text);
    ++at_;
    return literal(std::move(value));
  }

  // `(a)`, `(a..b)`, `[a..b)`, `]a..b[` or `[a, b, c]`.
  Parsed bracket() {
    auto const opening = words_[at_++].text;
    range_end_ = false;
    if (opening == "[" && take("]")) return emit(Operation::list);
    auto first = expression();
    if (!first) return first;
    if (take("..")) return range(*first, opening != "[");
    if (opening == "]") return wrong("'..' is expected here, not '{}'", shown());
    if (opening == "[") return list(*first);
    if (auto const closed = expect(")"); !closed) return closed.error();
    return first;
  }

  Parsed range(Index low, bool low_open) {
    range_end_ = true;
    auto high = expression();
    range_end_ = false;
    if (!high) return high;
    bool const closed = symbol("]");
    if (!closed && !symbol(")") && !symbol("["))
      return wrong("the range is not closed: ']', ')' or '[' is expected");
    ++at_;
    return emit(Operation::range, low, *high, (low_open ? 1U : 0U) | (closed ? 0U : 2U));
  }

  Parsed list(Index first) {
    std::vector<Index> all{first};
    while (take(",")) {
      auto item = expression();
      if (!item) return item;
      all.push_back(*item);
    }
    if (auto const closed = expect("]"); !closed) return closed.error();
    auto const start = operands(all);
    return emit(Operation::list, 0, start, static_cast<Index>(all.size()));
  }

  Parsed name() {
    if (take("null")) return literal(Value());
    if (take("true")) return literal(true);
    if (take("false")) return literal(false);
    if (keyword("is") && word(1).text == "defined" && word(2).text == "(") return defined();
    std::string called;
    for (std::size_t length = 1; length <= 4 && word(length - 1).kind == Word::Kind::name; ++length) {
      called += (called.empty() ? "" : " ") + word(length - 1).text;
      if (word(length).kind != Word::Kind::symbol || word(length).text != "(") continue;
      if (auto const function = find_builtin(called)) return call(*function, length);
      if (length == 1 && !reserved_word()) return wrong("there is no function '{}'", called);
      break;
    }
    if (reserved_word()) return wrong("a value is expected here, not '{}'", shown());
    program_.paths.push_back({words_[at_++].text});
    return emit(Operation::path, static_cast<Index>(program_.paths.size() - 1));
  }

  Parsed defined() {
    at_ += 3;
    auto operand = expression();
    if (!operand) return operand;
    if (program_.codes[*operand].operation != Operation::path)
      return wrong("is defined() asks about a variable");
    if (auto const closed = expect(")"); !closed) return closed.error();
    return emit(Operation::defined, program_.codes[*operand].first);
  }

  [[nodiscard]] bool reserved_word() const {
    constexpr std::string_view reserved[] = {"then", "else", "and", "or", "in", "between", "if"};
    return std::any_of(std::begin(reserved), std::end(reserved), [&](auto one) { return keyword(one); });
  }

  Parsed call(Index function, std::size_t words) {
    at_ += words + 1;
    std::vector<Index> all;
    while (!symbol(")")) {
      auto argument = expression();
      if (!argument) return argument;
      all.push_back(*argument);
      if (!take(",")) break;
    }
    if (auto const closed = expect(")"); !closed) return closed.error();
    auto const& builtin = builtins()[function];
    if (all.size() < builtin.least_arguments || all.size() > builtin.most_arguments)
      return wrong("{}() does not take {} arguments", builtin.name, all.size());
    auto const start = operands(all);
    return emit(Operation::call, function, start, static_cast<Index>(all.size()));
  }

  std::string_view text_;
  std::vector<Word> words_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
  std::vector<std::size_t> heights_;  // of each code's tree
  std::size_t tallest_ = 0;
  bool range_end_ = false;  // in the high end of a range `[` closes the range and is no index
  Program program_;
};

}  // namespace

Result<Program> parse_expression(std::string_view text) {
  if (text.size() > limits::expression_bytes)
    return refuse(Why::invalid, "", "the expression is longer than {} bytes", limits::expression_bytes);
  auto words = split(text);
  if (!words) return words.error();
  return Parser(text, std::move(*words)).run();
}

}  // namespace yunzhi::process

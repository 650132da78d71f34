// Unary tests: the cells of a decision table and the right side of `in` (DMN 1.3, 10.3.1.2, rules 12 to 17).
#include "process/expression/grammar.hpp"

namespace yunzhi::process {
namespace {

struct Sign {
  std::string_view text;
  Operation tests;
};
constexpr Sign signs[] = {{"=", Operation::test_equal},       {"!=", Operation::test_unequal},
                          {"<=", Operation::test_less_equal}, {">=", Operation::test_greater_equal},
                          {"<", Operation::test_less},        {">", Operation::test_greater}};

}  // namespace

Result<Program> Grammar::tests_program() {
  declare("?");
  return finish(all_tests());
}

Grammar::Parsed Grammar::all_tests() {
  if (symbol("-") && word(1).kind == Word::Kind::end) {
    ++at_;
    return literal(true);
  }
  if (keyword("not") && symbol("(", 1)) {
    auto const start = at_;
    auto const seen = visible_.size();
    at_ += 2;
    auto const tests = test_list(")");
    if (tests && word().kind == Word::Kind::end) {
      auto all = std::vector<Index>{0};
      all.insert(all.end(), tests->begin(), tests->end());
      auto const in =
          emit(Operation::in, emit(Operation::local, 0), operands(all), static_cast<Index>(tests->size()));
      return emit(Operation::call, *find_builtin("not"), operands({in}), 1);
    }
    // `not(a) and b` is an expression that begins with the function.
    at_ = start;
    visible_.resize(seen);
  }
  return positive_tests();
}

Grammar::Parsed Grammar::positive_tests() {
  auto all = std::vector<Index>{0};
  do {
    auto one = test(true);
    if (!one) return one;
    all.push_back(*one);
  } while (take(","));
  return emit(Operation::in, emit(Operation::local, 0), operands(all), static_cast<Index>(all.size() - 1));
}

// `x in (1, > 5, [7..9])`, `x in [1..5]`, `x in list`. A bracket may open a range or a list of tests.
Grammar::Parsed Grammar::membership(Index value) {
  auto const slot = declare("?");
  std::vector<Index> all{slot};
  auto const start = at_;
  auto const seen = visible_.size();
  if (take("(")) {
    auto tests = test_list(")");
    if (tests && !goes_on()) {
      all.insert(all.end(), tests->begin(), tests->end());
    } else {
      at_ = start;
      visible_.resize(seen);
    }
  }
  if (all.size() == 1) {
    auto one = test(false);
    if (!one) return one;
    all.push_back(*one);
  }
  visible_.pop_back();
  return emit(Operation::in, value, operands(all), static_cast<Index>(all.size() - 1));
}

Result<std::vector<Grammar::Index>> Grammar::test_list(std::string_view end) {
  std::vector<Index> tests;
  do {
    auto one = test(true);
    if (!one) return one.error();
    tests.push_back(*one);
  } while (take(","));
  if (auto const closed = expect(end); !closed) return closed.error();
  return tests;
}

// Whether a closed bracket turns out to be the beginning of a longer operand.
bool Grammar::goes_on() const {
  constexpr std::string_view signs_after[] = {"..", ".", "[", "(", "+", "-", "*", "/", "**"};
  return std::any_of(std::begin(signs_after), std::end(signs_after), [&](auto one) { return symbol(one); });
}

// The right side of `in` binds tighter than `and`; within brackets and cells a whole expression may stand.
Grammar::Parsed Grammar::test(bool whole) {
  for (auto const& sign : signs)
    if (take(sign.text)) {
      auto bound = sum();
      if (!bound) return bound;
      return emit(sign.tests, *bound);
    }
  auto const before = questions_;
  auto answer = whole ? expression() : sum();
  // `?` alone is the value itself, and gives no answer of its own.
  bool const alone = answer && program_.codes[*answer].operation == Operation::local;
  if (answer && questions_ != before && !alone) program_.tests.push_back(*answer);
  return answer;
}

}  // namespace yunzhi::process

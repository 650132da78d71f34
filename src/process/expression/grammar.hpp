// The parser's state and its productions, for the files parser*.cpp alone.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "process/expression/builtins.hpp"
#include "process/expression/parser.hpp"

namespace yunzhi::process {

class Grammar {
 public:
  using Index = std::uint32_t;
  using Parsed = Result<Index>;

  Grammar(std::string_view text, std::vector<Word> words, Reading const& reading)
      : text_(text), words_(std::move(words)), reading_(reading), known_(reading.names) {}

  /// The whole text is one expression, a list of unary tests, or a type.
  Result<Program> expression_program();
  Result<Program> tests_program();
  Result<TypePointer> type_alone();

 private:
  static constexpr Index absent = UINT32_MAX;

  // Words (parser.cpp)
  [[nodiscard]] Word const& word(std::size_t ahead = 0) const {
    return words_[std::min(at_ + ahead, words_.size() - 1)];
  }
  [[nodiscard]] bool symbol(std::string_view wanted, std::size_t ahead = 0) const {
    return word(ahead).kind == Word::Kind::symbol && word(ahead).text == wanted;
  }
  [[nodiscard]] bool keyword(std::string_view wanted, std::size_t ahead = 0) const {
    return word(ahead).kind == Word::Kind::name && !word(ahead).quoted && word(ahead).text == wanted;
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
  Result<> expect(std::string_view wanted);
  [[nodiscard]] bool reserved(std::size_t ahead = 0) const;
  Result<Program> finish(Parsed const& root);

  // Operations
  Index emit(Operation operation, Index first = 0, Index second = 0, Index third = 0) {
    program_.codes.push_back({operation, first, second, third});
    return static_cast<Index>(program_.codes.size() - 1);
  }
  Index literal(Value value);
  Index operands(std::vector<Index> const& all);
  Index name_number(std::string_view name);
  Index global(std::string_view name);

  // Operators, weakest first (parser.cpp)
  Parsed expression();
  Parsed disjunction();
  Parsed conjunction();
  Parsed comparison();
  Parsed compared(Index left);
  Parsed between(Index value);
  Parsed membership(Index value);
  Parsed instance(Index value);
  Parsed sum();
  Parsed product();
  Parsed power();
  Parsed negation();
  Index negated(Index operand);

  // Unary tests (parser_tests.cpp)
  Parsed all_tests();
  Parsed positive_tests();
  Result<std::vector<Index>> test_list(std::string_view end);
  Parsed test(bool whole);
  [[nodiscard]] bool goes_on() const;

  // What stands between operators (parser_operands.cpp)
  Parsed postfix();
  Parsed member(Index operand);
  Parsed filter(Index operand);
  Parsed primary();
  Parsed at_literal();
  Parsed bracket();
  Parsed round_bracket();
  Parsed half_range();
  Parsed list_or_range();
  Parsed range_from(Index low, bool low_open);
  [[nodiscard]] bool closes_range() const;
  Parsed list_rest(std::vector<Index> items);

  // Names and calls (parser_names.cpp)
  Parsed name();
  std::string taken_name();
  std::string taken_property();
  [[nodiscard]] std::string joined_words(std::size_t count) const;
  Parsed resolved(std::string const& name);
  Parsed call(Index callee);
  Parsed builtin_call(Index function);
  Parsed named_builtin_call(Index function, std::vector<std::pair<std::string, Index>> const& arguments);
  Result<std::vector<Index>> positional();
  Result<std::vector<std::pair<std::string, Index>>> named();
  [[nodiscard]] std::size_t argument_name() const;
  Parsed defined();

  // Forms that begin with a word of their own (parser_forms.cpp)
  Parsed choice();
  Parsed iteration();
  Parsed quantified(Operation operation);
  Result<std::vector<Index>> iterators(bool with_partial);
  Parsed source();
  Parsed function();
  Result<FunctionCode> parameters();
  Parsed external_body();
  Parsed context();
  Result<std::string> entry_name();
  Result<std::string> declared_name(std::string_view what);

  // Types (parser_types.cpp)
  Result<TypePointer> type();
  Result<TypePointer> type_with_parts(std::string const& name);
  Result<TypePointer> context_type();
  Result<TypePointer> function_type();
  [[nodiscard]] Type form_type(Index at) const;

  // Scopes
  struct Visible {
    std::string name;  // empty: the item of a filter
    Index slot;
  };
  Index declare(std::string const& name);
  Index new_slot() { return program_.slots++; }

  std::string_view text_;
  std::vector<Word> words_;
  Reading const& reading_;
  Names known_;
  std::size_t at_ = 0;
  std::uint32_t depth_ = 0;
  std::size_t parts_read_ = 0;
  std::size_t questions_ = 0;  // how often `?` was read
  bool range_end_ = false;     // in the high end of a range `[` may close the range
  std::vector<Visible> visible_;
  Program program_;
};

}  // namespace yunzhi::process

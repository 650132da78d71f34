#include "monitor/query/token_reader.hpp"

#include <algorithm>
#include <cmath>

#include "monitor/series/labels.hpp"

namespace yunzhi::monitor {

Token const& TokenReader::look(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}

bool TokenReader::is(std::string_view sign) const {
  return look().kind == TokenKind::sign && look().text == sign;
}

bool TokenReader::is_word(std::string_view word) const {
  return look().kind == TokenKind::name && lower(look().text) == word;
}

bool TokenReader::take(std::string_view sign) {
  bool const found = is(sign);
  if (found) ++at_;
  return found;
}

bool TokenReader::take_word(std::string_view word) {
  bool const found = is_word(word);
  if (found) ++at_;
  return found;
}

Refusal TokenReader::unexpected(std::string_view wanted) const {
  if (look().kind == TokenKind::end)
    return refuse(Why::invalid, place(look()), "the query ends where {} should be", wanted);
  return refuse(Why::invalid, place(look()), "unexpected \"{}\" where {} should be", look().text, wanted);
}

Result<> TokenReader::need(std::string_view sign) {
  if (take(sign)) return {};
  return unexpected("\"" + std::string(sign) + "\"");
}

Result<std::vector<std::string>> TokenReader::label_list() {
  if (auto done = need("("); !done) return done.error();
  std::vector<std::string> result;
  while (!take(")")) {
    if (look().kind == TokenKind::name && is_label_name(look().text)) {
      result.emplace_back(look().text);
    } else if (look().kind == TokenKind::text && !look().value.empty()) {
      result.push_back(look().value);
    } else {
      return unexpected("a label name");
    }
    ++at_;
    if (!take(",") && !is(")")) return unexpected("\",\" or \")\"");
  }
  return result;
}

namespace {

using Term = Duration::Term;

constexpr int duration_depth = 50;

Term joined(Term::Kind kind, Term left, Term right, std::string where) {
  Term result;
  result.kind = kind;
  result.operands.push_back(std::move(left));
  result.operands.push_back(std::move(right));
  result.place = std::move(where);
  return result;
}

bool is_constant(Term const& term) {
  if (term.kind == Term::Kind::step || term.kind == Term::Kind::range) return false;
  return std::all_of(term.operands.begin(), term.operands.end(), is_constant);
}

Result<Duration> duration_of(Term term) {
  Duration result;
  bool const constant = is_constant(term);
  bool const plain = term.operands.empty();
  result.term = std::make_shared<Term const>(std::move(term));
  if (!constant) return result;
  auto const ms = result.resolve(0, 0);
  if (!ms) return ms.error();
  result.ms = *ms;
  if (plain) result.term.reset();
  return result;
}

}  // namespace

Result<Duration> TokenReader::duration() {
  auto const where = place(look());
  auto term = sum(0);
  if (!term) return term.error();
  auto result = duration_of(std::move(*term));
  if (result && (!result->term || is_constant(*result->term)) && result->ms <= 0)
    return refuse(Why::invalid, where, "duration must be greater than 0");
  return result;
}

Result<Duration> TokenReader::offset() {
  auto term = signed_term(0);
  if (!term) return term.error();
  return duration_of(std::move(*term));
}

Result<Term> TokenReader::sum(int depth) {
  auto left = product(depth);
  while (left && (is("+") || is("-"))) {
    auto const where = place(look());
    auto const kind = is("+") ? Term::Kind::add : Term::Kind::subtract;
    skip();
    auto right = product(depth);
    if (!right) return right;
    left = joined(kind, std::move(*left), std::move(*right), where);
  }
  return left;
}

Result<Term> TokenReader::product(int depth) {
  auto left = power(depth);
  while (left && (is("*") || is("/") || is("%"))) {
    auto const where = place(look());
    auto const kind = is("*") ? Term::Kind::multiply : is("/") ? Term::Kind::divide : Term::Kind::modulo;
    skip();
    auto right = power(depth);
    if (!right) return right;
    left = joined(kind, std::move(*left), std::move(*right), where);
  }
  return left;
}

// Binds to the right, and before a sign in front of it: -2 ^ 2 is -(2 ^ 2).
Result<Term> TokenReader::power(int depth) {
  if (depth > duration_depth) return refuse(Why::invalid, place(look()), "the duration is nested too deep");
  if (is("-") || is("+")) {
    bool const minus = is("-");
    auto const where = place(look());
    skip();
    auto inner = power(depth + 1);
    if (!inner || !minus) return inner;
    return joined(Term::Kind::subtract, Term{}, std::move(*inner), where);
  }
  auto left = term(depth);
  if (!left || !is("^")) return left;
  auto const where = place(look());
  skip();
  auto right = power(depth + 1);
  if (!right) return right;
  return joined(Term::Kind::power, std::move(*left), std::move(*right), where);
}

Result<Term> TokenReader::signed_term(int depth) {
  if (depth > duration_depth) return refuse(Why::invalid, place(look()), "the duration is nested too deep");
  if (!is("-") && !is("+")) return term(depth);
  bool const minus = is("-");
  auto const where = place(look());
  skip();
  auto inner = signed_term(depth + 1);
  if (!inner || !minus) return inner;
  if (inner->kind == Term::Kind::constant) {
    inner->seconds = -inner->seconds;
    return inner;
  }
  return joined(Term::Kind::subtract, Term{}, std::move(*inner), where);
}

Result<Term> TokenReader::term(int depth) {
  if (depth > duration_depth) return refuse(Why::invalid, place(look()), "the duration is nested too deep");
  Term result;
  result.place = place(look());
  if (look().kind == TokenKind::duration || look().kind == TokenKind::number) {
    result.seconds = look().kind == TokenKind::duration ? look().number / 1000 : look().number;
    if (!(result.seconds * 1000 <= static_cast<double>(range_limit_ms)))
      return refuse(Why::invalid, result.place, "duration out of range");
    skip();
    return result;
  }
  if (take("(")) {
    auto inner = sum(depth + 1);
    if (!inner) return inner;
    if (auto done = need(")"); !done) return done.error();
    inner->parenthesised = true;
    return inner;
  }
  if (look().kind == TokenKind::name) return named_term(depth);
  return unexpected("a duration such as 5m");
}

Result<Term> TokenReader::named_term(int depth) {
  Term result;
  result.place = place(look());
  bool const least = is_word("min") || is_word("min_of");
  bool const greatest = is_word("max") || is_word("max_of");
  bool const step = is_word("step");
  if (!least && !greatest && !step && !is_word("range")) return unexpected("a duration such as 5m");
  skip();
  if (auto done = need("("); !done) return done.error();
  if (least || greatest) {
    auto left = sum(depth + 1);
    if (!left) return left;
    if (auto done = need(","); !done) return done.error();
    auto right = sum(depth + 1);
    if (!right) return right;
    result = joined(least ? Term::Kind::least : Term::Kind::greatest, std::move(*left), std::move(*right),
                    result.place);
  } else {
    result.kind = step ? Term::Kind::step : Term::Kind::range;
  }
  if (auto done = need(")"); !done) return done.error();
  return result;
}

}  // namespace yunzhi::monitor

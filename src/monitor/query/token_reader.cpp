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

Result<std::int64_t> TokenReader::duration(bool is_offset) {
  auto const where = place(look());
  bool const minus = is_offset && take("-");
  if (!minus && is_offset) take("+");
  double ms = 0;
  if (look().kind == TokenKind::duration) {
    ms = look().number;
  } else if (look().kind == TokenKind::number) {
    ms = std::round(look().number * 1000);
  } else {
    return unexpected("a duration such as 5m");
  }
  ++at_;
  if (!(ms <= static_cast<double>(range_limit_ms)))
    return refuse(Why::invalid, where, "the duration is out of range");
  if (!is_offset && ms <= 0) return refuse(Why::invalid, where, "the duration must be greater than 0");
  auto const whole = static_cast<std::int64_t>(ms);
  return minus ? -whole : whole;
}

}  // namespace yunzhi::monitor

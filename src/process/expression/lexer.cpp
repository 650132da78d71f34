#include "process/expression/lexer.hpp"

#include <charconv>
#include <optional>

#include "base/text/utf8.hpp"
#include "process/expression/unicode.hpp"

namespace yunzhi::process {
namespace {

bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '?' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Splitter {
 public:
  explicit Splitter(std::string_view expression) : source_(expression) {}

  Result<std::vector<Word>> split() {
    while (true) {
      skip();
      if (at_ >= source_.size()) break;
      if (auto taken = next(); !taken) return taken.error();
    }
    add(Word::Kind::end, "", at_);
    return std::move(words_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::string_view rest() const { return source_.substr(at_); }

  void add(Word::Kind kind, std::string text, std::size_t at, bool quoted = false) {
    words_.push_back({kind, std::move(text), static_cast<std::uint32_t>(at), quoted});
  }

  void skip() {
    while (at_ < source_.size()) {
      if (auto const space = leading_space(rest()); space != 0) {
        at_ += space;
      } else if (rest().starts_with("//")) {
        at_ = std::min(source_.find('\n', at_), source_.size());
      } else if (rest().starts_with("/*")) {
        auto const end = source_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? source_.size() : end + 2;
      } else {
        return;
      }
    }
  }

  Result<> next() {
    char const c = peek();
    if (digit(c) || (c == '.' && digit(peek(1)))) return number();
    if (c == '"') return text();
    if (c == '`') return quoted_name();
    if (name_start(c)) return name();
    return symbol();
  }

  Result<> number() {
    auto const start = at_;
    while (digit(peek())) ++at_;
    if (peek() == '.' && digit(peek(1))) {
      ++at_;
      while (digit(peek())) ++at_;
    }
    auto const exponent = (peek(1) == '-' || peek(1) == '+') ? 2U : 1U;
    if ((peek() == 'e' || peek() == 'E') && digit(peek(exponent))) {
      at_ += exponent;
      while (digit(peek())) ++at_;
    }
    add(Word::Kind::number, std::string(source_.substr(start, at_ - start)), start);
    return {};
  }

  Result<> text() {
    auto const start = at_++;
    std::string content;
    while (at_ < source_.size() && peek() != '"') {
      if (peek() == '\\') {
        escape(content);
      } else {
        content += source_[at_++];
      }
    }
    if (at_ >= source_.size())
      return refuse_at(source_, start, "the text that begins here has no closing quote");
    ++at_;
    add(Word::Kind::text, std::move(content), start);
    return {};
  }

  // What is no escape of FEEL stands for itself, so that patterns as "\d+" need no doubled backslash.
  void escape(std::string& content) {
    constexpr std::string_view names = "ntr\"'\\";
    constexpr std::string_view meanings = "\n\t\r\"'\\";
    char const c = peek(1);
    if (auto const found = names.find(c); c != '\0' && found != names.npos) {
      content += meanings[found];
      at_ += 2;
      return;
    }
    if (c == 'u' || c == 'U') {
      auto const length = c == 'u' ? 4U : 6U;
      if (auto const code_point = hexadecimal(at_ + 2, length)) {
        at_ += 2 + length;
        append_utf8(content, c == 'u' ? with_low_surrogate(*code_point) : *code_point);
        return;
      }
    }
    content += source_[at_++];
  }

  // Two escapes of four digits make one character beyond U+FFFF.
  std::uint32_t with_low_surrogate(std::uint32_t high) {
    if (high < 0xD800U || high >= 0xDC00U || peek() != '\\' || peek(1) != 'u') return high;
    auto const low = hexadecimal(at_ + 2, 4);
    if (!low || *low < 0xDC00U || *low >= 0xE000U) return high;
    at_ += 6;
    return 0x10000U + ((high - 0xD800U) << 10U) + (*low - 0xDC00U);
  }

  [[nodiscard]] std::optional<std::uint32_t> hexadecimal(std::size_t at, std::size_t length) const {
    if (at + length > source_.size()) return std::nullopt;
    std::uint32_t value = 0;
    auto const digits = source_.substr(at, length);
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + length, value, 16);
    if (error != std::errc{} || end != digits.data() + length) return std::nullopt;
    return value;
  }

  Result<> quoted_name() {
    auto const start = at_;
    auto const end = source_.find('`', start + 1);
    if (end == std::string_view::npos || end == start + 1)
      return refuse_at(source_, start, "the name that begins here has no closing backtick");
    add(Word::Kind::name, std::string(source_.substr(start + 1, end - start - 1)), start, true);
    at_ = end + 1;
    return {};
  }

  Result<> name() {
    auto const start = at_;
    while ((name_start(peek()) || digit(peek())) && leading_space(rest()) == 0)
      at_ += first_character(rest());
    add(Word::Kind::name, std::string(source_.substr(start, at_ - start)), start);
    return {};
  }

  Result<> symbol() {
    for (std::string_view const two : {"<=", ">=", "!=", "**", "..", "->"})
      if (rest().starts_with(two)) {
        add(Word::Kind::symbol, std::string(two), at_);
        at_ += 2;
        return {};
      }
    if (std::string_view("+-*/=<>()[]{},.@:'").find(peek()) == std::string_view::npos)
      return refuse_at(source_, at_, "'{}' has no meaning in an expression", std::string(1, peek()));
    add(Word::Kind::symbol, std::string(1, peek()), at_);
    ++at_;
    return {};
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::vector<Word> words_;
};

}  // namespace

Result<std::vector<Word>> split(std::string_view expression) {
  if (!valid_utf8(expression)) return refuse(Why::invalid, "", "the text is not valid UTF-8");
  return Splitter(expression).split();
}

}  // namespace yunzhi::process

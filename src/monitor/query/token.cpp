#include "monitor/query/token.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace yunzhi::monitor {
namespace {

constexpr std::size_t query_bytes = 64 << 10;
constexpr std::size_t query_tokens = 20'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
}

void put_code_point(std::string& out, unsigned long point) {
  auto put = [&out](unsigned long byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (point < 0x80) return put(point);
  if (point < 0x800) {
    put(0xc0 | (point >> 6));
  } else {
    if (point < 0x10000) {
      put(0xe0 | (point >> 12));
    } else {
      put(0xf0 | (point >> 18));
      put(0x80 | ((point >> 12) & 0x3f));
    }
    put(0x80 | ((point >> 6) & 0x3f));
  }
  put(0x80 | (point & 0x3f));
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> run() {
    if (text_.size() > query_bytes)
      return refuse(Why::too_large, "1:1", "the query is longer than {} bytes", query_bytes);
    for (skip_blanks(); at_ < text_.size(); skip_blanks()) {
      if (tokens_.size() >= query_tokens)
        return refuse(Why::too_large, here(), "the query has more than {} words", query_tokens);
      if (auto done = next(); !done) return done.error();
    }
    begin_ = at_;
    add(TokenKind::end);
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char look(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::string here() const { return place_of(text_, at_); }

  void skip_blanks() {
    while (at_ < text_.size()) {
      if (look() == '#') {
        while (at_ < text_.size() && look() != '\n') ++at_;
      } else if (look() == ' ' || look() == '\t' || look() == '\n' || look() == '\r') {
        ++at_;
      } else {
        return;
      }
    }
  }

  Token& add(TokenKind kind) {
    auto& token = tokens_.emplace_back();
    token.kind = kind;
    token.offset = begin_;
    token.text = text_.substr(begin_, at_ - begin_);
    return token;
  }

  Result<> next() {
    begin_ = at_;
    char const c = look();
    if (is_digit(c) || (c == '.' && is_digit(look(1)))) return number();
    if (c == '"' || c == '\'' || c == '`') return text();
    if (begins_name(c) && !(c == ':' && brackets_ > 0)) return name();
    return sign();
  }

  Result<> name() {
    while (begins_name(look()) || is_digit(look())) {
      if (look() == ':' && brackets_ > 0) break;
      ++at_;
    }
    auto const word = lower(text_.substr(begin_, at_ - begin_));
    auto& token = add(TokenKind::name);
    token.number =
        word == "inf" ? std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
    return {};
  }

  Result<> number() {
    if (look() == '0' && (look(1) == 'x' || look(1) == 'X')) return hexadecimal();
    while (is_digit(look())) ++at_;
    if (std::string_view("smhdwy").find(look()) != std::string_view::npos && look() != '\0')
      return duration();
    if (look() == '.') {
      ++at_;
      while (is_digit(look())) ++at_;
    }
    if (look() == 'e' || look() == 'E') {
      auto const mark = at_++;
      if (look() == '+' || look() == '-') ++at_;
      if (!is_digit(look())) at_ = mark;
      while (is_digit(look())) ++at_;
    }
    if (begins_name(look()) && look() != ':')
      return refuse(Why::invalid, place_of(text_, begin_), "malformed number");
    auto& token = add(TokenKind::number);
    auto const parsed =
        std::from_chars(token.text.data(), token.text.data() + token.text.size(), token.number);
    if (parsed.ec == std::errc::result_out_of_range) token.number = std::numeric_limits<double>::infinity();
    return {};
  }

  Result<> hexadecimal() {
    at_ += 2;
    while (is_hex(look())) ++at_;
    auto& token = add(TokenKind::number);
    std::uint64_t value = 0;
    auto const* end = token.text.data() + token.text.size();
    auto const parsed = std::from_chars(token.text.data() + 2, end, value, 16);
    if (parsed.ec != std::errc() || parsed.ptr != end)
      return refuse(Why::invalid, place_of(text_, begin_), "malformed number");
    token.number = static_cast<double>(value);
    return {};
  }

  Result<> duration() {
    while (is_digit(look()) || (look() >= 'a' && look() <= 'z')) ++at_;
    auto& token = add(TokenKind::duration);
    auto const parsed = parse_promql_duration(token.text);
    if (!parsed)
      return refuse(Why::invalid, place_of(text_, begin_),
                    "malformed duration; write for instance 5m or 1h30m");
    token.number = static_cast<double>(*parsed);
    return {};
  }

  Result<> text() {
    char const quote = look();
    std::string value;
    for (++at_; look() != quote; ++at_) {
      if (at_ >= text_.size() || (look() == '\n' && quote != '`')) {
        return refuse(Why::invalid, place_of(text_, begin_), "the text has no closing quote");
      }
      if (look() == '\\' && quote != '`') {
        ++at_;
        if (!escape(value)) return refuse(Why::invalid, here(), "unknown escape in a text");
      } else {
        value += look();
      }
    }
    ++at_;
    add(TokenKind::text).value = std::move(value);
    return {};
  }

  // At the character after the backslash; leaves at the last one of the escape.
  bool escape(std::string& value) {
    constexpr std::string_view plain = "abfnrtv\\'\"";
    constexpr std::string_view meaning = "\a\b\f\n\r\t\v\\'\"";
    auto const found = plain.find(look());
    if (look() != '\0' && found != plain.npos) {
      value += meaning[found];
      return true;
    }
    std::size_t const digits = look() == 'x'      ? 2
                               : look() == 'u'    ? 4
                               : look() == 'U'    ? 8
                               : is_digit(look()) ? 3
                                                  : 0;
    int const base = digits == 3 ? 8 : 16;
    std::size_t const skip = digits == 3 ? 0 : 1;
    if (digits == 0 || at_ + skip + digits > text_.size()) return false;
    auto const* begin = text_.data() + at_ + skip;
    unsigned long point = 0;
    auto const parsed = std::from_chars(begin, begin + digits, point, base);
    if (parsed.ec != std::errc() || parsed.ptr != begin + digits || point > 0x10ffff) return false;
    if (digits <= 3) {
      value += static_cast<char>(static_cast<unsigned char>(point));
    } else {
      put_code_point(value, point);
    }
    at_ += skip + digits - 1;
    return true;
  }

  Result<> sign() {
    constexpr std::string_view doubles[] = {"==", "!=", ">=", "<=", "=~", "!~"};
    auto const two = text_.substr(at_, 2);
    if (std::find(std::begin(doubles), std::end(doubles), two) != std::end(doubles)) {
      at_ += 2;
    } else if (std::string_view("+-*/%^(){}[],=<>@:").find(look()) != std::string_view::npos &&
               look() != '\0') {
      brackets_ += look() == '[' ? 1 : look() == ']' ? -1 : 0;
      ++at_;
    } else {
      return refuse(Why::invalid, here(), "unexpected character");
    }
    add(TokenKind::sign);
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  int brackets_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return result;
}

std::string place_of(std::string_view text, std::size_t offset) {
  auto const before = text.substr(0, offset);
  auto const line = 1 + std::count(before.begin(), before.end(), '\n');
  auto const newline = before.rfind('\n');
  auto const column = offset - (newline == before.npos ? 0 : newline + 1) + 1;
  return std::to_string(line) + ":" + std::to_string(column);
}

Result<std::vector<Token>> tokens_of(std::string_view query) {
  return Lexer(query).run();
}

Result<std::int64_t> parse_promql_duration(std::string_view text) {
  struct Unit {
    std::string_view name;
    std::int64_t ms;
  };
  constexpr Unit units[] = {{"y", 31'536'000'000}, {"w", 604'800'000}, {"d", 86'400'000}, {"h", 3'600'000},
                            {"m", 60'000},         {"s", 1000},        {"ms", 1}};
  auto const wrong = refuse(Why::invalid, "", "malformed duration; write for instance 5m or 1h30m");
  if (text == "0") return 0;
  std::int64_t total = 0;
  auto const* unit = std::begin(units);
  while (!text.empty()) {
    std::int64_t count = 0;
    auto const parsed = std::from_chars(text.data(), text.data() + text.size(), count);
    if (parsed.ec != std::errc() || count < 0 || count > 1'000'000'000'000) return wrong;
    text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
    auto const letters = std::min(text.size(), text.find_first_of("0123456789"));
    unit = std::find_if(unit, std::end(units),
                        [&](Unit const& each) { return each.name == text.substr(0, letters); });
    if (unit == std::end(units)) return wrong;
    if (count > (INT64_MAX / 4 - total) / unit->ms) return wrong;
    total += count * unit->ms;
    text.remove_prefix(letters);
    ++unit;
  }
  return unit != std::begin(units) ? Result<std::int64_t>(total) : Result<std::int64_t>(wrong);
}

}  // namespace yunzhi::monitor

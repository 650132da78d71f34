#include "process/model/juel.hpp"

#include <array>
#include <optional>
#include <vector>

#include "base/limits.hpp"

namespace yunzhi::process {
namespace {

constexpr std::size_t most_nesting = 40;

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool digit(char c) {
  return c >= '0' && c <= '9';
}

/// Recursive descent over the operators JUEL, Python and JavaScript share; each level gives FEEL text.
class Translator {
 public:
  explicit Translator(std::string_view text) : text_(text) {}

  Result<std::string> whole() {
    auto told = choice();
    blanks();
    if (failed_.empty() && at_ != text_.size()) fail(text_.substr(at_));
    if (!failed_.empty())
      return refuse(Why::invalid, "", "'{}' cannot be told in FEEL because of '{}'", text_, failed_);
    return told;
  }

 private:
  void fail(std::string_view part) {
    if (failed_.empty()) failed_ = part.empty() ? "its end" : std::string(part);
    at_ = text_.size();
  }
  void blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }
  bool sign(std::string_view wanted) {
    blanks();
    if (!text_.substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }
  bool word(std::string_view wanted) {
    blanks();
    auto const rest = text_.substr(at_);
    if (!rest.starts_with(wanted)) return false;
    if (rest.size() > wanted.size() && (letter(rest[wanted.size()]) || digit(rest[wanted.size()])))
      return false;
    at_ += wanted.size();
    return true;
  }

  std::string choice() {
    if (++nesting_ > most_nesting) {
      fail("its nesting");
      return {};
    }
    auto first = disjunction();
    if (sign("?")) {
      auto const yes = choice();
      if (!sign(":")) fail("?");
      first = "(if " + first + " then " + yes + " else " + choice() + ")";
    }
    --nesting_;
    return first;
  }

  std::string disjunction() {
    auto left = conjunction();
    while (sign("||") || word("or")) left = "(" + left + " or " + conjunction() + ")";
    return left;
  }

  std::string conjunction() {
    auto left = equality();
    while (sign("&&") || word("and")) left = "(" + left + " and " + equality() + ")";
    return left;
  }

  std::string equality() {
    auto left = relation();
    while (true) {
      if (sign("===") || sign("==") || word("eq"))
        left = "(" + left + " = " + relation() + ")";
      else if (sign("!==") || sign("!=") || word("ne"))
        left = "(" + left + " != " + relation() + ")";
      else
        return left;
    }
  }

  std::string relation() {
    auto left = sum();
    while (true) {
      if (sign("<=") || word("le"))
        left = "(" + left + " <= " + sum() + ")";
      else if (sign(">=") || word("ge"))
        left = "(" + left + " >= " + sum() + ")";
      else if (sign("<") || word("lt"))
        left = "(" + left + " < " + sum() + ")";
      else if (sign(">") || word("gt"))
        left = "(" + left + " > " + sum() + ")";
      else
        return left;
    }
  }

  std::string sum() {
    auto left = product();
    while (true) {
      if (sign("+"))
        left = "(" + left + " + " + product() + ")";
      else if (sign("-"))
        left = "(" + left + " - " + product() + ")";
      else
        return left;
    }
  }

  std::string product() {
    auto left = prefixed();
    while (true) {
      if (sign("*"))
        left = "(" + left + " * " + prefixed() + ")";
      else if (sign("/") || word("div"))
        left = "(" + left + " / " + prefixed() + ")";
      else if (sign("%") || word("mod"))
        left = "modulo(" + left + ", " + prefixed() + ")";
      else
        return left;
    }
  }

  std::string prefixed() {
    if (++nesting_ > most_nesting) {
      fail("its nesting");
      return {};
    }
    std::string told;
    blanks();
    if (!text_.substr(at_).starts_with("!=") && (sign("!") || word("not")))
      told = "not(" + prefixed() + ")";
    else if (sign("-"))
      told = "-" + prefixed();
    else if (word("empty")) {
      auto const tested = prefixed();
      told = "(" + tested + " = null or string(" + tested + ") = \"\" or string(" + tested + ") = \"[]\")";
    } else
      told = primary();
    --nesting_;
    return told;
  }

  std::string primary() {
    blanks();
    if (at_ >= text_.size()) {
      fail("");
      return {};
    }
    char const c = text_[at_];
    if (c == '(') {
      ++at_;
      auto inside = choice();
      if (!sign(")")) fail("(");
      return "(" + inside + ")";
    }
    if (c == '"' || c == '\'') return feel_literal(quoted());
    if (digit(c)) return number();
    if (letter(c)) return path();
    fail(text_.substr(at_, 1));
    return {};
  }

  std::string quoted() {
    char const end = text_[at_++];
    std::string content;
    while (at_ < text_.size() && text_[at_] != end) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      content += text_[at_++];
    }
    if (at_ >= text_.size()) fail("an open quote");
    ++at_;
    at_ = std::min(at_, text_.size());
    return content;
  }

  std::string number() {
    auto const begin = at_;
    while (at_ < text_.size() &&
           (digit(text_[at_]) || (text_[at_] == '.' && at_ + 1 < text_.size() && digit(text_[at_ + 1]))))
      ++at_;
    std::string told(text_.substr(begin, at_ - begin));
    if (at_ < text_.size() && (text_[at_] == 'L' || text_[at_] == 'd' || text_[at_] == 'f')) ++at_;
    return told;
  }

  std::string name() {
    auto const begin = at_;
    while (at_ < text_.size() && (letter(text_[at_]) || digit(text_[at_]))) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string path() {
    auto first = name();
    if (first == "true" || first == "True") return "true";
    if (first == "false" || first == "False") return "false";
    if (first == "null" || first == "None" || first == "undefined") return "null";
    std::string told = first;
    bool host = first == "execution" || first == "environment" || first == "variables" || first == "vars" ||
                first == "this" || first == "process";
    while (failed_.empty() && at_ < text_.size()) {
      if (text_[at_] == '.' && at_ + 1 < text_.size() && letter(text_[at_ + 1])) {
        ++at_;
        auto const member = name();
        if (at_ < text_.size() && text_[at_] == '(')
          told = call(told, member, host);
        else if (host && (member == "variables" || member == "environment" || member == "output" ||
                          member == "services"))
          continue;
        else
          told = host ? member : told + "." + member;
        host = false;
      } else if (text_[at_] == '[') {
        ++at_;
        told = item(told);
      } else if (text_[at_] == '(') {
        fail(first + "(");
      } else {
        break;
      }
    }
    return told;
  }

  // JUEL counts from 0, FEEL from 1.
  std::string item(std::string const& of) {
    blanks();
    std::string told;
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      told = of + "." + quoted();
    } else {
      told = of + "[" + choice() + " + 1]";
    }
    if (!sign("]")) fail("[");
    return told;
  }

  std::string call(std::string const& of, std::string const& method, bool host) {
    ++at_;
    std::vector<std::string> arguments;
    blanks();
    bool const text_first = at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'');
    while (failed_.empty() && !sign(")")) {
      if (!arguments.empty() && !sign(",")) fail(method);
      arguments.push_back(choice());
    }
    auto const one = arguments.size() == 1;
    if (host && one && text_first &&
        (method == "getVariable" || method == "get" || method == "getVariableLocal"))
      return arguments[0].substr(1, arguments[0].size() - 2);
    if (host && one && text_first && method == "hasVariable")
      return "(" + arguments[0].substr(1, arguments[0].size() - 2) + " != null)";
    if (arguments.empty() && (method == "size" || method == "length")) return "count(" + of + ")";
    if (arguments.empty() && method == "isEmpty") return "(count(" + of + ") = 0)";
    if (one && (method == "equals" || method == "equalsIgnoreCase"))
      return "(" + of + " = " + arguments[0] + ")";
    if (one && method == "startsWith") return "starts with(" + of + ", " + arguments[0] + ")";
    if (one && method == "endsWith") return "ends with(" + of + ", " + arguments[0] + ")";
    if (one && method == "contains") return "list contains(" + of + ", " + arguments[0] + ")";
    if (one && method == "get") return of + "[" + arguments[0] + " + 1]";
    if (arguments.empty() && (method == "booleanValue" || method == "intValue" || method == "toString" ||
                              method == "stringValue" || method == "numberValue"))
      return of;
    fail(of + "." + method + "(");
    return {};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t nesting_ = 0;
  std::string failed_;
};

// Where the `}` of an opened part is, quotes skipped; npos when there is none.
std::size_t closing(std::string_view text, std::size_t from) {
  char quote = 0;
  std::size_t open = 0;
  for (auto i = from; i < text.size(); ++i) {
    char const c = text[i];
    if (quote != 0) {
      if (c == '\\') ++i;
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{') {
      ++open;
    } else if (c == '}' && open-- == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

// What a script hands back: `next(null, a == 1);` and `return a == 1;` are both `a == 1`.
std::string_view bare(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n;";
  constexpr std::string_view answer = "next(null,";
  constexpr std::string_view gives = "return ";
  auto const trim = [&] {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    text = text.substr(0, text.find_last_not_of(blanks) + 1);
  };
  trim();
  if (text.starts_with(gives)) text.remove_prefix(gives.size());
  if (text.starts_with(answer) && text.ends_with(')'))
    text = text.substr(answer.size(), text.size() - answer.size() - 1);
  trim();
  return text;
}

std::size_t opening(std::string_view text, std::size_t from) {
  return std::min(text.find("${", from), text.find("#{", from));
}

}  // namespace

bool has_juel(std::string_view text) {
  return opening(text, 0) != std::string_view::npos;
}

std::string feel_literal(std::string_view text) {
  std::string literal = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') literal += '\\';
    if (c == '\n') {
      literal += "\\n";
    } else {
      literal += c;
    }
  }
  return literal + '"';
}

Result<std::string> comparison_to_feel(std::string_view text) {
  if (text.size() > limits::expression_bytes)
    return refuse(Why::invalid, "", "an expression may have at most {} bytes", limits::expression_bytes);
  return Translator(bare(text)).whole();
}

Result<std::string> juel_to_feel(std::string_view text) {
  std::vector<std::string> parts;
  std::size_t at = 0;
  bool texts = false;
  while (at < text.size()) {
    auto const begin = opening(text, at);
    auto const plain = text.substr(at, begin == std::string_view::npos ? begin : begin - at);
    if (plain.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      parts.push_back(feel_literal(plain));
      texts = true;
    }
    if (begin == std::string_view::npos) break;
    auto const end = closing(text, begin + 2);
    if (end == std::string_view::npos) return refuse(Why::invalid, "", "'{}' lacks a closing brace", text);
    auto told = comparison_to_feel(text.substr(begin + 2, end - begin - 2));
    if (!told) return told;
    parts.push_back(std::move(*told));
    at = end + 1;
  }
  if (parts.size() == 1) return parts.front();
  std::string all;
  for (auto const& part : parts) {
    if (!all.empty()) all += " + ";
    all += part.starts_with('"') && texts ? part : "string(" + part + ")";
  }
  return all.empty() ? std::string("null") : all;
}

}  // namespace yunzhi::process

#include "monitor/alert/template.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/instant.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

using Term = Template::Term;
using Datum = Template::Datum;

constexpr std::size_t nesting_limit = 20;

double number_of(Datum const& datum) {
  if (auto const* number = std::get_if<double>(&datum)) return *number;
  double value = 0;
  return parse_number(std::get<std::string>(datum), value) ? value : std::nan("");
}

// As Go prints a float64.
std::string text_of(Datum const& datum) {
  if (auto const* text = std::get_if<std::string>(&datum)) return *text;
  double const value = std::get<double>(datum);
  if (!std::isfinite(value)) return format_number(value);
  double const size = std::fabs(value);
  bool const exponent = size != 0 && (size < 1e-4 || size >= 1e21);
  std::array<char, 64> buffer{};
  auto const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 exponent ? std::chars_format::scientific : std::chars_format::fixed);
  return {buffer.data(), end.ptr};
}

std::string scaled(double value, double base, std::initializer_list<std::string_view> prefixes) {
  std::string_view prefix;
  for (auto const each : prefixes) {
    if (std::fabs(value) < base) break;
    prefix = each;
    value /= base;
  }
  return fmt::format("{:.4g}{}", value, prefix);
}

std::string shrunk(double value) {
  std::string_view prefix;
  for (auto const* each : {"m", "u", "n", "p", "f", "a", "z", "y"}) {
    if (std::fabs(value) >= 1) break;
    prefix = each;
    value *= 1000;
  }
  return fmt::format("{:.4g}{}", value, prefix);
}

std::string humanize_1024(double value) {
  if (std::fabs(value) <= 1 || !std::isfinite(value)) return fmt::format("{:.4g}", value);
  return scaled(value, 1024, {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"});
}

std::string humanize_timestamp(double seconds) {
  if (!(seconds >= 0 && seconds < 2.5e11)) return fmt::format("{:.4g}", seconds);
  auto text = format_instant(from_ms(static_cast<std::int64_t>(seconds * 1000)));
  return fmt::format("{} {} UTC", text.substr(0, 10), text.substr(11, 8));
}

std::string changed_case(std::string text, char first, char last, int distance) {
  for (char& c : text) {
    if (c >= first && c <= last) c = static_cast<char>(c + distance);
  }
  return text;
}

std::string titled(std::string text) {
  bool begins = true;
  for (char& c : text) {
    if (begins && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    begins = c == ' ';
  }
  return text;
}

std::string without_port(std::string const& text) {
  auto const colon = text.rfind(':');
  return colon == text.npos || text.find(':') != colon ? text : text.substr(0, colon);
}

std::string replaced(std::string const& pattern, std::string const& with, std::string text) {
  RE2::Options options;
  options.set_log_errors(false);
  RE2 const compiled(pattern, options);
  if (!compiled.ok()) return text;
  auto rewrite = with;
  std::replace(rewrite.begin(), rewrite.end(), '$', '\\');
  RE2::GlobalReplace(&text, compiled, rewrite);
  return text;
}

// One verb of printf: %d %s %v %q %f %e %g with width and precision.
std::string printed(std::string const& flags, char verb, Datum const& datum) {
  if (verb == 's' || verb == 'v') return text_of(datum);
  if (verb == 'q') return quoted(text_of(datum));
  double const number = number_of(datum);
  if (verb == 'd') return fmt::format("{:.0f}", std::trunc(number));
  try {
    return fmt::format(fmt::runtime("{:" + flags + verb + "}"), number);
  } catch (fmt::format_error const&) {
    return text_of(datum);
  }
}

std::string printed(std::vector<Datum> const& arguments) {
  std::string result;
  std::size_t next = 1;
  auto const pattern = text_of(arguments[0]);
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '%') {
      result += pattern[at];
      continue;
    }
    auto const verb = std::min(pattern.find_first_not_of("+- #0123456789.", at + 1), pattern.size() - 1);
    auto const flags = pattern.substr(at + 1, verb - at - 1);
    at = verb;
    if (pattern[verb] == '%') {
      result += '%';
    } else if (next < arguments.size() && flags.size() < 6) {
      result += printed(flags, pattern[verb], arguments[next++]);
    }
  }
  return result;
}

struct TemplateFunction {
  std::string_view name;
  std::size_t least;
  std::size_t most;
  Datum (*run)(std::vector<Datum> const&);
};

constexpr TemplateFunction functions[] = {
    {"humanize", 1, 1, [](auto const& a) -> Datum { return humanize(number_of(a[0])); }},
    {"humanize1024", 1, 1, [](auto const& a) -> Datum { return humanize_1024(number_of(a[0])); }},
    {"humanizePercentage", 1, 1,
     [](auto const& a) -> Datum { return fmt::format("{:.4g}%", number_of(a[0]) * 100); }},
    {"humanizeDuration", 1, 1, [](auto const& a) -> Datum { return humanize_duration(number_of(a[0])); }},
    {"humanizeTimestamp", 1, 1, [](auto const& a) -> Datum { return humanize_timestamp(number_of(a[0])); }},
    {"printf", 1, 20, [](auto const& a) -> Datum { return printed(a); }},
    {"toUpper", 1, 1, [](auto const& a) -> Datum { return changed_case(text_of(a[0]), 'a', 'z', -32); }},
    {"toLower", 1, 1, [](auto const& a) -> Datum { return changed_case(text_of(a[0]), 'A', 'Z', 32); }},
    {"title", 1, 1, [](auto const& a) -> Datum { return titled(text_of(a[0])); }},
    {"stripPort", 1, 1, [](auto const& a) -> Datum { return without_port(text_of(a[0])); }},
    {"reReplaceAll", 3, 3,
     [](auto const& a) -> Datum { return replaced(text_of(a[0]), text_of(a[1]), text_of(a[2])); }},
};

TemplateFunction const* function_of(std::string_view name) {
  auto const* found = std::find_if(std::begin(functions), std::end(functions),
                                   [&](auto const& each) { return each.name == name; });
  return found == std::end(functions) ? nullptr : found;
}

Datum value_of(Term const& term, TemplateScope const& scope) {
  if (term.kind == Term::Kind::constant) return term.constant;
  if (term.kind == Term::Kind::value) return scope.value;
  if (term.kind == Term::Kind::label) return std::string(scope.labels.get(term.name));
  std::vector<Datum> arguments;
  for (auto const& argument : term.arguments) arguments.push_back(value_of(argument, scope));
  return function_of(term.name)->run(arguments);
}

// term { "|" function term* }; a term is $value, $labels.name, a constant, a function with terms, or ( ).
class ActionParser {
 public:
  explicit ActionParser(std::string_view text) : rest_(text) {}

  Result<Term> run() {
    auto term = pipeline();
    if (!term) return term;
    skip_blanks();
    if (!rest_.empty()) return refuse(Why::invalid, "", "a template has text it cannot read: {}", rest_);
    return term;
  }

 private:
  void skip_blanks() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\n"), rest_.size())); }
  bool take(std::string_view text) {
    bool const found = rest_.starts_with(text);
    if (found) rest_.remove_prefix(text.size());
    return found;
  }
  std::string_view take_word() {
    auto const length = std::min(rest_.find_first_of(" \t\n|()\""), rest_.size());
    auto const word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return word;
  }

  Result<Term> pipeline() {
    if (++nesting_ > nesting_limit)
      return refuse(Why::invalid, "", "a template is nested deeper than {}", nesting_limit);
    auto term = command();
    for (skip_blanks(); term && take("|"); skip_blanks()) {
      auto next = command();
      if (!next) return next;
      if (next->kind != Term::Kind::call)
        return refuse(Why::invalid, "", "a function stands after | in a template");
      next->arguments.push_back(std::move(*term));
      if (auto done = check(*next); !done) return done.error();
      term = std::move(next);
    }
    if (term && term->kind == Term::Kind::call) {
      if (auto done = check(*term); !done) return done.error();
    }
    --nesting_;
    return term;
  }

  static Result<> check(Term const& call) {
    auto const* function = function_of(call.name);
    if (call.arguments.size() >= function->least && call.arguments.size() <= function->most) return {};
    return refuse(Why::invalid, "", "the template function {} takes {} arguments, not {}", call.name,
                  function->least, call.arguments.size());
  }

  Result<Term> command() {
    auto term = single();
    if (!term || term->kind != Term::Kind::call || closed_) {
      closed_ = false;
      return term;
    }
    for (skip_blanks(); !rest_.empty() && rest_.front() != '|' && rest_.front() != ')'; skip_blanks()) {
      auto argument = single();
      if (!argument) return argument;
      closed_ = false;
      term->arguments.push_back(std::move(*argument));
    }
    return term;
  }

  Result<Term> single() {
    skip_blanks();
    Term term;
    if (take("(")) {
      auto inner = pipeline();
      skip_blanks();
      if (inner && !take(")")) return refuse(Why::invalid, "", "a template has an open parenthesis");
      closed_ = true;
      return inner;
    }
    if (!rest_.empty() && rest_.front() == '"') return text_constant();
    auto const word = take_word();
    for (std::string_view const prefix : {"$labels.", ".Labels."}) {
      if (!word.starts_with(prefix)) continue;
      term.kind = Term::Kind::label;
      term.name = word.substr(prefix.size());
      if (!is_label_name(term.name)) return refuse(Why::invalid, "", "\"{}\" is no label name", term.name);
      return term;
    }
    if (word == "$value" || word == ".Value") {
      term.kind = Term::Kind::value;
      return term;
    }
    double number = 0;
    if (parse_number(word, number)) {
      term.constant = number;
      return term;
    }
    if (function_of(word) == nullptr)
      return refuse(
          Why::invalid, "",
          "a template knows no \"{}\"; it knows $labels.name, $value, and functions such as humanize", word);
    term.kind = Term::Kind::call;
    term.name = word;
    return term;
  }

  Result<Term> text_constant() {
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
    if (end >= rest_.size()) return refuse(Why::invalid, "", "a text in a template has no closing quote");
    auto tokens = tokens_of(rest_.substr(0, end + 1));
    if (!tokens) return refuse(Why::invalid, "", "a text in a template has an unknown escape");
    rest_.remove_prefix(end + 1);
    Term term;
    term.constant = tokens->front().value;
    return term;
  }

  std::string_view rest_;
  std::size_t nesting_ = 0;
  bool closed_ = false;  ///< the last term came out of parentheses and takes no arguments
};

std::string_view trimmed_right(std::string_view text) {
  auto const last = text.find_last_not_of(" \t\n");
  return last == text.npos ? std::string_view() : text.substr(0, last + 1);
}

}  // namespace

std::string humanize(double value) {
  if (value == 0 || !std::isfinite(value)) return fmt::format("{:.4g}", value);
  if (std::fabs(value) < 1) return shrunk(value);
  return scaled(value, 1000, {"k", "M", "G", "T", "P", "E", "Z", "Y"});
}

std::string humanize_duration(double seconds) {
  if (!std::isfinite(seconds)) return fmt::format("{:.4g}", seconds);
  double const size = std::fabs(seconds);
  if (size == 0) return "0s";
  if (size < 1) return shrunk(seconds) + "s";
  auto const whole = static_cast<std::int64_t>(std::fmin(size, 9e15));
  std::string const sign = seconds < 0 ? "-" : "";
  if (whole < 60) return fmt::format("{}{:.4g}s", sign, size);
  auto result = sign;
  if (whole >= 86'400) result += fmt::format("{}d ", whole / 86'400);
  if (whole >= 3600) result += fmt::format("{}h ", whole / 3600 % 24);
  return result + fmt::format("{}m {}s", whole / 60 % 60, whole % 60);
}

Result<Template> Template::make(std::string_view text) {
  Template result;
  result.text_ = text;
  bool trim_next = false;
  while (!text.empty()) {
    auto const open = text.find("{{");
    auto literal = text.substr(0, open);
    if (trim_next) literal.remove_prefix(std::min(literal.find_first_not_of(" \t\n"), literal.size()));
    trim_next = false;
    if (open == text.npos) {
      result.parts_.emplace_back(std::string(literal));
      break;
    }
    auto const close = text.find("}}", open);
    if (close == text.npos) return refuse(Why::invalid, "", "a template has {{ without }}");
    auto action = text.substr(open + 2, close - open - 2);
    if (action.starts_with("- ")) {
      action.remove_prefix(1);
      literal = trimmed_right(literal);
    }
    if (action.ends_with(" -")) {
      action.remove_suffix(1);
      trim_next = true;
    }
    if (!literal.empty()) result.parts_.emplace_back(std::string(literal));
    auto term = ActionParser(action).run();
    if (!term) return term.error();
    result.parts_.emplace_back(std::move(*term));
    text.remove_prefix(close + 2);
  }
  return result;
}

std::string Template::fill(TemplateScope const& scope) const {
  std::string result;
  for (auto const& part : parts_) {
    if (auto const* literal = std::get_if<std::string>(&part)) {
      result += *literal;
    } else {
      result += text_of(value_of(std::get<Term>(part), scope));
    }
  }
  return result;
}

}  // namespace yunzhi::monitor

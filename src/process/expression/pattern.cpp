#include "process/expression/pattern.hpp"

#include <memory>

#include <re2/re2.h>

#include "process/expression/pattern_text.hpp"
#include "process/expression/unicode.hpp"

namespace yunzhi::process {
namespace {

constexpr std::int64_t program_bytes = 1 << 20;
constexpr std::size_t compile_work = 1'000;  // steps that reading a pattern counts for

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

std::unique_ptr<re2::RE2> compiled(std::string_view pattern, std::string_view flags, Evaluation& evaluation) {
  if (flags.find_first_not_of("smixq") != flags.npos) return nullptr;
  if (!evaluation.budget().work(compile_work + pattern.size())) return nullptr;
  auto const flag = [flags](char c) { return flags.find(c) != flags.npos; };
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(program_bytes);
  options.set_case_sensitive(!flag('i'));
  options.set_dot_nl(flag('s') && !flag('q'));
  options.set_literal(flag('q'));
  auto const written =
      flag('q') ? std::optional(std::string(pattern)) : re2_pattern(pattern, flag('s'), flag('x'));
  if (!written || !evaluation.budget().work(written->size())) return nullptr;
  std::string text = *written;
  if (flag('m') && !flag('q')) text.insert(0, "(?m)");
  auto expression = std::make_unique<re2::RE2>(text, options);
  return expression->ok() ? std::move(expression) : nullptr;
}

// `$1` names a group, `\$` and `\\` are the signs themselves; any other use of the two is a mistake.
std::optional<std::string> rewrite_of(std::string_view replacement, int groups) {
  std::string rewrite;
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    char const c = replacement[i];
    char const next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (c == '\\') {
      if (next != '\\' && next != '$') return std::nullopt;
      rewrite += next == '\\' ? "\\\\" : "$";
      ++i;
    } else if (c == '$') {
      if (next < '0' || next > '9') return std::nullopt;
      if (next - '0' <= groups) rewrite += std::string("\\") + next;
      ++i;
    } else {
      rewrite += c;
    }
  }
  return rewrite;
}

}  // namespace

Value pattern_found(std::string_view input, std::string_view pattern, std::string_view flags,
                    Evaluation& evaluation) {
  auto const expression = compiled(pattern, flags, evaluation);
  if (expression == nullptr || !evaluation.budget().work(input.size())) return {};
  return re2::RE2::PartialMatch(piece(input), *expression);
}

Value pattern_replaced(std::string_view input, std::string_view pattern, std::string_view replacement,
                       std::string_view flags, Evaluation& evaluation) {
  auto const expression = compiled(pattern, flags, evaluation);
  if (expression == nullptr || !evaluation.budget().work(input.size())) return {};
  // What matches nothing at all would be replaced between all characters; XPath calls it an error.
  if (re2::RE2::FullMatch("", *expression)) return {};
  bool const literal = flags.find('q') != flags.npos;
  std::string escaped;
  for (char const c : replacement) escaped += c == '\\' ? std::string("\\\\") : std::string(1, c);
  auto const rewrite =
      literal ? std::optional(escaped) : rewrite_of(replacement, expression->NumberOfCapturingGroups());
  if (!rewrite) return {};
  // Each match costs at least a byte of input, so this is the most that can come out.
  if (!evaluation.budget().make((input.size() + 1) * (rewrite->size() + 1))) return {};
  std::string text(input);
  re2::RE2::GlobalReplace(&text, *expression, *rewrite);
  return evaluation.text(std::move(text));
}

Value pattern_split(std::string_view input, std::string_view pattern, Evaluation& evaluation) {
  auto const expression = compiled(pattern, "", evaluation);
  if (expression == nullptr || !evaluation.budget().work(input.size())) return {};
  if (re2::RE2::FullMatch("", *expression)) return {};
  std::vector<Value> parts;
  std::size_t from = 0;
  std::size_t search = 0;
  re2::StringPiece found;
  while (search <= input.size() &&
         expression->Match(piece(input), search, input.size(), re2::RE2::UNANCHORED, &found, 1)) {
    auto const at = static_cast<std::size_t>(found.data() - input.data());
    if (!evaluation.budget().make(sizeof(Value) + at - from)) return {};
    parts.push_back(make_text(input.substr(from, at - from)));
    from = at + found.size();
    search = found.empty() ? from + std::max<std::size_t>(1, first_character(input.substr(from))) : from;
  }
  parts.push_back(make_text(input.substr(from)));
  return evaluation.list(std::move(parts));
}

}  // namespace yunzhi::process

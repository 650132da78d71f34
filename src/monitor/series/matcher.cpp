#include "monitor/series/matcher.hpp"

#include <re2/re2.h>

namespace yunzhi::monitor {
namespace {

constexpr std::size_t pattern_bytes = 4096;
constexpr int pattern_memory_bytes = 1 << 20;

}  // namespace

Result<std::shared_ptr<re2::RE2 const>> whole_text_pattern(std::string const& pattern) {
  if (pattern.size() > pattern_bytes) {
    return refuse(Why::invalid, "", "the regular expression is longer than {} bytes", pattern_bytes);
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_max_mem(pattern_memory_bytes);
  auto compiled = std::make_shared<RE2 const>("^(?s:" + pattern + ")$", options);
  if (!compiled->ok()) return refuse(Why::invalid, "", "bad regular expression: {}", compiled->error());
  return compiled;
}

Result<Matcher> Matcher::make(Match kind, std::string name, std::string value) {
  Matcher matcher;
  matcher.kind_ = kind;
  matcher.name_ = std::move(name);
  matcher.value_ = std::move(value);
  if (kind == Match::regex || kind == Match::not_regex) {
    auto pattern = whole_text_pattern(matcher.value_);
    if (!pattern) return pattern.error();
    matcher.pattern_ = *pattern;
  }
  return matcher;
}

bool Matcher::accepts(std::string_view value) const {
  switch (kind_) {
    case Match::equal:
      return value == value_;
    case Match::not_equal:
      return value != value_;
    case Match::regex:
      return RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *pattern_);
    case Match::not_regex:
      return !RE2::FullMatch(re2::StringPiece(value.data(), value.size()), *pattern_);
  }
  return false;
}

std::string Matcher::text() const {
  constexpr std::string_view signs[] = {"=", "!=", "=~", "!~"};
  return name_ + std::string(signs[static_cast<std::size_t>(kind_)]) + quoted(value_);
}

bool all_accept(std::span<Matcher const> matchers, Labels const& labels) {
  for (auto const& matcher : matchers) {
    if (!matcher.accepts(labels.get(matcher.name()))) return false;
  }
  return true;
}

}  // namespace yunzhi::monitor

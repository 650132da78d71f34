#include "process/expression/pattern_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>

namespace yunzhi::process {
namespace {

// The ranges of a class, without its brackets.
std::string members_of(icu::UnicodeSet const& set) {
  std::string members;
  for (std::int32_t i = 0; i < set.getRangeCount(); ++i)
    members += fmt::format("\\x{{{:X}}}-\\x{{{:X}}}", set.getRangeStart(i), set.getRangeEnd(i));
  return members;
}

// The name of the block an escape `\p{IsName}` begins with; nothing for other escapes.
std::optional<std::string> block_name(std::string_view text) {
  if (!text.starts_with("\\p{Is") && !text.starts_with("\\P{Is")) return std::nullopt;
  auto const end = text.find('}');
  return end == text.npos ? std::nullopt : std::optional(std::string(text.substr(5, end - 5)));
}

std::optional<icu::UnicodeSet> block_set(std::string const& name, bool without) {
  auto const block = u_getPropertyValueEnum(UCHAR_BLOCK, name.c_str());
  if (block == UCHAR_INVALID_CODE) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeSet set;
  set.applyIntPropertyValue(UCHAR_BLOCK, block, status);
  if (U_FAILURE(status)) return std::nullopt;
  if (without) set.complement();
  return set;
}

// What an escape within a class is in ICU's way to write sets.
std::string set_escape(char escaped) {
  switch (escaped) {
    case 'd':
      return "\\p{Nd}";
    case 'D':
      return "\\P{Nd}";
    case 's':
      return "[\\u0009\\u000A\\u000D\\u0020]";
    case 'S':
      return "[^\\u0009\\u000A\\u000D\\u0020]";
    case 'w':
      return "[^\\p{P}\\p{Z}\\p{C}]";
    case 'W':
      return "[\\p{P}\\p{Z}\\p{C}]";
    default:
      return std::string("\\") + escaped;
  }
}

struct Class {
  std::string_view text;  // with its brackets
  bool subtracts = false;
};

// The class that begins the text; nothing when it is not closed or refers back to a group.
std::optional<Class> class_of(std::string_view text) {
  Class found;
  std::size_t open = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') {
      if (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') return std::nullopt;
      ++i;
    } else if (text[i] == '[') {
      found.subtracts = found.subtracts || (open > 0 && text[i - 1] == '-');
      ++open;
    } else if (text[i] == ']' && --open == 0) {
      found.text = text.substr(0, i + 1);
      return found;
    }
  }
  return std::nullopt;
}

// A class in ICU's way to write sets; nothing when it names no known block.
std::optional<std::string> set_pattern(std::string_view text) {
  std::string written;
  constexpr std::string_view signs = " $&{}:\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (auto const name = block_name(text.substr(i))) {
      auto const block = block_set(*name, text[i + 1] == 'P');
      if (!block) return std::nullopt;
      icu::UnicodeString wide;
      block->toPattern(wide, true);
      wide.toUTF8String(written);
      i += name->size() + 5;
    } else if (text[i] == '\\' && i + 1 < text.size()) {
      bool const property = text[i + 1] == 'p' || text[i + 1] == 'P';
      auto const end = property ? text.find('}', i) : text.npos;
      written += end == text.npos ? set_escape(text[i + 1]) : std::string(text.substr(i, end - i + 1));
      i = end == text.npos ? i + 1 : end;
    } else {
      if (signs.find(text[i]) != signs.npos) written += '\\';
      written += text[i];
    }
  }
  return written;
}

// Where a class takes another out of itself, at the minus sign; the text's size when it does not.
std::size_t subtraction_of(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '-' && text[i + 1] == '[') {
      return i;
    }
  }
  return text.size();
}

std::optional<icu::UnicodeSet> set_of_class(std::string_view text, int depth = 0) {
  constexpr int deepest = 16;
  if (depth > deepest) return std::nullopt;
  auto const minus = subtraction_of(text);
  bool const whole = minus == text.size();
  auto const pattern = set_pattern(whole ? std::string(text) : std::string(text.substr(0, minus)) + "]");
  if (!pattern) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeSet set(icu::UnicodeString::fromUTF8(*pattern), status);
  if (U_FAILURE(status)) return std::nullopt;
  if (whole) return set;
  auto const taken = set_of_class(text.substr(minus + 1, text.size() - minus - 2), depth + 1);
  if (!taken) return std::nullopt;
  set.removeAll(*taken);
  return set;
}

// Only what RE2 has no words for is taken apart; the rest stays as it was written.
std::optional<std::string> re2_class(Class const& written) {
  if (!written.subtracts && written.text.find("{Is") == written.text.npos) return std::string(written.text);
  auto const set = set_of_class(written.text);
  if (!set) return std::nullopt;
  return set->isEmpty() ? "[^\\x{0}-\\x{10FFFF}]" : "[" + members_of(*set) + "]";
}

std::string without_space(std::string_view pattern) {
  std::string kept;
  int classes = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    char const c = pattern[i];
    bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (blank && classes == 0) continue;
    bool const escaped =
        !kept.empty() && kept.back() == '\\' && (kept.size() < 2 || kept[kept.size() - 2] != '\\');
    if (!escaped) classes += c == '[' ? 1 : (c == ']' && classes > 0 ? -1 : 0);
    kept += c;
  }
  return kept;
}

}  // namespace

std::optional<std::string> re2_pattern(std::string_view pattern, bool dot_all, bool free_space) {
  auto const text = free_space ? without_space(pattern) : std::string(pattern);
  std::string_view rest = text;
  std::string written;
  while (!rest.empty()) {
    std::size_t taken = 1;
    if (auto const name = block_name(rest)) {
      auto const block = block_set(*name, rest[1] == 'P');
      if (!block) return std::nullopt;
      written += "[" + members_of(*block) + "]";
      taken = name->size() + 6;
    } else if (rest.front() == '\\') {
      taken = std::min<std::size_t>(2, rest.size());
      written += rest.substr(0, taken);
    } else if (rest.front() == '[') {
      auto const found = class_of(rest);
      auto const in_re2 = found ? re2_class(*found) : std::nullopt;
      if (!in_re2) return std::nullopt;
      written += *in_re2;
      taken = found->text.size();
    } else {
      written += rest.front() == '.' && !dot_all ? std::string("[^\\n\\r]") : std::string(1, rest.front());
    }
    rest.remove_prefix(taken);
  }
  return written;
}

}  // namespace yunzhi::process

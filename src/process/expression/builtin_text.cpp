// String functions (DMN 1.3, 10.3.4.3). Positions and lengths count characters, not bytes.
#include <array>

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "base/text/utf8.hpp"
#include "process/expression/builtins.hpp"
#include "process/expression/pattern.hpp"

namespace yunzhi::process {
namespace {

std::string const& text_at(Arguments a, std::size_t at) {
  return *a[at].get<std::string>();
}

Value length(Arguments a, Evaluation& evaluation) {
  if (!evaluation.budget().work(text_at(a, 0).size() / 16)) return {};
  return Decimal(static_cast<std::int64_t>(characters(text_at(a, 0))));
}

Value changed_case(std::string const& text, Evaluation& evaluation, bool upper) {
  auto wide = icu::UnicodeString::fromUTF8(text);
  auto const& root = icu::Locale::getRoot();
  if (upper) {
    wide.toUpper(root);
  } else {
    wide.toLower(root);
  }
  std::string changed;
  return evaluation.text(wide.toUTF8String(changed));
}
Value upper_case(Arguments a, Evaluation& evaluation) {
  return changed_case(text_at(a, 0), evaluation, true);
}
Value lower_case(Arguments a, Evaluation& evaluation) {
  return changed_case(text_at(a, 0), evaluation, false);
}

Value substring(Arguments a, Evaluation& evaluation) {
  auto const& text = text_at(a, 0);
  auto const start = small_integer(a[1]);
  auto const total = static_cast<std::int64_t>(characters(text));
  if (!start || *start == 0 || *start > total || *start < -total) return {};
  auto const skipped = static_cast<std::size_t>(*start > 0 ? *start - 1 : total + *start);
  auto const rest = std::string_view(text).substr(first_characters(text, skipped).size());
  auto const* wanted = given(a, 2);
  if (wanted == nullptr) return evaluation.text(std::string(rest));
  auto const count = small_integer(Value(wanted->get<Decimal>()->round(0, Decimal::Rounding::floor)));
  if (!count || *count < 1) return {};
  return evaluation.text(std::string(first_characters(rest, static_cast<std::size_t>(*count))));
}

Value substring_before(Arguments a, Evaluation& evaluation) {
  auto const at = text_at(a, 0).find(text_at(a, 1));
  return at == std::string::npos ? make_text("") : evaluation.text(text_at(a, 0).substr(0, at));
}
Value substring_after(Arguments a, Evaluation& evaluation) {
  auto const at = text_at(a, 0).find(text_at(a, 1));
  return at == std::string::npos ? make_text("")
                                 : evaluation.text(text_at(a, 0).substr(at + text_at(a, 1).size()));
}

Value contains(Arguments a, Evaluation& evaluation) {
  if (!evaluation.budget().work(text_at(a, 0).size() / 16)) return {};
  return text_at(a, 0).find(text_at(a, 1)) != std::string::npos;
}
Value starts_with(Arguments a, Evaluation&) {
  return text_at(a, 0).starts_with(text_at(a, 1));
}
Value ends_with(Arguments a, Evaluation&) {
  return text_at(a, 0).ends_with(text_at(a, 1));
}

std::string flags_of(Arguments a, std::size_t at) {
  auto const* flags = given(a, at);
  return flags == nullptr ? std::string() : *flags->get<std::string>();
}

Value matches(Arguments a, Evaluation& evaluation) {
  return pattern_found(text_at(a, 0), text_at(a, 1), flags_of(a, 2), evaluation);
}
Value replace(Arguments a, Evaluation& evaluation) {
  return pattern_replaced(text_at(a, 0), text_at(a, 1), text_at(a, 2), flags_of(a, 3), evaluation);
}
Value split_text(Arguments a, Evaluation& evaluation) {
  return pattern_split(text_at(a, 0), text_at(a, 1), evaluation);
}

Value join(Arguments a, Evaluation& evaluation) {
  std::string joined;
  auto const* between = given(a, 1);
  auto const delimiter = between == nullptr ? std::string() : *between->get<std::string>();
  bool first = true;
  for (auto const& item : *a[0].items()) {
    if (item.null()) continue;
    auto const* text = item.get<std::string>();
    if (text == nullptr || !evaluation.budget().make(text->size() + delimiter.size())) return {};
    joined += (first ? "" : delimiter) + *text;
    first = false;
  }
  return evaluation.text(std::move(joined));
}

constexpr std::array lines{
    BuiltinLine{"string length", "string:text", length},
    BuiltinLine{"upper case", "string:text", upper_case},
    BuiltinLine{"lower case", "string:text", lower_case},
    BuiltinLine{"substring", "string:text, start position:number, length?:number", substring},
    BuiltinLine{"substring before", "string:text, match:text", substring_before},
    BuiltinLine{"substring after", "string:text, match:text", substring_after},
    BuiltinLine{"contains", "string:text, match:text", contains},
    BuiltinLine{"starts with", "string:text, match:text", starts_with},
    BuiltinLine{"ends with", "string:text, match:text", ends_with},
    BuiltinLine{"matches", "input:text, pattern:text, flags?:text", matches},
    BuiltinLine{"replace", "input:text, pattern:text, replacement:text, flags?:text", replace},
    BuiltinLine{"split", "string:text, delimiter:text", split_text},
    BuiltinLine{"string join", "list:list, delimiter?:text", join},
};

}  // namespace

std::span<BuiltinLine const> text_builtins() {
  return lines;
}

}  // namespace yunzhi::process

// Conversion and boolean functions (DMN 1.3, 10.3.4.1 and 10.3.4.2).
#include <array>

#include "process/expression/builtins.hpp"
#include "process/expression/compare.hpp"
#include "process/expression/range_text.hpp"
#include "process/expression/temporal_literal.hpp"

namespace yunzhi::process {
namespace {

Value to_text(Arguments a, Evaluation& evaluation) {
  return a[0].null() ? Value() : evaluation.text(a[0].text());
}

// Separators are one of those the standard lists, and differ; null leaves one out.
std::optional<std::string> without_separators(std::string text, Value const* grouping, Value const* decimal) {
  auto const sign = [](Value const* value, std::string_view allowed) -> std::optional<char> {
    if (value == nullptr) return '\0';
    auto const* given_text = value->get<std::string>();
    if (given_text->size() != 1 || allowed.find(*given_text) == allowed.npos) return std::nullopt;
    return given_text->front();
  };
  auto const group = sign(grouping, " ,.");
  auto const point = sign(decimal, ".,");
  if (!group || !point || (*group != '\0' && *group == (*point == '\0' ? '.' : *point))) return std::nullopt;
  if (*group != '\0') std::erase(text, *group);
  if (*point != '\0' && *point != '.') {
    if (text.find('.') != std::string::npos) return std::nullopt;
    for (auto& c : text)
      if (c == *point) c = '.';
  }
  return text;
}

Value to_number(Arguments a, Evaluation&) {
  auto const* text = a[0].get<std::string>();
  if (a[0].kind() == Kind::number) return without_separators({}, given(a, 1), given(a, 2)) ? a[0] : Value();
  auto const plain = text == nullptr ? std::nullopt : without_separators(*text, given(a, 1), given(a, 2));
  return plain ? Value(Decimal::parse(*plain)) : Value();
}

Value to_duration(Arguments a, Evaluation&) {
  if (a[0].kind() == Kind::duration || a[0].kind() == Kind::months) return a[0];
  auto const* text = a[0].get<std::string>();
  return text == nullptr ? Value() : duration_literal(*text);
}

Value to_range(Arguments a, Evaluation& evaluation) {
  return range_of_text(*a[0].get<std::string>(), evaluation);
}

Value negation(Arguments a, Evaluation&) {
  auto const* flag = a[0].get<bool>();
  return flag == nullptr ? Value() : Value(!*flag);
}

Value is(Arguments a, Evaluation&) {
  return identical(a[0], a[1]);
}

constexpr std::array lines{
    BuiltinLine{"string", "from:any", to_text},
    BuiltinLine{"number", "from:any, grouping separator?:text, decimal separator?:text", to_number},
    BuiltinLine{"duration", "from:any", to_duration},
    BuiltinLine{"range", "from:text", to_range},
    BuiltinLine{"not", "negand:any", negation},
    BuiltinLine{"is", "value1:any, value2:any", is},
};

}  // namespace

std::span<BuiltinLine const> conversion_builtins() {
  return lines;
}

}  // namespace yunzhi::process

// The types a member of a record can have. The type carries the meaning: how it is stored, checked,
// shown and edited follows from it, so there is no second table.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"

namespace yunzhi::describe {

/// Text of one line, at most limits::line_characters.
struct Line : std::string {
  using std::string::string;
  Line(std::string text) : std::string(std::move(text)) {}
};

/// Text of several lines, at most limits::prose_characters.
struct Prose : std::string {
  using std::string::string;
  Prose(std::string text) : std::string(std::move(text)) {}
};

/// Text for machines (expressions, scripts, documents), at most limits::code_characters.
struct Code : std::string {
  using std::string::string;
  Code(std::string text) : std::string(std::move(text)) {}
};

/// A calendar day as 2026-11-23, without a zone.
struct Date : std::string {
  using std::string::string;
  Date(std::string text) : std::string(std::move(text)) {}
};

/// A text usable as a template argument.
template <std::size_t N>
struct Name {
  char text[N];
  constexpr Name(char const (&literal)[N]) { std::copy_n(literal, N, text); }
  [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

/// The id of a record of another family, named by its kind: `Ref<"person">`. Empty means none.
template <Name kind>
struct Ref : std::string {
  using std::string::string;
  Ref(std::string id) : std::string(std::move(id)) {}
  static constexpr std::string_view target() { return kind.view(); }
};

/// Several of them, stored as a JSON array, each at most once.
template <Name kind>
struct Refs : std::vector<std::string> {
  using std::vector<std::string>::vector;
  static constexpr std::string_view target() { return kind.view(); }
};

/// Texts by name (labels, annotations), stored as a JSON object.
struct Map : std::map<std::string, std::string> {
  using std::map<std::string, std::string>::map;
};

}  // namespace yunzhi::describe

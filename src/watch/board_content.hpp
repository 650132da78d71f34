// What a board shows, as people write it: variables to choose at its top, and rows of panels. Read strictly,
// and given back whole, so that what is stored never lacks a member.
#pragma once

#include <string>

#include "base/json.hpp"
#include "base/result.hpp"

namespace yunzhi::watch {

struct BoardContent {
  std::string title;
  std::string description;
  std::size_t panels = 0;
  /// {range_s, refresh_s, variables: [{name, label, kind, selector, label_name, many, values, chosen}],
  /// rows: [{title, folded, panels: [{id, kind, title, span, height, unit, decimals, reduce, stacked, legend,
  /// minimum, maximum, base, thresholds: [{from, tone}], queries: [{expr, legend}], filter, text}]}]}
  json::object content;
};

/// Reads {title, description?, range_s?, refresh_s?, variables?, rows?}; other members are refused. Fields of
/// faults are pointers into the object. What may be left out gets its usual value; panels without an id get
/// one.
Result<BoardContent> read_board(json::object const& given);

}  // namespace yunzhi::watch

#include "process/expression/value.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "process/expression/function.hpp"

namespace yunzhi::process {

std::vector<Value> const* Value::items() const {
  auto const* list = get<List>();
  return list == nullptr ? nullptr : &(*list)->items;
}

ContextEntries const* Value::entries() const {
  auto const* context = get<Context>();
  return context == nullptr ? nullptr : context->get();
}

char const* Value::kind_name() const {
  constexpr char const* names[] = {
      "nothing",         "true or false", "a number",           "a text", "a date",    "a time of day",
      "a date and time", "a duration",    "a number of months", "a list", "an object", "a range",
      "a function"};
  return names[any_.index()];
}

std::size_t depth_of(Value const& value) {
  if (auto const* list = value.get<List>()) return (*list)->depth;
  if (auto const* context = value.get<Context>()) return (*context)->depth;
  if (auto const* function = value.get<FunctionPointer>()) return (*function)->depth;
  return 0;
}

Value const* ContextEntries::find(std::string_view name) const {
  auto const found = std::find_if(entries.begin(), entries.end(),
                                  [name](ContextEntry const& entry) { return *entry.name == name; });
  return found == entries.end() ? nullptr : &found->value;
}

Value make_list(std::vector<Value> items) {
  std::size_t depth = 0;
  for (auto const& item : items) depth = std::max(depth, depth_of(item));
  if (depth >= limits::expression_value_depth) return {};
  return List(std::make_shared<ListItems const>(ListItems{std::move(items), depth + 1}));
}

Value make_context(std::vector<ContextEntry> entries) {
  std::size_t depth = 0;
  for (auto const& entry : entries) depth = std::max(depth, depth_of(entry.value));
  if (depth >= limits::expression_value_depth) return {};
  return Context(std::make_shared<ContextEntries const>(ContextEntries{std::move(entries), depth + 1}));
}

Value make_range(Range range) {
  return RangePointer(std::make_shared<Range const>(std::move(range)));
}

}  // namespace yunzhi::process

// The values of FEEL: what an expression reads, computes and gives back. Small and cheap to copy: what is
// large is shared and never changed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/json.hpp"
#include "process/expression/decimal.hpp"
#include "process/expression/temporal.hpp"

namespace yunzhi::process {

class Value;
struct ListItems;
struct ContextEntries;
struct Range;
struct Function;

struct Null {};
using Text = std::shared_ptr<std::string const>;
using List = std::shared_ptr<ListItems const>;
using Context = std::shared_ptr<ContextEntries const>;
using RangePointer = std::shared_ptr<Range const>;
using FunctionPointer = std::shared_ptr<Function const>;

/// The kinds of values, in the order of Value's alternatives.
enum class Kind : std::uint8_t {
  null,
  boolean,
  number,
  text,
  date,
  time,
  date_time,
  duration,
  months,
  list,
  context,
  range,
  function
};

/// Whether a value can be of this very type; nothing is converted on the way.
template <class T, class... All>
inline constexpr bool one_of = (std::is_same_v<T, All> || ...);
template <class T>
inline constexpr bool kind_of_value = one_of<T, bool, Decimal, Text, Date, Time, DateTime, Duration, Months,
                                             List, Context, RangePointer, FunctionPointer>;

class Value {
 public:
  using Any = std::variant<Null, bool, Decimal, Text, Date, Time, DateTime, Duration, Months, List, Context,
                           RangePointer, FunctionPointer>;

  Value() = default;
  template <class T>
  requires(kind_of_value<T>) Value(T any) : any_(std::move(any)) {}
  Value(std::string text) : any_(std::make_shared<std::string const>(std::move(text))) {}
  /// Null for nothing.
  template <class T>
  requires(kind_of_value<T>) Value(std::optional<T> const& known) {
    if (known) any_ = *known;
  }

  /// Numbers become decimals, texts stay texts. Null below limits::expression_value_depth.
  static Value from(json::value const& value);
  /// Whole numbers as integers, others as the nearest double; times as texts in FEEL's form.
  [[nodiscard]] json::value to_json() const;
  /// As FEEL's string(): how the value is shown to a person.
  [[nodiscard]] std::string text() const;
  /// "a number", "a text", … for messages.
  [[nodiscard]] char const* kind_name() const;

  /// The value when it is of that type; a text also as std::string.
  template <class T>
  [[nodiscard]] T const* get() const {
    if constexpr (std::is_same_v<T, std::string>) {
      auto const* text = std::get_if<Text>(&any_);
      return text == nullptr ? nullptr : text->get();
    } else {
      return std::get_if<T>(&any_);
    }
  }
  [[nodiscard]] Kind kind() const { return static_cast<Kind>(any_.index()); }
  [[nodiscard]] bool null() const { return any_.index() == 0; }
  [[nodiscard]] bool is(bool wanted) const {
    auto const* flag = get<bool>();
    return flag != nullptr && *flag == wanted;
  }
  /// The items of a list; nothing when it is none.
  [[nodiscard]] std::vector<Value> const* items() const;
  /// The entries of a context; nothing when it is none.
  [[nodiscard]] ContextEntries const* entries() const;

 private:
  Any any_;
};

/// How many values stand in each other below this one; bounded so that walking a value is.
std::size_t depth_of(Value const& value);

struct ListItems {
  std::vector<Value> items;
  std::size_t depth = 1;
};

struct ContextEntry {
  Text name;
  Value value;
};

/// In the order they were written; a name comes once.
struct ContextEntries {
  std::vector<ContextEntry> entries;
  std::size_t depth = 1;

  [[nodiscard]] Value const* find(std::string_view name) const;
};

/// From `low` to `high`; an open end leaves its bound out. A side that is null has no bound, and is open.
struct Range {
  Value low;
  Value high;
  bool low_open = false;
  bool high_open = false;
};

/// Null when the items would stand deeper in each other than limits::expression_value_depth.
Value make_list(std::vector<Value> items);
Value make_context(std::vector<ContextEntry> entries);
Value make_range(Range range);
inline Value make_text(std::string_view text) {
  return std::string(text);
}

}  // namespace yunzhi::process

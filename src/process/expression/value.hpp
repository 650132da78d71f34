// The values of the condition language (FEEL): what an expression reads, computes and gives back.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/json.hpp"
#include "process/expression/decimal.hpp"

namespace yunzhi::process {

class Value;

struct Null {};
using Date = std::chrono::sys_days;
/// A time of day, in milliseconds since midnight.
struct DayTime {
  Milliseconds since_midnight{};
  friend auto operator<=>(DayTime, DayTime) = default;
};
/// A length of time in years and months.
struct Months {
  std::int64_t count = 0;
  friend auto operator<=>(Months, Months) = default;
};
using List = std::shared_ptr<std::vector<Value> const>;
using Context = std::shared_ptr<json::object const>;
/// From `low` to `high`; an open end leaves its bound out.
struct Range;
using RangePointer = std::shared_ptr<Range const>;

/// Whether a value can be of this very type; nothing is converted on the way.
template <class T, class... All>
inline constexpr bool one_of = (std::is_same_v<T, All> || ...);
template <class T>
inline constexpr bool kind_of_value = one_of<T, bool, Decimal, std::string, Date, DayTime, Instant,
                                             Milliseconds, Months, List, Context, RangePointer>;

class Value {
 public:
  using Any = std::variant<Null, bool, Decimal, std::string, Date, DayTime, Instant, Milliseconds, Months,
                           List, Context, RangePointer>;

  Value() = default;
  template <class T>
  requires(kind_of_value<T>) Value(T any) : any_(std::move(any)) {}

  /// Numbers become decimals, texts stay texts.
  static Value from(json::value const& value);
  /// Whole numbers as integers, others as the nearest double; times as texts in FEEL's form.
  [[nodiscard]] json::value to_json() const;
  /// As FEEL's string(): how the value is shown to a person.
  [[nodiscard]] std::string text() const;
  /// "a number", "a text", … for messages.
  [[nodiscard]] char const* kind() const;

  template <class T>
  [[nodiscard]] T const* get() const {
    return std::get_if<T>(&any_);
  }
  [[nodiscard]] bool null() const { return any_.index() == 0; }
  [[nodiscard]] std::size_t type() const { return any_.index(); }
  [[nodiscard]] Any const& any() const { return any_; }

 private:
  Any any_;
};

struct Range {
  Value low;
  Value high;
  bool low_open = false;
  bool high_open = false;
};

/// Whether the two are equal; nothing when they are of different kinds (null equals only null).
std::optional<bool> equal(Value const& left, Value const& right);
/// -1, 0 or 1; nothing when the kinds differ or have no order.
std::optional<int> compare(Value const& left, Value const& right);
/// Whether the range holds the value; nothing when they cannot be compared.
std::optional<bool> holds(Range const& range, Value const& value);

}  // namespace yunzhi::process

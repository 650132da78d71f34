// The built-in functions of FEEL (DMN 1.3, 10.3.4, with those of 1.4 and 1.5), one table; their families are
// in builtin_*.cpp.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "process/expression/evaluation.hpp"

namespace yunzhi::process {

/// What an argument must be; others are coerced or make the call null.
enum class Wanted : std::uint8_t {
  any,  ///< null too
  number,
  text,
  boolean,
  list,  ///< null is none
  context,
  date,
  time,
  date_time,
  duration,  ///< of either kind
  day,       ///< a date or a date and time
  range,
  function
};

struct Place {
  std::string_view name;
  Wanted wanted = Wanted::any;
};

/// One way to call a function. With `variadic` the last place takes any number of arguments, as one list.
struct Signature {
  std::vector<Place> parameters;
  std::size_t least = 0;
  bool variadic = false;

  [[nodiscard]] std::optional<std::size_t> place(std::string_view name) const;
  [[nodiscard]] bool takes(std::size_t count) const {
    return count >= least && (variadic || count <= parameters.size());
  }
};

using Arguments = std::span<Value const>;

struct Builtin {
  std::string_view name;
  std::vector<Signature> signatures;
  Value (*call)(Arguments arguments, Evaluation& evaluation);

  [[nodiscard]] bool takes(std::size_t count) const;
};

inline constexpr std::size_t longest_builtin_words = 4;

/// The functions in the order of their numbers, which is that of their names.
std::vector<Builtin> const& builtins();
/// The number of the function with this name, its words joined by one space.
std::optional<std::uint32_t> find_builtin(std::string_view name);

/// Null when no signature fits the arguments. `among` leaves out signatures: the first is the lowest bit.
Value call_builtin(Builtin const& builtin, Arguments arguments, Evaluation& evaluation,
                   std::uint32_t among = UINT32_MAX);
/// The function as a value.
Value builtin_value(std::uint32_t number);

/// One line of a family's table. A signature reads `string:text, start position:number, length?:number`,
/// `...` behind the last name makes it variadic, `|` parts several.
struct BuiltinLine {
  std::string_view name;
  std::string_view signatures;
  Value (*call)(Arguments arguments, Evaluation& evaluation);
};

std::span<BuiltinLine const> conversion_builtins();
std::span<BuiltinLine const> text_builtins();
std::span<BuiltinLine const> list_builtins();
std::span<BuiltinLine const> number_builtins();
std::span<BuiltinLine const> temporal_builtins();
std::span<BuiltinLine const> range_builtins();
std::span<BuiltinLine const> context_builtins();

/// The whole number an argument is, within `int`; nothing otherwise.
std::optional<int> small_integer(Value const& value);
/// The argument at that place when it was given.
inline Value const* given(Arguments arguments, std::size_t at) {
  return at < arguments.size() && !arguments[at].null() ? &arguments[at] : nullptr;
}

}  // namespace yunzhi::process

// The built-in functions of the condition language, one table.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "process/expression/value.hpp"

namespace yunzhi::process {

/// The present as an expression sees it.
struct Moment {
  Instant now;
  std::chrono::minutes utc_offset{0};  ///< of times written without one, and of today()
};

struct Builtin {
  std::string_view name;
  std::uint32_t least_arguments;
  std::uint32_t most_arguments;
  Value (*call)(std::span<Value const> arguments, Moment const& moment);
};

/// The functions in the order of their numbers; a function without meaning for its arguments gives null.
std::span<Builtin const> builtins();
/// The number of the function with this name, its words joined by one space.
std::optional<std::uint32_t> find_builtin(std::string_view name);

}  // namespace yunzhi::process

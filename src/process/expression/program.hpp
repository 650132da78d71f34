// A compiled expression: operations in one flat array. Names are resolved to slots; what is left to look up
// at run time are the variables it is given and the entries of what a filter walks over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "process/expression/function.hpp"
#include "process/expression/value.hpp"

namespace yunzhi::process {

enum class Operation : std::uint8_t {
  literal,  // first = literal
  global,   // first = global
  path,     // first = global, second = where its names begin in `operands`, third = how many
  local,    // first = slot
  scoped,   // first = lookup
  builtin,  // first = function, as a value; second = the variable of that name, which hides it
  member,   // first = operand, second = name
  filter,   // first = operand, second = what is asked of each item, third = slot of the item
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  equal,  // comparisons: third = 1 when a variable stands left and a literal right
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  conjunction,
  disjunction,
  choice,      // first = condition, second = then, third = else
  between,     // first = value, second = low, third = high
  in,          // first = value; operands from second: slot of `?`, then third tests
  test_equal,  // tests of `in`; first = operand
  test_unequal,
  test_less,
  test_less_equal,
  test_greater,
  test_greater_equal,
  range,         // first = low, second = high, third = Bounds
  list,          // operands from second: third items
  context,       // operands from second: third times name, value, slot
  call,          // first = built-in function; operands from second: third arguments
  call_named,    // as call; the first operand tells, in bits, the signatures that have these names
  invoke,        // first = the function's value; operands from second: third arguments
  invoke_named,  // first = the function's value; operands from second: third times name, argument
  iterate,  // `for`; first = body; operands from second: slot of `partial`, then third times slot, source
  some,     // first = condition; operands as iterate
  every,
  instance_of,  // first = operand, second = type
  function,     // first = function
  defined       // first = operand
};

/// What a range's sides are, in the third field of its operation.
struct Bounds {
  static constexpr std::uint32_t low_open = 1;
  static constexpr std::uint32_t high_open = 2;
  static constexpr std::uint32_t no_low = 4;
  static constexpr std::uint32_t no_high = 8;
  static constexpr std::uint32_t steps = 16;  ///< `for i in 1..3`: either side may be the greater
};

struct Code {
  Operation operation = Operation::literal;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::uint32_t third = 0;
};

/// A name that may be an entry of an item some enclosing filter walks over.
struct Lookup {
  std::uint32_t name = 0;
  std::vector<std::uint32_t> items;  ///< slots, the innermost filter first
  std::uint32_t otherwise = 0;       ///< the operation that answers when no item has the entry
};

struct FunctionCode {
  std::vector<Parameter> parameters;
  std::uint32_t first_slot = 0;  ///< of its parameters; the slots before are captured
  std::uint32_t body = 0;
  Type result;            ///< as far as the body's form tells it
  bool external = false;  ///< in another language: it has no answer here
};

struct Program {
  std::string text;
  std::vector<Code> codes;
  std::uint32_t root = 0;
  std::uint32_t slots = 0;
  std::vector<Value> literals;
  std::vector<std::string> globals;
  std::vector<Text> names;
  std::vector<std::uint32_t> operands;
  std::vector<Lookup> lookups;
  std::vector<TypePointer> types;
  std::vector<FunctionCode> functions;
  std::vector<bool> uses;            ///< whether a slot is read anywhere
  std::vector<std::uint32_t> tests;  ///< sorted: the operations of `in` that speak of `?` themselves
};

}  // namespace yunzhi::process

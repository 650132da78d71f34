// A compiled expression: operations in one flat array, children before parents, the root last.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "process/expression/value.hpp"

namespace yunzhi::process {

enum class Operation : std::uint8_t {
  literal,  // first = literal
  path,     // first = path
  member,   // first = operand, second = name
  index,    // first = operand, second = position
  negate,
  add,
  subtract,
  multiply,
  divide,
  power,
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  conjunction,
  disjunction,
  choice,        // first = condition, second = then, third = else
  between,       // first = value, second = low, third = high
  in,            // first = value, second = where its tests begin in `operands`, third = how many
  test_unequal,  // the unary tests of `in`; first = operand
  test_less,
  test_less_equal,
  test_greater,
  test_greater_equal,
  range,   // first = low, second = high, third = 1: low open, 2: high open
  list,    // second = where its items begin in `operands`, third = how many
  call,    // first = function, second = where its arguments begin in `operands`, third = how many
  defined  // first = path
};

struct Code {
  Operation operation = Operation::literal;
  std::uint32_t first = 0;
  std::uint32_t second = 0;
  std::uint32_t third = 0;
};

struct Program {
  std::string text;
  std::vector<Code> codes;
  std::vector<Value> literals;
  std::vector<std::vector<std::string>> paths;
  std::vector<std::string> names;
  std::vector<std::uint32_t> operands;
};

/// How high the tree of the last code is, from the heights of the codes before it. Chains as `a + b + …`
/// nest without brackets, and evaluation goes as deep as the tree is high.
std::size_t height_of(Program const& program, std::vector<std::size_t> const& heights);

}  // namespace yunzhi::process

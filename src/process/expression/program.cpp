#include "process/expression/program.hpp"

#include <algorithm>

namespace yunzhi::process {

std::size_t height_of(Program const& program, std::vector<std::size_t> const& heights) {
  auto const& code = program.codes.back();
  std::size_t most = 0;
  auto const child = [&](std::uint32_t number) { most = std::max(most, heights[number]); };
  auto const all = [&] {
    for (std::uint32_t i = 0; i < code.third; ++i) child(program.operands[code.second + i]);
  };
  switch (code.operation) {
    case Operation::literal:
    case Operation::path:
    case Operation::defined:
      break;
    case Operation::in:
      child(code.first);
      all();
      break;
    case Operation::list:
    case Operation::call:
      all();
      break;
    case Operation::choice:
    case Operation::between:
      child(code.third);
      [[fallthrough]];
    case Operation::index:
    case Operation::range:
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::power:
    case Operation::equal:
    case Operation::unequal:
    case Operation::less:
    case Operation::less_equal:
    case Operation::greater:
    case Operation::greater_equal:
    case Operation::conjunction:
    case Operation::disjunction:
      child(code.second);
      [[fallthrough]];
    default:
      child(code.first);
  }
  return most + 1;
}

}  // namespace yunzhi::process

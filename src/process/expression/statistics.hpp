// List functions that make one value of many: extremes, sums, averages, and three-valued all and any.
#pragma once

#include "process/expression/builtins.hpp"

namespace yunzhi::process {

/// Of the items of the first argument. Null for an empty list unless said otherwise, and when an item has
/// another kind than asked.
Value least(Arguments a, Evaluation& evaluation);
Value greatest(Arguments a, Evaluation& evaluation);
Value total(Arguments a, Evaluation& evaluation);
Value product(Arguments a, Evaluation& evaluation);
Value mean(Arguments a, Evaluation& evaluation);
Value median(Arguments a, Evaluation& evaluation);
/// Of the sample: of two items or more.
Value standard_deviation(Arguments a, Evaluation& evaluation);
/// The most frequent numbers, the least first; empty for an empty list.
Value mode(Arguments a, Evaluation& evaluation);
/// True for an empty list.
Value every_true(Arguments a, Evaluation& evaluation);
/// False for an empty list.
Value some_true(Arguments a, Evaluation& evaluation);

}  // namespace yunzhi::process

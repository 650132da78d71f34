// How the functions over ranges describe themselves; shared by the files that hold them.
#pragma once

#include <cmath>
#include <limits>

#include "monitor/query/function.hpp"

namespace yunzhi::monitor {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A function that works on one window at a time.
inline Function over(std::string_view name, double (*run)(Window const&), bool keeps_name = false) {
  Function function;
  function.name = name;
  function.arguments = {ValueType::matrix};
  function.required = 1;
  function.keeps_name = keeps_name;
  function.over_window = run;
  return function;
}

/// A function that shares work between the windows of a series.
inline Function over_slide(std::string_view name, void (*run)(Slide const&)) {
  auto function = over(name, nullptr);
  function.over_series = run;
  return function;
}

std::vector<Function> counter_functions();
std::vector<Function> average_functions();

}  // namespace yunzhi::monitor

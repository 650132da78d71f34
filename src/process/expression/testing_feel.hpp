// How the tests of FEEL ask: an expression's result as exact JSON.
#pragma once

#include "process/expression/batch.hpp"
#include "process/expression/exact_json.hpp"

namespace yunzhi::process {

inline std::string result(std::string_view expression, std::string_view context = "{}") {
  Moment const noon{parse_instant("2026-11-23T12:00:00Z").value(), std::chrono::minutes{480}};
  auto const value = evaluate_text(expression, parse_exact_json(context).value(), noon);
  return value ? exact_json(*value) : "refused at " + value.error().faults[0].field;
}

}  // namespace yunzhi::process

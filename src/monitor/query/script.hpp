// Runs query scripts in the format of Prometheus' promqltest: load series, evaluate, compare.
//   load 1m                     eval instant at 5m rate(a[2m])      eval range from 0 to 5m step 1m a
//     a{x="1"} 0+1x10             {x="1"} 0.0166                      a{x="1"} 0 1 2 3 4 5
//   clear                       expect fail | fail msg: … | ordered | string "…"
// An empty line ends a command; # begins a remark.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace yunzhi::monitor {

struct ScriptReport {
  std::size_t passed = 0;
  std::vector<std::string> failures;  ///< "line 12: …", one per evaluation
};

/// Refused when the script itself is malformed, with its line.
Result<ScriptReport> run_script(std::string_view script);

}  // namespace yunzhi::monitor

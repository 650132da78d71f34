// What goes on at the steps of one version of a process, for who looks after it.
#pragma once

#include <string>
#include <vector>

#include "store/store.hpp"

namespace yunzhi::process {

struct StepActivity {
  std::string element;
  std::int64_t open = 0;    ///< tasks waiting now
  std::int64_t done = 0;    ///< since the moment asked for, up to the limit
  Milliseconds average{0};  ///< from when a task came to when it was done
  Milliseconds longest{0};
};

struct Activity {
  std::int64_t running = 0;         ///< instances
  std::int64_t troubled = 0;        ///< of them, with an incident
  std::vector<StepActivity> steps;  ///< by element id
};

/// Reads at most limits::activity_rows instances, open and finished tasks each: the figures of a larger
/// process are those of its most recent ones.
Activity activity(store::Reader& reader, std::string_view definition, Instant since);

}  // namespace yunzhi::process

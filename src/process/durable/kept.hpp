// Which of the elements the engine runs are also kept as rows. The others are refused when a process is
// deployed, rather than left waiting for what never comes.
#pragma once

#include "process/model/definition.hpp"

namespace yunzhi::process {

/// Refused with one fault per element that has no rows yet, each with `line:column` as its field.
Result<> check_kept(Definition const& definition);

}  // namespace yunzhi::process

// Where a pack comes from: a folder, or the standard one inside the program.
#pragma once

#include "regulation/pack.hpp"

namespace yunzhi::app {

Result<regulation::PackFiles> pack_files(std::string const& folder);

/// Checks a pack as a whole, processes and rules included; every mistake with file and line.
Result<> check_pack(std::string const& folder);

}  // namespace yunzhi::app

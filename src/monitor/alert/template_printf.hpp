// Texts made of a pattern and values, as Go's fmt.Sprintf makes them.
#pragma once

#include <string>
#include <vector>

#include "monitor/alert/template_tree.hpp"

namespace yunzhi::monitor {

/// The first argument is the pattern: %d %s %v %q %f %e %g with the flags + - 0 and blank, a width and a
/// precision. A verb without an argument is left out.
std::string printed(std::vector<Datum> const& arguments);

}  // namespace yunzhi::monitor

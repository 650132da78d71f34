// What a replacement says of the groups of a pattern that matched.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

namespace yunzhi::monitor {

/// "$1", "${1}", "${name}" and "$$" as Go's Regexp.Expand has them: a name is as long as it can be, so $1x is
/// the group named 1x. A group that does not exist or did not match is empty. `groups` from 0 for the whole.
std::string expanded(std::string_view text, std::vector<re2::StringPiece> const& groups,
                     std::map<std::string, int> const& names);

}  // namespace yunzhi::monitor

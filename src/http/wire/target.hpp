// The target of a request line: an unambiguous path and a decoded query, or a reason to refuse it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace yunzhi::http {

struct Target {
  std::string path;  ///< decoded, begins with '/'
  std::vector<std::pair<std::string, std::string>> query;
};

/// Reads origin-form and absolute-form (RFC 9112 section 3.2). A path that another program could read in
/// another way (dot segments, empty segments, encoded slashes, backslashes, ';', controls, invalid UTF-8) is
/// refused rather than cleaned, so that nothing in front of us and nothing behind can disagree about it.
Result<Target> parse_target(std::string_view text);

}  // namespace yunzhi::http

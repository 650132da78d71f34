// The text of an XML file whatever of the encodings in use it is written in.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::process {

/// The file in UTF-8 and declaring so, without a byte order mark: from UTF-8, US-ASCII, ISO-8859-1 and, by
/// its mark, UTF-16 (XML 1.0, appendix F). Refused when it declares another, or is not what it declares.
Result<std::string> in_utf8(std::string_view bytes);

}  // namespace yunzhi::process

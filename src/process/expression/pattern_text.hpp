// XPath's way to write regular expressions (XML Schema Part 2, appendix F), in RE2's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yunzhi::process {

/// Blocks (`\p{IsBasicLatin}`) and classes without others (`[a-z-[aeiou]]`) become plain classes; without
/// `dot_all` a point matches neither line feed nor carriage return; with `free_space` white space outside
/// classes is dropped. Nothing when a class is not closed, refers back to a group or names no known block.
std::optional<std::string> re2_pattern(std::string_view pattern, bool dot_all, bool free_space);

}  // namespace yunzhi::process

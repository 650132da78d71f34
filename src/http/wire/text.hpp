// Small pieces of HTTP text: case, blanks, lists, percent-encoding.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace yunzhi::http {

/// ASCII lower case.
std::string lower(std::string_view text);
bool same_ignoring_case(std::string_view left, std::string_view right);

/// Without blanks and tabs at both ends.
std::string_view trim(std::string_view text);

/// Takes the next element of a list off its front; the separator goes with it.
std::string_view next_of(std::string_view& list, char separator);

/// Percent-decoded; nothing when an escape is broken. With `plus`, a plus sign is a blank.
std::optional<std::string> percent_decode(std::string_view text, bool plus);

}  // namespace yunzhi::http

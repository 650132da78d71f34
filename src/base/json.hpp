// JSON text in and out, within limits.
#pragma once

#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/result.hpp"

namespace yunzhi {

namespace json = boost::json;

/// Parses one JSON document (RFC 8259) of at most limits::json_depth levels. Invalid UTF-8, lone
/// surrogates, duplicate keys of one object, NUL characters and trailing text are refused.
Result<json::value> parse_json(std::string_view text);

/// The member's text, or an empty one when it is absent or no string.
std::string text_of(json::object const& object, std::string_view name);

}  // namespace yunzhi

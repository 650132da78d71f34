// Status codes: the reason phrase of the status line and a title people can read, in each language.
#pragma once

#include <string_view>

namespace yunzhi::http {

/// "Not Found"; empty for a code the product never sends.
std::string_view reason_of(int status);

/// The title of a problem in zh-CN, zh-TW or en.
std::string_view status_title(int status, std::string_view language);

}  // namespace yunzhi::http

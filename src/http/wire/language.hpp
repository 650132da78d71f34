// Which of the product's languages a reader wants.
#pragma once

#include <string_view>

namespace yunzhi::http {

/// zh-CN, zh-TW or en for an Accept-Language value (RFC 9110 section 12.5.4); zh-CN when none fits.
std::string_view preferred_language(std::string_view accepted);

}  // namespace yunzhi::http

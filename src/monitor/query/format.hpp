// Numbers as Prometheus writes and reads them.
#pragma once

#include <string>
#include <string_view>

namespace yunzhi::monitor {

/// The shortest text that reads back as the same number; "NaN", "+Inf", "-Inf". Very large and very small
/// numbers take an exponent, as in Prometheus' JSON.
std::string format_number(double value);

/// Decimal and exponent forms, hexadecimal floats excepted, and any case of inf, infinity and nan with a
/// sign.
bool parse_number(std::string_view text, double& value);

}  // namespace yunzhi::monitor

// Numbers as Prometheus writes and reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace yunzhi::monitor {

/// The shortest text that reads back as the same number; "NaN", "+Inf", "-Inf". Very large and very small
/// numbers take an exponent, as in Prometheus' JSON.
std::string format_number(double value);

/// As Go's %v and %g print a float64: an exponent from 1e21 on and below 1e-4.
std::string go_number(double value);
/// As Go's %q: printable UTF-8 stays, everything else is escaped.
std::string go_quoted(std::string_view text);
/// Never with an exponent.
std::string plain_number(double value);
/// A Prometheus duration: 1h30m, 500ms; "0s" for nothing.
std::string format_duration(std::int64_t ms);

/// Decimal and exponent forms, hexadecimal floats excepted, and any case of inf, infinity and nan with a
/// sign.
bool parse_number(std::string_view text, double& value);

}  // namespace yunzhi::monitor

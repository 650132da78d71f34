// OTLP's metrics message as JSON (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"), brought into
// the binary form that read_otlp() takes.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::monitor {

/// The fields that read_otlp() looks at; all others are left out, as the specification asks. Numbers may be
/// texts. Refused when the text is no JSON or a field has a value of another kind, with the field's name.
Result<std::string> otlp_from_json(std::string_view text);

/// ExportMetricsServiceResponse as JSON.
std::string otlp_json_answer(std::size_t refused, std::string_view reason);

}  // namespace yunzhi::monitor

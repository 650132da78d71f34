// The product's own log: one JSON object per line on standard error, safe against injected line breaks.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

namespace yunzhi::log {

using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

void info(std::string_view event, Fields fields = {});
void warning(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

/// Silences everything below errors, for command-line use and tests.
void quiet();

}  // namespace yunzhi::log

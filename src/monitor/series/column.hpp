// One series' samples as two columns of a block: times as differences of differences, values as whole numbers
// of a decimal scale where that is exact, else as XOR of neighbours. The bytes are laid out for zstd, which
// follows. Layout in docs/formats/monitor-series.md. Every double comes back bit by bit.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/series/sample.hpp"

namespace yunzhi::monitor {

using Times = std::vector<std::int64_t>;

/// Times must grow.
std::string packed_times(std::span<std::int64_t const> times);
std::string packed_values(std::span<double const> values);

/// False when the bytes are not `count` times or values.
bool unpack_times(std::string_view bytes, std::size_t count, Times& times);
bool unpack_values(std::string_view bytes, std::size_t count, std::vector<double>& values);
/// Only those from position `begin` until before `end`; longer columns need not be read from their beginning.
bool unpack_values(std::string_view bytes, std::size_t count, std::size_t begin, std::size_t end,
                   std::vector<double>& values);

}  // namespace yunzhi::monitor

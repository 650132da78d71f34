// The number of a series within the head.
#pragma once

#include <cstdint>

namespace yunzhi::monitor {

using SeriesId = std::uint32_t;

}  // namespace yunzhi::monitor

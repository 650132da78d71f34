// Any index and any column of a block; what is packed comes back.
#include <bit>
#include <cstring>

#include "monitor/series/block_index.hpp"
#include "monitor/series/column.hpp"

namespace {

void check_round_trip(std::vector<double> const& values) {
  using namespace yunzhi::monitor;
  std::vector<double> back;
  if (!unpack_values(packed_values(values), values.size(), back)) __builtin_trap();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::bit_cast<std::uint64_t>(values[i]) != std::bit_cast<std::uint64_t>(back[i])) __builtin_trap();
  }
  Times times;
  for (auto const value : values) times.push_back(std::bit_cast<std::int64_t>(value));
  Times times_back;
  if (!unpack_times(packed_times(times), times.size(), times_back) || times != times_back) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace yunzhi::monitor;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  BlockIndex index;
  if (read_index(bytes, index)) {
    for (auto const& entry : index.series) static_cast<void>(index.labels(entry));
  }
  std::vector<double> values;
  Times times;
  for (std::size_t const count : {std::size_t{1}, std::size_t{7}, std::size_t{500}}) {
    static_cast<void>(unpack_values(bytes, count, values));
    static_cast<void>(unpack_times(bytes, count, times));
  }
  values.resize(size / sizeof(double));
  std::memcpy(values.data(), data, values.size() * sizeof(double));
  check_round_trip(values);
  return 0;
}

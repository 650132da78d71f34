#include "monitor/ingest/remote_write_message.hpp"

#include <bit>

#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {

// TimeSeries { Label { name = 1, value = 2 } labels = 1, Sample { double value = 1, int64 timestamp = 2 }
// samples = 2 }
void put_remote_series(std::string& message, Labels const& labels, std::span<Sample const> samples) {
  std::string series;
  std::string inner;
  for (auto const& [name, value] : labels) {
    inner = '\x0a';
    put_text(inner, name);
    inner += '\x12';
    put_text(inner, value);
    series += '\x0a';
    put_text(series, inner);
  }
  for (auto const& sample : samples) {
    inner = '\x09';
    put_u64(inner, std::bit_cast<std::uint64_t>(sample.value));
    inner += '\x10';
    put_varint(inner, static_cast<std::uint64_t>(sample.at));
    series += '\x12';
    put_text(series, inner);
  }
  message += '\x0a';
  put_text(message, series);
}

}  // namespace yunzhi::monitor

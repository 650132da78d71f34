// libFuzzer entry: any bytes as a query are parsed or refused; what is parsed is written back as the same
// query and answered over a few series, instantly and over a range, within small limits.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "monitor/query/print.hpp"
#include "monitor/query/query.hpp"
#include "monitor/series/memory_source.hpp"

namespace {

using namespace yunzhi::monitor;

void add_series(MemorySource& source) {
  for (std::int64_t i = 0; i < 30; ++i) {
    auto const value = static_cast<double>(i % 11) * 1.5;
    source.add(Labels{{"__name__", "a"}, {"x", "1"}}, {i * 30'000, value});
    source.add(Labels{{"__name__", "a"}, {"x", "2"}}, {i * 45'000, i == 7 ? stale_marker() : -value});
    source.add(Labels{{"__name__", "b_bucket"}, {"le", i % 2 == 0 ? "1" : "+Inf"}}, {i * 30'000, value});
    source.add(Labels{{"__name__", "target_info"}, {"instance", "i"}, {"job", "j"}}, {i * 60'000, 1});
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const query = parse_query(text);
  if (!query) return 0;
  auto const printed = print_query(**query);
  auto const again = parse_query(printed);
  if (!again || print_query(**again) != printed) std::abort();
  MemorySource source;
  add_series(source);
  QueryLimits limits;
  limits.samples = 20'000;
  limits.bytes = 4 << 20;
  limits.time = std::chrono::milliseconds(500);
  (void)run_instant(source, **query, 600'000, limits).has_value();
  (void)run_range(source, **query, {0, 900'000, 90'000}, limits).has_value();
  return 0;
}

// Any page, in both formats: it is taken apart or refused.
#include "monitor/ingest/text_import.hpp"
#include "monitor/scrape/exposition.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace yunzhi::monitor;
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  static_cast<void>(parse_exposition(text, 1'700'000'000'000, ScrapeLimits{}));
  static_cast<void>(parse_exposition(text, 1'700'000'000'000, ScrapeLimits{}, true));
  auto const import = read_text_import(text, 1'700'000'000'000, KeyMaker({1, 2}), IngestLimits{});
  if (!import) return 0;
  for (std::size_t i = 0; i < import->incoming.series.size(); ++i)
    static_cast<void>(import->incoming.labels(i));
  return 0;
}

// Any record of the log, and any frame of a snapshot.
#include "monitor/series/log_record.hpp"
#include "monitor/series/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace yunzhi::monitor;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  static_cast<void>(read_record(bytes));
  Head head;
  for (auto const* text : {"__name__", "up", "job", "node"}) head.add(Labels{{"__name__", text}});
  Cursor texts(bytes);
  static_cast<void>(head.load_texts(texts));
  Cursor series(bytes);
  static_cast<void>(head.load_series(series));
  Samples samples;
  for (SeriesId id = 0; id < head.size(); ++id) {
    for (auto const& chunk : head.chunks(id, INT64_MIN, INT64_MAX))
      chunk->read(INT64_MIN, INT64_MAX, samples);
    head.late(id, INT64_MIN, INT64_MAX, samples);
  }
  return 0;
}

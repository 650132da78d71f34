// Any pushed body: remote_write of both versions, snappy and OTLP.
#include "monitor/ingest/otlp.hpp"
#include "monitor/ingest/remote_write.hpp"
#include "monitor/ingest/snappy.hpp"

namespace {

void take(std::string_view message, yunzhi::monitor::RemoteWriteVersion version) {
  using namespace yunzhi::monitor;
  auto const read = read_remote_write(message, version, KeyMaker({1, 2}), IngestLimits{});
  if (!read) return;
  for (std::size_t i = 0; i < read->incoming.series.size(); ++i) static_cast<void>(read->incoming.labels(i));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace yunzhi::monitor;
  std::string_view const message(reinterpret_cast<char const*>(data), size);
  take(message, RemoteWriteVersion::one);
  take(message, RemoteWriteVersion::two);
  static_cast<void>(read_otlp(message, IngestLimits{}));
  if (auto const unpacked = unsnap(message, 1 << 20)) take(*unpacked, RemoteWriteVersion::one);
  if (unsnap(snap(message), size).value() != message) __builtin_trap();
  return 0;
}

// Any block of log lines and any record of a store's tail: read or refused.
#include "monitor/log/log_block.hpp"

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  using namespace yunzhi::monitor;
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  static_cast<void>(read_log_head(bytes));
  if (auto const lines = read_log_lines(bytes)) {
    // What was read and is written in columns reads as the same lines.
    auto const rows = LogRows::read(log_columns(*lines));
    if (!rows || rows->rows().size() != lines->size()) __builtin_trap();
    for (std::size_t i = 0; i < lines->size(); ++i) {
      if (rows->line(rows->rows()[i]) != (*lines)[i]) __builtin_trap();
    }
  }
  auto const rows = LogRows::read(std::string(bytes));
  if (!rows) return 0;
  for (auto const& row : rows->rows()) static_cast<void>(rows->line(row));
  return 0;
}

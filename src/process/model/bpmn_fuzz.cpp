// Fuzz target for process files: whatever the bytes are, reading them ends with a definition or a refusal.
// Build with clang: -fsanitize=fuzzer,address,undefined.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "process/model/definition.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  (void)yunzhi::process::read_definition({reinterpret_cast<char const*>(data), size});
  return 0;
}

// Fuzz target for process files: whatever the bytes are, reading them ends with a definition or a refusal, a
// file that was read prints again to the same bytes twice, and its processes can be started and walked.
// Build with clang: -fsanitize=fuzzer,address,undefined.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "process/model/model.hpp"
#include "process/simulation/simulation.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

void walk(std::string_view xml, Model const& model) {
  Simulation simulation(from_ms(1'793'577'600'000));
  if (!simulation.add(xml)) std::abort();
  for (auto const& process : model.processes) {
    auto answer = simulation.tell(json::object{{"start", process.key}});
    for (int step = 0; step < 8; ++step) {
      auto const open = answer.at("open").get_array();
      if (open.empty() || open.size() > 100) break;
      answer = simulation.tell(json::object{{"complete", open.front()}});
    }
    if (!simulation.tell(json::object{{"save_restore", true}}).at("error").is_null()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const xml(reinterpret_cast<char const*>(data), size);
  auto const model = read_model(xml, Strictness::run);
  (void)read_definition(xml).has_value();
  auto const once = round_trip(xml);
  if (once && round_trip(*once).value() != *once) std::abort();
  if (model) walk(xml, *model);
  return 0;
}

// libFuzzer entry: any bytes as a rule file or a template are read or refused, and a template that was read
// is filled in.
#include <cstddef>
#include <cstdint>
#include <string>

#include "monitor/alert/rule.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace yunzhi::monitor;
  std::string const text(reinterpret_cast<char const*>(data), size);
  (void)parse_rules(text, "fuzz.yaml").has_value();
  auto const made = Template::make(text);
  if (!made) return 0;
  Labels const labels{{"instance", "db1:9100"}, {"job", "node"}};
  (void)made->fill({labels, 1.5, {}, "", {}});
  return 0;
}

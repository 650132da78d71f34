// How many conditions a core decides in a second, compiled once: feel-bench [seconds per condition].
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "process/expression.hpp"

namespace {

using namespace yunzhi;
using Seconds = std::chrono::duration<double>;

void measure(char const* text, json::object const& variables, double seconds) {
  auto const condition = process::Expression::compile(text);
  if (!condition) {
    std::printf("%s: %s\n", text, condition.error().english().c_str());
    std::exit(1);
  }
  process::Moment const moment{from_ms(1'800'000'000'000), {}};
  constexpr int batch = 10'000;
  std::int64_t count = 0;
  std::int64_t held = 0;
  auto const start = std::chrono::steady_clock::now();
  Seconds passed{};
  while (passed.count() < seconds) {
    for (int i = 0; i < batch; ++i) held += condition->decide(variables, moment).value() ? 1 : 0;
    count += batch;
    passed = std::chrono::steady_clock::now() - start;
  }
  std::printf("%-60s %10.0f /s  (%lld of %lld held)\n", text, static_cast<double>(count) / passed.count(),
              static_cast<long long>(held), static_cast<long long>(count));
}

}  // namespace

int main(int count, char** arguments) {
  double const seconds = count > 1 ? std::atof(arguments[1]) : 2;
  json::object const variables{{"a", 7},
                               {"b", "x"},
                               {"amount", 1200.5},
                               {"system", {{"name", "HIS"}, {"tier", 1}}},
                               {"tags", json::array{"net", "db", "urgent"}}};
  for (auto const* text : {"a > 5", "a > 5 and b = \"x\"", "system.tier <= 2 and system.name = \"HIS\"",
                           "amount between 1000 and 5000", "b in (\"x\", \"y\")", "\"db\" in tags",
                           "a * 2 + 1 > 10", "count(tags[item != \"db\"]) = 2"})
    measure(text, variables, seconds);
  return 0;
}

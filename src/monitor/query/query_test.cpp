#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "monitor/query/script.hpp"

using namespace yunzhi::monitor;

TEST_CASE("the engine answers every query script as written") {
  std::size_t files = 0;
  for (auto const& entry :
       std::filesystem::directory_iterator(std::string(YUNZHI_SOURCE) + "/tests/monitor")) {
    if (entry.path().extension() != ".test") continue;
    ++files;
    CAPTURE(entry.path().filename().string());
    std::ifstream in(entry.path());
    auto const report = run_script(std::string(std::istreambuf_iterator<char>(in), {}));
    REQUIRE_MESSAGE(report.has_value(), (report ? "" : report.error().english()));
    for (auto const& failure : report->failures) FAIL_CHECK(failure);
    CHECK(report->passed > 0);
  }
  CHECK(files >= 5);
}

TEST_CASE("a script that expects something else fails") {
  auto const report =
      run_script("load 1m\n  a 1 2 3\n\neval instant at 1m a\n  a 3\n\neval instant at 1m a\n  a 2\n");
  REQUIRE(report.has_value());
  CHECK(report->passed == 1);
  CHECK(report->failures.size() == 1);
}

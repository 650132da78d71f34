#include "app/configuration.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::app;

namespace {

Result<> read(std::string const& text, Configuration& configuration) {
  store::TemporaryFolder const folder;
  auto const file = folder.path() + "/yunzhi.toml";
  std::ofstream(file) << text;
  return read_configuration(file, configuration);
}

}  // namespace

TEST_CASE("settings of each table reach the configuration") {
  Configuration configuration;
  REQUIRE(read("[web]\norigin = \"https://ops.example.org\"\n[monitor]\nscrape_interval = "
               "\"PT5S\"\nprometheus_file = \"p.yml\"\n"
               "[mail]\nurl = \"smtp://127.0.0.1:2525\"\nfrom = \"ops@example.org\"\n",
               configuration)
              .has_value());
  CHECK(configuration.origin == "https://ops.example.org");
  CHECK(configuration.scrape_interval == std::chrono::seconds{5});
  CHECK(configuration.prometheus_file == "p.yml");
  REQUIRE(configuration.channels.smtp.has_value());
  CHECK(configuration.channels.smtp->from == "ops@example.org");
}

TEST_CASE("a mistake is named with its line") {
  for (auto const* text : {"\n[wev]\norigin = \"x\"\n", "\n[web]\norigins = \"x\"\n",
                           "\n[monitor]\nscrape_interval = 5\n", "\n[web\n"}) {
    Configuration configuration;
    auto const done = read(text, configuration);
    REQUIRE_MESSAGE(done.has_error(), text);
    CHECK_MESSAGE(done.error().faults.front().field.find(".toml:") != std::string::npos, text);
  }
}

TEST_CASE("an address to listen at has a host and a port") {
  CHECK(parse_listen("127.0.0.1:8080").value() == std::pair<std::string, std::uint16_t>("127.0.0.1", 8080));
  CHECK(parse_listen("[::1]:0").value().first == "::1");
  for (auto const* text : {"", "8080", ":80", "host:", "host:99999", "host:8x"})
    CHECK(parse_listen(text).has_error());
}

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

TEST_CASE("receivers of alerts have Alertmanager's times unless they say others") {
  Configuration configuration;
  REQUIRE(read("[monitor]\nheartbeat_url = \"https://beat.test/1\"\n[[alert_receivers]]\nname = \"desk\"\n"
               "url = \"https://desk.test\"\nsecret = \"s\"\ngroup_by = [\"alertname\", \"job\"]\n"
               "group_wait = \"PT5S\"\nsend_resolved = false\n",
               configuration)
              .has_value());
  CHECK(configuration.heartbeat_url == "https://beat.test/1");
  REQUIRE(configuration.channels.alert_receivers.size() == 1);
  auto const& receiver = configuration.channels.alert_receivers.front();
  CHECK(receiver.group_by == std::vector<std::string>{"alertname", "job"});
  CHECK(receiver.group_wait == std::chrono::seconds{5});
  CHECK(receiver.group_interval == std::chrono::minutes{5});
  CHECK(receiver.repeat_interval == std::chrono::hours{4});
  CHECK(!receiver.send_resolved);
  for (auto const* wrong : {"[[alert_receivers]]\nname = \"a\"\nurl = \"ftp://x\"\n",
                            "[[alert_receivers]]\nurl = \"https://x\"\n",
                            "[[alert_receivers]]\nname = \"a\"\nurl = \"https://x\"\ngroup_by = [1]\n",
                            "[alert_receivers]\nname = \"a\"\n", "[monitor]\nheartbeat_url = \"x\"\n"}) {
    Configuration other;
    CHECK_MESSAGE(read(wrong, other).has_error(), wrong);
  }
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

TEST_CASE("what is said of logs reaches the configuration, with what is counted and where syslog is taken") {
  Configuration configuration;
  REQUIRE(read("[logs]\nretention = \"P7D\"\nretention_bytes = 1000\nutc_offset_minutes = -60\n"
               "[[syslog]]\ntransport = \"udp\"\nlisten = \"127.0.0.1:514\"\n"
               "[[syslog]]\ntransport = \"tls\"\nlisten = \"[::]:6514\"\ncertificate_file = \"c\"\nkey_file "
               "= \"k\"\n"
               "[[log_patterns]]\nname = \"disk\"\npattern = \"I/O error\"\nlabels = [\"host\", \"disk\"]\n",
               configuration)
              .has_value());
  auto const& logs = configuration.logs;
  CHECK(logs.retention == std::chrono::days{7});
  CHECK(logs.retention_bytes == 1000);
  CHECK(logs.zone == std::chrono::hours{-1});
  REQUIRE(logs.syslog.size() == 2);
  CHECK(logs.syslog[0].transport == monitor::SyslogTransport::udp);
  CHECK(logs.syslog[0].port == 514);
  CHECK(logs.syslog[1].host == "::");
  CHECK(logs.syslog[1].key_file == "k");
  REQUIRE(logs.patterns.size() == 1);
  CHECK(logs.patterns[0].labels == std::vector<std::string>{"host", "disk"});
  CHECK(Configuration{}.logs.zone == std::chrono::hours{8});
}

TEST_CASE("a mistake in what is said of logs is named with its line") {
  for (auto const* text :
       {"\n[[syslog]]\ntransport = \"smoke\"\nlisten = \"127.0.0.1:514\"\n",
        "\n[[syslog]]\ntransport = \"udp\"\nlisten = \"514\"\n", "\n[syslog]\ntransport = \"udp\"\n",
        "\n[[syslog]]\ntransport = \"tls\"\nlisten = \"127.0.0.1:514\"\n",
        "\n[[log_patterns]]\nname = \"a\"\nlabels = [7]\n",
        "\n[[log_patterns]]\nname = \"a\"\nlabels = \"host\"\n", "\n[logs]\nretention = 5\n",
        "\n[logs]\nutc_offset_minutes = 9000\n", "\nlogs = 7\n"}) {
    Configuration configuration;
    auto const done = read(text, configuration);
    REQUIRE_MESSAGE(done.has_error(), text);
    CHECK_MESSAGE(done.error().faults.front().field.find(".toml:") != std::string::npos, text);
  }
}

TEST_CASE("a file of logs alone has no other tables") {
  store::TemporaryFolder const folder;
  auto const file = folder.path() + "/logs.toml";
  monitor::LogOptions options;
  std::ofstream(file) << "[logs]\nretention = \"P1D\"\n";
  REQUIRE(read_log_configuration(file, options).has_value());
  CHECK(options.retention == std::chrono::days{1});
  std::ofstream(file) << "[web]\norigin = \"x\"\n";
  CHECK(read_log_configuration(file, options).has_error());
}

TEST_CASE("an address to listen at has a host and a port") {
  CHECK(parse_listen("127.0.0.1:8080").value() == std::pair<std::string, std::uint16_t>("127.0.0.1", 8080));
  CHECK(parse_listen("[::1]:0").value().first == "::1");
  for (auto const* text : {"", "8080", ":80", "host:", "host:99999", "host:8x"})
    CHECK(parse_listen(text).has_error());
}

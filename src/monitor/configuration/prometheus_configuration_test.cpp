#include "monitor/prometheus_configuration.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "monitor/scrape/discovery.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("yunzhi-configuration-" + new_id(wall_clock()));
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(Folder const&) = delete;
  Folder& operator=(Folder const&) = delete;

  std::filesystem::path write(std::string const& name, std::string const& text) const {
    std::ofstream(path / name) << text;
    return path / name;
  }
};

}  // namespace

TEST_CASE("a Prometheus configuration gives targets with their settings") {
  Folder folder;
  folder.write("secret", "pass word\n");
  folder.write("hosts.json", R"([{"targets": ["c:1"], "labels": {"zone": "n"}}])");
  auto const read = read_prometheus_configuration(folder.write("prometheus.yml", R"(
global: {scrape_interval: 30s, evaluation_interval: 1m, rule_query_offset: 2m, external_labels: {site: a}}
scrape_configs:
  - job_name: node
    metrics_path: /probe
    scheme: https
    params: {module: [http_2xx]}
    honor_labels: true
    sample_limit: 500
    body_size_limit: 10MB
    basic_auth: {username: me, password_file: secret}
    tls_config: {insecure_skip_verify: true, ca_file: ca.pem}
    static_configs: [{targets: ['a:9100', 'b:9100'], labels: {unit: ICU}}]
    file_sd_configs: [{files: ['host*.json']}]
    relabel_configs:
      - {source_labels: [__address__], regex: 'b:.*', action: drop}
      - {source_labels: [__address__], target_label: __param_target}
      - {source_labels: [__param_target], target_label: instance}
    metric_relabel_configs: [{source_labels: [__name__], regex: 'go_.*', action: drop}]
)"));
  REQUIRE_MESSAGE(read.has_value(), (read ? std::string() : read.error().english()));
  CHECK(read->warnings.empty());
  CHECK(read->scrape_interval == Milliseconds{30'000});
  CHECK(read->rule_query_offset == Milliseconds{120'000});
  CHECK(read->external_labels.get("site") == "a");
  Discovery discovery(read->jobs);
  auto const targets = discovery.targets();
  REQUIRE(targets.size() == 2);
  CHECK(targets[0].url() == "https://a:9100/probe?module=http_2xx&target=a%3A9100");
  CHECK(targets[0].shown_instance() == "a:9100");
  CHECK(targets[0].labels == Labels{{"unit", "ICU"}});
  CHECK(targets[0].settings->authorization == "Basic bWU6cGFzcyB3b3Jk");
  CHECK(targets[0].settings->body_bytes == 10U << 20U);
  CHECK(targets[0].settings->samples == 500);
  CHECK(targets[0].settings->metric_relabel.size() == 1);
  CHECK_FALSE(targets[0].settings->tls.verify);
  CHECK(targets[0].settings->tls.ca_file == folder.path / "ca.pem");
  CHECK(targets[1].labels == Labels{{"zone", "n"}});
  CHECK(targets == discovery.targets());
}

TEST_CASE("keys without effect are named with their place") {
  Folder folder;
  auto const read = read_prometheus_configuration(folder.write("p.yml", R"(global: {query_log_file: x}
scrape_configs:
  - job_name: k
    kubernetes_sd_configs: [{role: pod}]
remote_write: [{url: 'http://x', queue_config: {capacity: 1}}]
)"));
  REQUIRE(read.has_value());
  REQUIRE(read->warnings.size() == 3);
  CHECK(read->warnings[0].find("p.yml:1: global.query_log_file is not supported") != std::string::npos);
  CHECK(read->warnings[1].find("p.yml:4: scrape_configs[k].kubernetes_sd_configs") != std::string::npos);
  CHECK(read->warnings[2].find("queue_config has no effect") != std::string::npos);
}

TEST_CASE("where samples and alerts are sent on to is read from the configuration") {
  Folder folder;
  auto const read =
      read_prometheus_configuration(folder.write("p.yml", R"(global: {external_labels: {site: x}}
alerting:
  alert_relabel_configs: [{action: labeldrop, regex: replica}]
  alertmanagers:
    - scheme: https
      path_prefix: /am
      authorization: {credentials: secret}
      static_configs: [{targets: ['a:9093', 'b:9093']}]
remote_write:
  - url: http://store:8428/api/v1/write
    basic_auth: {username: me, password: word}
    write_relabel_configs: [{source_labels: [__name__], regex: up, action: keep}]
)"));
  REQUIRE_MESSAGE(read.has_value(), read.error().english());
  CHECK(read->warnings.empty());
  REQUIRE(read->alertmanagers.size() == 2);
  CHECK(read->alertmanagers[1].url == "https://b:9093/am");
  CHECK(read->alertmanagers[1].settings->authorization == "Bearer secret");
  CHECK(read->alert_relabel.size() == 1);
  REQUIRE(read->remote_writes.size() == 1);
  CHECK(read->remote_writes[0].url == "http://store:8428/api/v1/write");
  CHECK(read->remote_writes[0].settings->authorization == "Basic bWU6d29yZA==");
  CHECK(read->remote_writes[0].relabel.size() == 1);
  auto const wrong = read_prometheus_configuration(folder.write("w.yml", R"(remote_write: [{url: store}]
alerting: {alertmanagers: [{api_version: v1}]}
)"));
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().english().find("must begin with http:// or https://") != std::string::npos);
  CHECK(wrong.error().english().find("must be v2, not v1") != std::string::npos);
}

TEST_CASE("what is read from, and how many exemplars are kept, is read from the configuration") {
  Folder folder;
  auto const read =
      read_prometheus_configuration(folder.write("p.yml", R"(storage: {exemplars: {max_exemplars: 5}}
remote_read:
  - url: https://mimir:8080/prometheus/api/v1/read
    name: mimir
    bearer_token: secret
    remote_timeout: 10s
    read_recent: true
    filter_external_labels: false
    required_matchers: {room: "1"}
    tls_config: {insecure_skip_verify: true}
  - url: http://store:9090/
)"));
  REQUIRE_MESSAGE(read.has_value(), read.error().english());
  CHECK(read->warnings.empty());
  CHECK(read->exemplars == 5);
  REQUIRE(read->reading.size() == 2);
  auto const& place = read->reading[0];
  CHECK(place.url == "https://mimir:8080/prometheus");
  CHECK(place.settings->authorization == "Bearer secret");
  CHECK_FALSE(place.settings->tls.verify);
  CHECK(place.timeout == Milliseconds{10'000});
  CHECK(place.read_recent);
  CHECK_FALSE(place.external_labels);
  CHECK(place.required_matchers == std::vector{std::pair<std::string, std::string>("room", "1")});
  CHECK(read->reading[1].url == "http://store:9090");
  CHECK_FALSE(read->reading[1].read_recent);
  auto const wrong = read_prometheus_configuration(folder.write("w.yml", "remote_read: [{url: store}]\n"));
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().english().find("must begin with http:// or https://") != std::string::npos);
}

TEST_CASE("every mistake of a configuration is told at once, with its line") {
  Folder folder;
  auto const read = read_prometheus_configuration(folder.write("p.yml", R"(global: {scrape_interval: often}
scrape_configs:
  - job_name: a
    sample_limit: many
    relabel_configs: [{action: explode}]
)"));
  REQUIRE_FALSE(read.has_value());
  REQUIRE(read.error().faults.size() >= 3);
  CHECK(read.error().english().find("p.yml:1") != std::string::npos);
  CHECK(read.error().english().find("p.yml:4") != std::string::npos);
  CHECK(read.error().english().find("is unknown: explode") != std::string::npos);
  CHECK_FALSE(read_prometheus_configuration(folder.path / "missing.yml").has_value());
  CHECK_FALSE(read_prometheus_configuration(folder.write("bad.yml", "a: [")).has_value());
}

TEST_CASE("a file of targets that becomes unreadable leaves the former targets") {
  Folder folder;
  auto const file = folder.write("t.json", R"([{"targets": ["a:1"]}])");
  ScrapeJob job;
  job.name = "j";
  job.files = {file};
  Discovery discovery({std::make_shared<ScrapeJob const>(job)});
  CHECK(discovery.targets().size() == 1);
  folder.write("t.json", "[{");
  std::filesystem::last_write_time(file,
                                   std::filesystem::file_time_type::clock::now() + std::chrono::seconds(5));
  CHECK(discovery.targets().size() == 1);
  std::filesystem::remove(file);
  CHECK(discovery.targets().size() == 1);
}

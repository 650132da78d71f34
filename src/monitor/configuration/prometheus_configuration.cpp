#include "monitor/prometheus_configuration.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include <openssl/evp.h>

#include "monitor/configuration/yaml_reader.hpp"
#include "monitor/scrape/discovery.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view read_path = "/api/v1/read";
constexpr std::size_t file_bytes = 4 << 20;
// The last six are our own: see monitor/probe/probe.hpp.
constexpr std::array<std::string_view, 8> schemes = {"http",      "https",     "probe-http", "probe-https",
                                                     "probe-tcp", "probe-tls", "probe-dns",  "probe-icmp"};

std::string base64(std::string_view text) {
  std::string result((text.size() + 2) / 3 * 4 + 1, '\0');
  auto const size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(result.data()),
                      reinterpret_cast<unsigned char const*>(text.data()), static_cast<int>(text.size()));
  result.resize(static_cast<std::size_t>(size));
  return result;
}

std::string trimmed(std::string text) {
  while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos)
    text.pop_back();
  return text;
}

class ConfigurationReader {
 public:
  explicit ConfigurationReader(std::filesystem::path path) : path_(std::move(path)) {
    findings_.file = path_.string();
  }

  Result<PrometheusConfiguration> run(YAML::Node const& root) {
    {
      YamlMap top(root, "", findings_);
      global(top.node("global"));
      for (auto const& each : top.texts("rule_files")) {
        for (auto& file : files_matching(beside(each))) result_.rule_files.push_back(std::move(file));
      }
      for (auto const& each : top.list("scrape_configs")) job(each);
      alerting(top.node("alerting"));
      for (auto const& each : top.list("remote_write")) remote_write(each);
      for (auto const& each : top.list("remote_read")) remote_read(each);
      storage(top.node("storage"));
    }
    if (!findings_.faults.empty()) return Refusal{Why::invalid, std::move(findings_.faults)};
    result_.warnings = std::move(findings_.warnings);
    return std::move(result_);
  }

 private:
  // Relative paths are meant from the configuration's folder, as Prometheus has it.
  [[nodiscard]] std::filesystem::path beside(std::string const& text) const {
    std::filesystem::path const path(text);
    return text.empty() || path.is_absolute() ? path : path_.parent_path() / path;
  }

  std::string secret_file(YamlMap& map, std::string_view key) {
    auto const path = beside(map.text(key));
    std::ifstream file(path, std::ios::binary);
    if (!file) map.wrong(key, "names a file that cannot be read: " + path.string());
    return trimmed(std::string((std::istreambuf_iterator<char>(file)), {}));
  }

  std::string secret(YamlMap& map, std::string_view key, std::string_view file_key) {
    return map.has(file_key) ? secret_file(map, file_key) : map.text(key);
  }

  void global(YAML::Node const& node) {
    YamlMap map(node, "global", findings_);
    result_.scrape_interval = map.duration("scrape_interval", result_.scrape_interval);
    result_.scrape_timeout =
        std::min(map.duration("scrape_timeout", result_.scrape_timeout), result_.scrape_interval);
    result_.evaluation_interval = map.duration("evaluation_interval", result_.evaluation_interval);
    result_.rule_query_offset = map.duration("rule_query_offset", result_.rule_query_offset);
    for (auto& [name, value] : map.pairs("external_labels")) result_.external_labels.set(name, value);
    defaults_.body_bytes = map.size("body_size_limit", 0);
    defaults_.samples = map.count("sample_limit", 0);
    defaults_.labels = map.count("label_limit", 0);
    defaults_.name_bytes = map.count("label_name_length_limit", 0);
    defaults_.value_bytes = map.count("label_value_length_limit", 0);
    target_limit_ = map.count("target_limit", 0);
  }

  void job(YAML::Node const& node) {
    auto const name_node = node.IsMap() ? node["job_name"] : YAML::Node();
    auto const name = name_node.IsDefined() && name_node.IsScalar() ? name_node.Scalar() : std::string();
    YamlMap map(node, name.empty() ? "scrape_configs" : "scrape_configs[" + name + "]", findings_);
    ScrapeJob job;
    job.name = map.text("job_name");
    if (job.name.empty()) map.wrong("job_name", "is needed");
    job.path = map.text("metrics_path", "/metrics");
    job.parameters = map.pairs("params");
    job.target_limit = map.count("target_limit", target_limit_);
    job.relabel = relabel_steps(map, "relabel_configs");
    auto settings = client(map);
    settings.interval = map.duration("scrape_interval", result_.scrape_interval);
    settings.timeout = std::min(map.duration("scrape_timeout", result_.scrape_timeout), settings.interval);
    settings.honor_labels = map.truth("honor_labels", false);
    settings.honor_timestamps = map.truth("honor_timestamps", true);
    settings.metric_relabel = relabel_steps(map, "metric_relabel_configs");
    settings.body_bytes = map.size("body_size_limit", defaults_.body_bytes);
    settings.samples = map.count("sample_limit", defaults_.samples);
    settings.labels = map.count("label_limit", defaults_.labels);
    settings.name_bytes = map.count("label_name_length_limit", defaults_.name_bytes);
    settings.value_bytes = map.count("label_value_length_limit", defaults_.value_bytes);
    job.settings = std::make_shared<ScrapeSettings const>(std::move(settings));
    discoveries(map, job);
    result_.jobs.push_back(std::make_shared<ScrapeJob const>(std::move(job)));
  }

  void discoveries(YamlMap& map, ScrapeJob& job) {
    for (auto const& node : map.list("static_configs")) {
      YamlMap group(node, map.path() + ".static_configs", findings_);
      auto& made = job.groups.emplace_back();
      made.addresses = group.texts("targets");
      for (auto& [name, value] : group.pairs("labels")) made.labels.set(name, value);
    }
    for (auto const& node : map.list("file_sd_configs")) {
      YamlMap files(node, map.path() + ".file_sd_configs", findings_);
      for (auto const& each : files.texts("files")) {
        if (!each.ends_with(".json")) files.wrong("files", "may name JSON files alone, not " + each);
        job.files.push_back(beside(each));
      }
      files.without_effect("refresh_interval", "files are looked at every few seconds");
    }
    for (auto const& node : map.list("http_sd_configs")) {
      YamlMap from(node, map.path() + ".http_sd_configs", findings_);
      HttpDiscovery discovery;
      discovery.url = from.text("url");
      discovery.refresh = from.duration("refresh_interval", discovery.refresh);
      discovery.settings = std::make_shared<ScrapeSettings const>(client(from));
      bool const known = discovery.url.starts_with("http://") || discovery.url.starts_with("https://");
      if (!known) from.wrong("url", "must begin with http:// or https://");
      job.urls.push_back(std::move(discovery));
    }
  }

  void alerting(YAML::Node const& node) {
    YamlMap map(node, "alerting", findings_);
    result_.alert_relabel = relabel_steps(map, "alert_relabel_configs");
    for (auto const& each : map.list("alertmanagers")) {
      YamlMap manager(each, "alerting.alertmanagers", findings_);
      auto const settings = std::make_shared<ScrapeSettings const>(client(manager));
      auto const prefix = manager.text("path_prefix", "");
      auto const timeout = manager.duration("timeout", Milliseconds{10'000});
      if (auto const version = manager.text("api_version", "v2"); version != "v2")
        manager.wrong("api_version", "must be v2, not " + version);
      for (auto const& group : manager.list("static_configs")) {
        YamlMap targets(group, "alerting.alertmanagers.static_configs", findings_);
        for (auto const& address : targets.texts("targets"))
          result_.alertmanagers.push_back(
              {settings->scheme + "://" + address + prefix, settings, timeout, {}});
      }
    }
  }

  void remote_write(YAML::Node const& node) {
    YamlMap map(node, "remote_write", findings_);
    Destination destination;
    destination.url = map.text("url");
    bool const known = destination.url.starts_with("http://") || destination.url.starts_with("https://");
    if (!known) map.wrong("url", "must begin with http:// or https://");
    auto settings = client(map);
    settings.scheme = destination.url.substr(0, destination.url.find(':'));
    destination.settings = std::make_shared<ScrapeSettings const>(std::move(settings));
    destination.timeout = map.duration("remote_timeout", destination.timeout);
    destination.relabel = relabel_steps(map, "write_relabel_configs");
    static_cast<void>(map.text("name"));
    map.without_effect("queue_config", "the queue holds 500,000 samples and sends 5,000 at once");
    map.without_effect("metadata_config", "types and help texts are not sent on");
    result_.remote_writes.push_back(std::move(destination));
  }

  // The API is what is spoken, not the protocol of remote_read, so its path is taken off.
  void remote_read(YAML::Node const& node) {
    YamlMap map(node, "remote_read", findings_);
    ReadingPlace place;
    place.url = map.text("url");
    bool const known = place.url.starts_with("http://") || place.url.starts_with("https://");
    if (!known) map.wrong("url", "must begin with http:// or https://");
    while (place.url.ends_with('/')) place.url.pop_back();
    if (place.url.ends_with(read_path)) place.url.resize(place.url.size() - read_path.size());
    auto settings = client(map);
    settings.scheme = place.url.substr(0, place.url.find(':'));
    place.settings = std::make_shared<ScrapeSettings const>(std::move(settings));
    place.timeout = map.duration("remote_timeout", place.timeout);
    place.read_recent = map.truth("read_recent", place.read_recent);
    place.external_labels = map.truth("filter_external_labels", place.external_labels);
    place.required_matchers = map.pairs("required_matchers");
    static_cast<void>(map.text("name"));
    result_.reading.push_back(std::move(place));
  }

  void storage(YAML::Node const& node) {
    YamlMap map(node, "storage", findings_);
    YamlMap exemplars(map.node("exemplars"), "storage.exemplars", findings_);
    result_.exemplars = exemplars.count("max_exemplars", result_.exemplars);
  }

  ScrapeSettings client(YamlMap& map) {
    ScrapeSettings settings;
    settings.scheme = map.text("scheme", "http");
    if (std::find(schemes.begin(), schemes.end(), settings.scheme) == schemes.end())
      map.wrong("scheme", "must be http, https or one of the probes, not " + settings.scheme);
    if (map.has("basic_auth")) {
      YamlMap basic(map.node("basic_auth"), map.path() + ".basic_auth", findings_);
      auto const user = secret(basic, "username", "username_file");
      settings.authorization = "Basic " + base64(user + ':' + secret(basic, "password", "password_file"));
    }
    if (map.has("authorization")) {
      YamlMap given(map.node("authorization"), map.path() + ".authorization", findings_);
      settings.authorization =
          given.text("type", "Bearer") + ' ' + secret(given, "credentials", "credentials_file");
    }
    if (map.has("bearer_token") || map.has("bearer_token_file"))
      settings.authorization = "Bearer " + secret(map, "bearer_token", "bearer_token_file");
    if (map.has("tls_config")) {
      YamlMap tls(map.node("tls_config"), map.path() + ".tls_config", findings_);
      settings.tls.ca_file = beside(tls.text("ca_file"));
      settings.tls.certificate_file = beside(tls.text("cert_file"));
      settings.tls.key_file = beside(tls.text("key_file"));
      settings.tls.server_name = tls.text("server_name");
      settings.tls.verify = !tls.truth("insecure_skip_verify", false);
    }
    return settings;
  }

  std::vector<RelabelStep> relabel_steps(YamlMap& map, std::string_view key) {
    std::vector<RelabelStep> steps;
    for (auto const& node : map.list(key)) {
      YamlMap given(node, map.path() + '.' + std::string(key), findings_);
      RelabelStep step;
      auto const action = given.text("action", "replace");
      if (!read_action(action, step.action)) given.wrong("action", "is unknown: " + action);
      step.source_labels = given.texts("source_labels");
      step.separator = given.text("separator", ";");
      step.target_label = given.text("target_label");
      step.replacement = given.text("replacement", "$1");
      step.modulus = given.count("modulus", 0);
      auto checked = checked_step(std::move(step), given.text("regex", "(.*)"));
      if (checked) {
        steps.push_back(std::move(*checked));
      } else {
        given.wrong(checked.error().faults[0].field, checked.error().faults[0].english());
      }
    }
    return steps;
  }

  std::filesystem::path path_;
  YamlFindings findings_;
  PrometheusConfiguration result_;
  ScrapeSettings defaults_;
  std::size_t target_limit_ = 0;
};

}  // namespace

Result<PrometheusConfiguration> read_prometheus_configuration(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return refuse(Why::missing, path.string(), "the file cannot be read");
  std::string const text((std::istreambuf_iterator<char>(file)), {});
  if (text.size() > file_bytes)
    return refuse(Why::too_large, path.string(), "the file is longer than {} bytes", file_bytes);
  try {
    auto read = ConfigurationReader(path).run(YAML::Load(text));
    if (read) read->text = text;
    return read;
  } catch (YAML::Exception const& problem) {
    return refuse(Why::invalid, path.string() + ":" + std::to_string(problem.mark.line + 1), "{}",
                  problem.msg);
  }
}

}  // namespace yunzhi::monitor

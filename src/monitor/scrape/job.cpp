#include "monitor/scrape/job.hpp"

#include "base/json.hpp"
#include "monitor/query/format.hpp"
#include "monitor/remote.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view parameter_prefix = "__param_";

// The first value of a parameter is a label, so that relabelling can choose it.
Labels labels_before(ScrapeJob const& job, std::string const& address, TargetGroup const& group) {
  Labels labels = group.labels;
  auto put = [&labels](std::string_view name, std::string_view value) {
    if (labels.get(name).empty()) labels.set(name, value);
  };
  put("job", job.name);
  put("__scheme__", job.settings ? job.settings->scheme : "http");
  put("__metrics_path__", job.path);
  if (job.settings && job.settings->interval.count() > 0) {
    put("__scrape_interval__", format_duration(job.settings->interval.count()));
    put("__scrape_timeout__", format_duration(job.settings->timeout.count()));
  }
  for (auto const& [name, value] : job.parameters) put(std::string(parameter_prefix) + name, value);
  labels.set("__address__", address);
  return labels;
}

std::string query_of(ScrapeJob const& job, Labels const& labels) {
  std::string query;
  for (auto const& [name, value] : labels) {
    if (name.starts_with(parameter_prefix))
      put_parameter(query, std::string_view(name).substr(parameter_prefix.size()), value);
  }
  std::string former;
  for (auto const& [name, value] : job.parameters) {
    if (name == former) put_parameter(query, name, value);  // further values of one name stay as they are
    former = name;
  }
  return query;
}

std::shared_ptr<ScrapeSettings const> settings_of(ScrapeJob const& job, Labels const& labels) {
  auto const scheme = labels.get("__scheme__");
  if (job.settings && job.settings->scheme == scheme) return job.settings;
  auto changed = job.settings ? *job.settings : ScrapeSettings{};
  changed.scheme = scheme;
  return std::make_shared<ScrapeSettings const>(std::move(changed));
}

Target target_of(ScrapeJob const& job, Labels const& labels) {
  Target target;
  target.job = labels.get("job");
  target.address = labels.get("__address__");
  target.instance = labels.get("instance");
  target.path = std::string(labels.get("__metrics_path__")) + query_of(job, labels);
  target.settings = settings_of(job, labels);
  for (auto const& [name, value] : labels) {
    if (!name.starts_with("__") && name != "job" && name != "instance") target.labels.set(name, value);
  }
  return target;
}

}  // namespace

std::vector<Target> targets_of(ScrapeJob const& job, TargetGroup const& group) {
  std::vector<Target> result;
  for (auto const& address : group.addresses) {
    auto labels = labels_before(job, address, group);
    auto discovered = labels;
    if (!relabel(job.relabel, labels) || labels.get("__address__").empty()) continue;
    result.push_back(target_of(job, labels));
    result.back().discovered = std::move(discovered);
  }
  return result;
}

Result<std::vector<TargetGroup>> read_target_groups(std::string_view json) {
  auto const document = parse_json(json);
  if (!document) return document.error();
  auto const malformed =
      refuse(Why::invalid, "",
             "target groups are a list of objects with a list of texts targets and an object labels");
  if (!document->is_array()) return malformed;
  std::vector<TargetGroup> groups;
  for (auto const& each : document->as_array()) {
    auto const* const targets = each.is_object() ? each.as_object().if_contains("targets") : nullptr;
    if (targets == nullptr || !targets->is_array()) return malformed;
    auto& group = groups.emplace_back();
    for (auto const& target : targets->as_array()) {
      if (!target.is_string()) return malformed;
      group.addresses.emplace_back(target.as_string());
    }
    auto const* const labels = each.as_object().if_contains("labels");
    if (labels == nullptr) continue;
    if (!labels->is_object()) return malformed;
    for (auto const& label : labels->as_object()) {
      if (!label.value().is_string()) return malformed;
      group.labels.set(label.key(), std::string_view(label.value().as_string()));
    }
  }
  return groups;
}

}  // namespace yunzhi::monitor

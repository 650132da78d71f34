#include "monitor/alert/alert_file.hpp"

#include "base/json.hpp"
#include "base/log.hpp"
#include "monitor/query/format.hpp"
#include "monitor/series/file.hpp"

namespace yunzhi::monitor {
namespace {

constexpr int version = 1;

json::object labels_json(Labels const& labels) {
  json::object object;
  for (auto const& [name, value] : labels) object[name] = value;
  return object;
}

json::object alert_json(std::string const& rule, Alert const& alert) {
  json::object annotations;
  for (auto const& [name, text] : alert.annotations) annotations[name] = text;
  json::object object{{"rule", rule},
                      {"name", alert.name},
                      {"fingerprint", alert.fingerprint},
                      {"labels", labels_json(alert.labels)},
                      {"annotations", std::move(annotations)},
                      {"firing", alert.state != AlertState::pending},
                      {"active_at", to_ms(alert.active_at)},
                      {"value", format_number(alert.value)}};
  if (alert.fired_at) object["fired_at"] = to_ms(*alert.fired_at);
  if (alert.ends_at) object["ends_at"] = to_ms(*alert.ends_at);
  return object;
}

Alert alert_from(json::object const& object) {
  Alert alert;
  alert.name = text_of(object, "name");
  std::vector<Label> pairs;
  for (auto const& [name, value] : object.at("labels").as_object())
    pairs.emplace_back(name, value.as_string());
  alert.labels = Labels(std::move(pairs));
  for (auto const& [name, value] : object.at("annotations").as_object()) {
    alert.annotations.emplace(name, value.as_string());
  }
  // Files of earlier versions have none.
  alert.fingerprint = text_of(object, "fingerprint");
  if (alert.fingerprint.empty()) alert.fingerprint = fingerprint_of(alert.labels);
  alert.state = object.at("firing").as_bool() ? AlertState::firing : AlertState::pending;
  alert.active_at = from_ms(object.at("active_at").to_number<std::int64_t>());
  if (auto const* fired = object.if_contains("fired_at"))
    alert.fired_at = from_ms(fired->to_number<std::int64_t>());
  if (auto const* ends = object.if_contains("ends_at"))
    alert.ends_at = from_ms(ends->to_number<std::int64_t>());
  parse_number(text_of(object, "value"), alert.value);
  return alert;
}

}  // namespace

void write_alerts(std::filesystem::path const& path, KeptAlerts const& alerts) {
  json::array list;
  for (auto const& [rule, kept] : alerts) {
    for (auto const& alert : kept) list.push_back(alert_json(rule, alert));
  }
  replace_file(path, json::serialize(json::object{{"version", version}, {"alerts", std::move(list)}}));
}

KeptAlerts read_alerts(std::filesystem::path const& path) {
  KeptAlerts result;
  if (!std::filesystem::exists(path)) return result;
  try {
    std::string bytes;
    {
      File const file(path, File::Open::read);
      bytes = file.read(0, file.size());
    }
    auto const document = json::parse(bytes);
    for (auto const& each : document.at("alerts").as_array()) {
      auto const& object = each.as_object();
      result[text_of(object, "rule")].push_back(alert_from(object));
    }
  } catch (std::exception const& problem) {
    log::error("monitor.alerts_set_aside", {{"reason", problem.what()}});
    std::filesystem::rename(path, path.string() + ".damaged");
    return {};
  }
  return result;
}

}  // namespace yunzhi::monitor

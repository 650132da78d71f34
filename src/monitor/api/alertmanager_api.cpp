// Alerts from others: what Prometheus and its kin post to an Alertmanager, and what an Alertmanager posts to
// a webhook; and the alerts that are active, as an Alertmanager lists them. API:
// github.com/prometheus/alertmanager, api/v2/openapi.yaml and doc "Configuration", <webhook_config>.
#include "monitor/api/form.hpp"
#include "monitor/api/prometheus_json.hpp"
#include "monitor/push_api.hpp"
#include "monitor/query/expression.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t body_bytes = std::size_t{4} << 20;
constexpr std::size_t most_labels = 64;
constexpr std::size_t most_bytes = 4'096;  // of a label's or an annotation's text
// A webhook tells again at the sender's repeat_interval, which is hours or days, and surely of the end.
constexpr auto webhook_lasting = std::chrono::days(7);

std::string at(std::size_t number, std::string_view member) {
  return "[" + std::to_string(number) + "]." + std::string(member);
}

Result<std::map<std::string, std::string>> texts_of(json::object const& alert, std::string_view member,
                                                    std::size_t number) {
  std::map<std::string, std::string> texts;
  auto const* found = alert.if_contains(member);
  if (found == nullptr || found->is_null()) return texts;
  auto const* object = found->if_object();
  if (object == nullptr || object->size() > most_labels)
    return refuse(Why::invalid, at(number, member), "must be an object of at most {} texts", most_labels);
  for (auto const& [name, value] : *object) {
    auto const* text = value.if_string();
    if (name.empty() || text == nullptr || text->size() > most_bytes)
      return refuse(Why::invalid, at(number, member) + "." + std::string(name),
                    "must be a text of at most {} bytes", most_bytes);
    if (!text->empty()) texts.emplace(name, *text);
  }
  return texts;
}

// Absent, or the time 0 of Go's clock, means that it is not known.
Result<std::optional<Instant>> time_of(json::object const& alert, std::string_view member,
                                       std::size_t number) {
  auto const text = text_of(alert, member);
  if (text.empty() || text.starts_with("0001-")) return std::optional<Instant>();
  auto const instant = parse_instant(text);
  if (!instant) return refuse(Why::invalid, at(number, member), "must be a time as in RFC 3339");
  return std::optional<Instant>(*instant);
}

Result<SentAlert> alert_of(json::value const& value, std::size_t number) {
  auto const* object = value.if_object();
  if (object == nullptr) return refuse(Why::invalid, "[" + std::to_string(number) + "]", "must be an object");
  auto labels = texts_of(*object, "labels", number);
  if (!labels) return labels.error();
  if (!labels->contains("alertname"))
    return refuse(Why::invalid, at(number, "labels"), "must have the label alertname");
  auto annotations = texts_of(*object, "annotations", number);
  if (!annotations) return annotations.error();
  auto const starts = time_of(*object, "startsAt", number);
  if (!starts) return starts.error();
  auto const ends = time_of(*object, "endsAt", number);
  if (!ends) return ends.error();
  if (*starts && *ends && **ends < **starts)
    return refuse(Why::invalid, at(number, "endsAt"), "must not be before startsAt");
  return SentAlert{Labels({labels->begin(), labels->end()}), std::move(*annotations), *starts, *ends};
}

Result<std::vector<SentAlert>> alerts_of(json::array const& list, bool by_webhook, Instant now) {
  std::vector<SentAlert> alerts;
  for (auto const& value : list) {
    auto alert = alert_of(value, alerts.size());
    if (!alert) return alert.error();
    if (by_webhook) {
      bool const over = text_of(value.as_object(), "status") == "resolved";
      if (!over) alert->ends_at = now + webhook_lasting;
      if (over && !alert->ends_at) alert->ends_at = now;
    }
    alerts.push_back(std::move(*alert));
  }
  return alerts;
}

http::Reply receive(Monitor& monitor, http::Request const& request, json::array const& list,
                    bool by_webhook) {
  auto alerts = alerts_of(list, by_webhook, monitor.now());
  if (!alerts) return http::Reply::problem(alerts.error(), request);
  auto const taken = monitor.receive(std::move(*alerts));
  return taken ? http::Reply::empty(200) : http::Reply::problem(taken.error(), request);
}

http::Reply post_alerts(Monitor& monitor, http::Request const& request) {
  auto const document = parse_json(request.body);
  if (!document) return http::Reply::problem(document.error(), request);
  if (!document->is_array())
    return http::Reply::problem(refuse(Why::invalid, "", "must be a list of alerts"), request);
  return receive(monitor, request, document->get_array(), false);
}

http::Reply take_webhook(Monitor& monitor, http::Request const& request) {
  auto const body = request.json_body();
  if (!body) return http::Reply::problem(body.error(), request);
  auto const* list = body->if_contains("alerts");
  if (list == nullptr || !list->is_array())
    return http::Reply::problem(refuse(Why::invalid, "alerts", "must be a list of alerts"), request);
  return receive(monitor, request, list->get_array(), true);
}

json::array texts(std::vector<std::string> const& list) {
  json::array array;
  for (auto const& text : list) array.emplace_back(text);
  return array;
}

json::object listed(Alert const& alert, Quiet const& quiet) {
  auto const fired = format_instant(alert.fired_at.value_or(alert.active_at));
  return {{"annotations", annotations_json(alert)},
          {"endsAt", format_instant(alert.ends_at.value_or(alert.active_at))},
          {"fingerprint", alert.fingerprint},
          {"receivers", json::array{json::object{{"name", "yunzhi"}}}},
          {"startsAt", fired},
          {"status", json::object{{"inhibitedBy", texts(quiet.inhibited_by)},
                                  {"silencedBy", texts(quiet.silenced_by)},
                                  {"mutedBy", texts(quiet.muted_by)},
                                  {"state", quiet.holds() ? "suppressed" : "active"}}},
          {"updatedAt", fired},
          {"generatorURL", ""},
          {"labels", labels_json(alert.labels)}};
}

bool is_wanted(Form const& form, Quiet const& quiet) {
  if (!quiet.holds()) return form.get("active") != "false";
  return (quiet.silenced_by.empty() || form.get("silenced") != "false") &&
         (quiet.inhibited_by.empty() || form.get("inhibited") != "false") &&
         (quiet.muted_by.empty() || form.get("muted") != "false");
}

http::Reply list_alerts(Monitor& monitor, http::Request const& request, AskQuiet const& ask) {
  Form const form(request);
  std::vector<Matcher> wanted;
  for (auto const& text : form.all("filter")) {
    auto const read = parse_selector("{" + text + "}");
    if (!read) return http::Reply::problem(read.error(), request);
    wanted.insert(wanted.end(), read->begin(), read->end());
  }
  auto alerts = monitor.alerts();
  std::erase_if(alerts, [&](Alert const& alert) {
    return alert.state != AlertState::firing || !all_accept(wanted, alert.labels);
  });
  auto const kept_quiet = ask ? ask(alerts) : std::map<std::string, Quiet>();
  json::array list;
  for (auto const& alert : alerts) {
    auto const found = kept_quiet.find(alert.fingerprint);
    auto const quiet = found == kept_quiet.end() ? Quiet() : found->second;
    if (is_wanted(form, quiet)) list.push_back(listed(alert, quiet));
  }
  return http::Reply::json(list);
}

}  // namespace

void alertmanager_routes(http::Router& router, Monitor& monitor, Admission const& push, Admission const& read,
                         std::string const& prefix, AskQuiet const& quiet) {
  using Take = std::function<http::Reply(Monitor&, http::Request const&)>;
  auto add = [&](http::Method method, std::string const& path, std::string const& id,
                 std::string const& summary, Take const& take) {
    bool const reads = method == http::Method::get;
    auto const& admission = reads ? read : push;
    http::Route route;
    route.method = method;
    route.path = prefix + path;
    route.body_limit = body_bytes;
    route.operation.id = id;
    route.operation.tag = "alertmanager";
    route.operation.summary = summary;
    route.operation.permission = admission.permission;
    if (reads) {
      route.operation.parameters.push_back({"filter", "", {{"type", "string"}}, false});
      for (auto const* state : {"active", "silenced", "inhibited", "muted"})
        route.operation.parameters.push_back({state, "", {{"type", "string"}}, false});
      route.operation.response = {{"type", "array"}, {"items", {{"type", "object"}}}};
    } else {
      route.operation.request = {{"type", path == "/api/v2/alerts" ? "array" : "object"}};
      route.operation.success = 200;
    }
    http::Handler const handler = [&monitor, take](http::Request const& request,
                                                   http::Respond const& respond) {
      respond(take(monitor, request));
    };
    route.handler = admission.guard ? admission.guard(handler) : handler;
    router.add(std::move(route));
  };
  add(http::Method::get, "/api/v2/alerts", "alertmanagerAlerts",
      "Lists firing alerts as an Alertmanager does",
      [quiet](Monitor& engine, http::Request const& request) { return list_alerts(engine, request, quiet); });
  add(http::Method::post, "/api/v2/alerts", "alertmanagerPostAlerts", "Takes alerts as an Alertmanager does",
      post_alerts);
  add(http::Method::post, "/api/v2/webhook", "alertmanagerWebhook",
      "Takes what an Alertmanager sends to a webhook", take_webhook);
}

}  // namespace yunzhi::monitor

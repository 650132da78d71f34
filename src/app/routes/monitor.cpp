// What the monitoring watches, by which rules, and the charts of a system's page.
#include <algorithm>

#include "app/json_texts.hpp"
#include "app/routes/routes.hpp"

namespace yunzhi::app {
namespace {

json::object templates(monitor::NamedTemplates const& named) {
  json::object object;
  for (auto const& [name, text] : named) object[name] = text.text();
  return object;
}

json::value instant_or_null(Instant at) {
  return to_ms(at) == 0 ? json::value(nullptr) : json::value(format_instant(at));
}

// With the line of the page that is wrong, when it is one.
json::value in_words(http::Request const& request, std::optional<Refusal> const& problem) {
  if (!problem) return nullptr;
  std::string words;
  for (auto const& fault : problem->faults) {
    words += words.empty() ? "" : "; ";
    words += fault.field.empty() ? "" : fault.field + ": ";
    words += request.sentence(fault);
  }
  return json::value(words);
}

json::value title_of(Sources const& sources, std::string_view id, std::string_view language) {
  for (auto const& one : sources.pack.settings.targets)
    if (one.id == id)
      if (auto const title = one.title.find(std::string(language)); title != one.title.end())
        return json::value(title->second);
  return text_or_null(id);
}

Result<http::Reply> list_targets(Sources const& sources, http::Request const& request) {
  json::array items;
  for (auto const& status : sources.monitor.targets()) {
    auto const state = status.state == monitor::TargetState::up     ? "up"
                       : status.state == monitor::TargetState::down ? "down"
                                                                    : "unknown";
    items.push_back(json::object{
        {"job", status.target.job},
        {"instance", status.target.shown_instance()},
        {"system", text_or_null(status.target.labels.get("system"))},
        {"template", text_or_null(status.target.labels.get("template"))},
        {"template_title", title_of(sources, status.target.labels.get("template"), request.language())},
        {"url", status.target.url()},
        {"state", state},
        {"last_error", text_or_null(status.last_error())},
        {"reason", in_words(request, status.problem)},
        {"last_scrape", instant_or_null(status.last_scrape)},
        {"seconds", status.seconds},
        {"samples", status.samples}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Reply> list_rules(Sources const& sources) {
  json::array items;
  for (auto const& status : sources.monitor.rules()) {
    json::array alerts;
    for (auto const& alert : status.alerts)
      alerts.push_back(json::object{{"state", monitor::name_of(alert.state)},
                                    {"labels", texts(alert.labels)},
                                    {"active_at", format_instant(alert.active_at)},
                                    {"value", alert.value}});
    items.push_back(json::object{
        {"name", status.rule.name},
        {"recording", status.rule.recording},
        {"group", status.group},
        {"file", status.file},
        {"expr", status.rule.query_text},
        {"for_ms", status.rule.hold.count()},
        {"labels", templates(status.rule.labels)},
        {"annotations", templates(status.rule.annotations)},
        {"last_error", status.last_error.empty() ? json::value(nullptr) : json::value(status.last_error)},
        {"last_run", instant_or_null(status.last_run)},
        {"seconds", status.seconds},
        {"alerts", std::move(alerts)}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", nullptr}});
}

Result<http::Reply> board_reply(Sources const& sources, std::string const& id) {
  auto const found = sources.pack.boards.find(id);
  if (found == sources.pack.boards.end()) return access::not_found();
  return http::Reply::json(found->second);
}

// The pack says which charts go with a way of asking.
Result<http::Reply> target_board(Sources const& sources, std::string_view id) {
  auto const& templates = sources.pack.settings.targets;
  auto const found =
      std::find_if(templates.begin(), templates.end(), [&](auto const& each) { return each.id == id; });
  if (found == templates.end()) return access::not_found();
  return board_reply(sources, found->board);
}

}  // namespace

void monitor_routes(http::Router& router, Sources const& sources) {
  auto& gate = sources.access.gate();
  auto targets = make_route(http::Method::get, "/api/v1/targets", "listTargets", "monitoring", "alert.read",
                            "What is scraped, and why it is down");
  gate.read(router, std::move(targets), [&sources](access::Call const& call, store::Reader&) {
    return list_targets(sources, call.request);
  });
  auto rules = make_route(http::Method::get, "/api/v1/rules", "listRules", "monitoring", "alert.read",
                          "Recording and alerting rules with their state");
  gate.read(router, std::move(rules),
            [&sources](access::Call const&, store::Reader&) { return list_rules(sources); });
  auto boards = make_route(http::Method::get, "/api/v1/boards/templates/{id}", "getBoardTemplate",
                           "monitoring", "monitor.query", "The charts of a record's page");
  gate.read(router, std::move(boards), [&sources](access::Call const& call, store::Reader&) {
    return board_reply(sources, call.request.capture("id"));
  });
  auto target_boards = make_route(http::Method::get, "/api/v1/targets/templates/{id}/board", "getTargetBoard",
                                  "monitoring", "monitor.query", "The charts of a template of targets");
  gate.read(router, std::move(target_boards), [&sources](access::Call const& call, store::Reader&) {
    return target_board(sources, call.request.capture("id"));
  });
}

}  // namespace yunzhi::app

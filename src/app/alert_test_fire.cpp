#include "app/alert_test_fire.hpp"

#include <algorithm>

#include "app/alert_desk.hpp"
#include "app/alert_suppression.hpp"
#include "app/json_texts.hpp"

namespace yunzhi::app {
namespace {

constexpr std::string_view first_told = "system_operator";
constexpr std::size_t most_labels = 64;

// Labels that a rule computes are what the person gives, or the template as it is written.
monitor::Labels labels_of(monitor::Rule const& rule, TestWish const& wish) {
  monitor::Labels labels;
  for (auto const& [name, text] : rule.labels) labels.set(name, text.text());
  for (auto const& [name, value] : wish.labels) labels.set(name, value);
  labels.set("alertname", rule.name);
  return labels;
}

json::object suppressed(AlertSuppression const& suppression) {
  return {{"holds", suppression.holds()},
          {"silence", text_or_null(suppression.silence)},
          {"maintenance_window", text_or_null(suppression.maintenance_window)},
          {"caused_by", text_or_null(suppression.caused_by)}};
}

}  // namespace

Result<TestWish> test_wish_of(json::object const& body) {
  TestWish wish;
  wish.rule = text_of(body, "rule");
  if (wish.rule.empty()) return refuse(Why::invalid, "/rule", "must not be empty");
  if (auto const* send = body.if_contains("send"); send != nullptr && send->is_bool())
    wish.send = send->get_bool();
  auto const* labels = body.if_contains("labels");
  if (labels == nullptr || labels->is_null()) return wish;
  if (!labels->is_object() || labels->get_object().size() > most_labels)
    return refuse(Why::invalid, "/labels", "must be an object of at most {} texts", most_labels);
  for (auto const& [name, value] : labels->get_object()) {
    if (!value.is_string()) return refuse(Why::invalid, "/labels/" + std::string(name), "must be a text");
    wish.labels[name] = std::string_view(value.get_string());
  }
  return wish;
}

Result<json::object> AlertTestFire::fire(store::Edit& edit, TestWish const& wish) const {
  auto const rules = parts_.monitor.rules();
  auto const rule = std::find_if(rules.begin(), rules.end(), [&](monitor::RuleStatus const& status) {
    return !status.rule.recording && status.rule.name == wish.rule;
  });
  if (rule == rules.end()) return refuse(Why::missing, "/rule", "there is no alerting rule of this name");
  auto const labels = labels_of(rule->rule, wish);
  auto const severity = labels.get("severity");
  auto const system = system_of(edit, labels);
  auto const open = edit.one<std::string>(
      "select id from incident where alert = :alert and state not in ('closed', 'cancelled') order by id "
      "desc limit 1",
      monitor::fingerprint_of(labels));
  return json::object{
      {"rule", json::object{{"name", rule->rule.name},
                            {"group", rule->group},
                            {"expr", rule->rule.query_text},
                            {"last_error", text_or_null(rule->last_error)}}},
      {"labels", texts(labels)},
      {"system", text_or_null(system)},
      {"suppressed", suppressed(suppression_of(edit, labels, system, edit.now(), parts_.calendar))},
      {"opens_fault", opens_fault(labels, severity)},
      {"joins_fault", text_or_null(open.value_or(""))},
      {"steps", steps(edit, severity, edit.now())},
      {"channels", channels()},
      {"receivers", receivers(labels)},
      {"sent", wish.send ? send(edit, labels) : json::array()}};
}

json::array AlertTestFire::steps(store::Reader& reader, std::string_view severity, Instant now) const {
  json::array list;
  auto const add = [&](std::string_view policy, Milliseconds after, std::string_view role,
                       std::vector<std::string> const& ids) {
    list.push_back(json::object{{"step", list.size()},
                                {"policy", text_or_null(policy)},
                                {"after", format_duration(after)},
                                {"role", role},
                                {"people", people(reader, ids)}});
  };
  add("", Milliseconds{0}, first_told, access::on_duty_for(reader, parts_.rota, first_told, now));
  if (auto const* policy = escalation_for(parts_.policies, severity))
    for (auto const& step : policy->steps)
      add(policy->id, step.after, step.role, parts_.escalation.people_of(reader, step, now));
  return list;
}

// By id: the name, and the e-mail address when mail would be sent.
json::object AlertTestFire::people(store::Reader& reader, std::vector<std::string> const& ids) const {
  json::object found;
  auto const names = access::names_of(reader, ids);
  for (auto const& id : ids) {
    auto const email = access::reach_of(reader, id).email;
    auto const name = names.find(id);
    bool const mails = parts_.channels.smtp.has_value() && notify::is_address(email);
    found[id] = json::object{{"name", name == names.end() ? id : name->second},
                             {"application", true},
                             {"email", mails ? json::value(email) : json::value(nullptr)}};
  }
  return found;
}

json::array AlertTestFire::channels() const {
  json::array list;
  for (auto const& webhook : parts_.channels.webhooks)
    list.push_back(json::object{{"channel", "webhook"}, {"name", webhook.name}});
  for (auto const& robot : parts_.channels.robots)
    list.push_back(json::object{{"channel", "robot"}, {"name", robot.name}});
  return list;
}

json::array AlertTestFire::receivers(monitor::Labels const& labels) const {
  json::array list;
  for (auto const& receiver : parts_.channels.alert_receivers)
    list.push_back(json::object{{"name", receiver.name},
                                {"group_key", group_key(group_labels(receiver, labels))},
                                {"group_wait", format_duration(receiver.group_wait)}});
  return list;
}

json::array AlertTestFire::send(store::Edit& edit, monitor::Labels const& labels) const {
  auto const name = std::string(labels.get("alertname"));
  auto told = parts_.teller.send(edit, access::on_duty_for(edit, parts_.rota, first_told, edit.now()),
                                 {"Test: {} ({})", {name, std::string(labels.get("instance"))}, "/alerts"});
  GroupedAlert alert;
  alert.labels = labels;
  alert.labels.set("yunzhi_test", "true");
  alert.fingerprint = monitor::fingerprint_of(alert.labels);
  alert.annotations = {{"summary", "TEST"}};
  alert.starts_at = edit.now();
  for (auto& each : parts_.receivers.send_test(edit, alert)) told.push_back(std::move(each));
  json::array list;
  for (auto const& each : told)
    list.push_back(json::object{{"person", text_or_null(each.person)},
                                {"channel", each.channel},
                                {"target", each.target},
                                {"delivery", text_or_null(each.id)},
                                {"reason", text_or_null(each.reason)}});
  return list;
}

}  // namespace yunzhi::app

#include "app/alert_escalation.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace yunzhi::app {
namespace {

constexpr auto look_again_at_silence = std::chrono::seconds{30};

enum class Need { tell, wait, over };

// A fault that is past its report is in somebody's hands; a silence only puts the step off.
Need need_of(store::Reader& reader, std::string const& alert) {
  auto const row = reader.row<std::string, std::optional<std::string>, std::optional<std::string>,
                              std::optional<std::string>>(
      "select a.state, a.acknowledged_by, i.state, coalesce(a.silence, a.maintenance_window, a.caused_by) "
      "from alert a left join incident i on i.id = a.incident where a.id = :alert",
      alert);
  if (!row) return Need::over;
  auto const& [state, acknowledged, incident, held] = *row;
  if (state != "firing" || acknowledged || incident.value_or("reported") != "reported") return Need::over;
  return held ? Need::wait : Need::tell;
}

record::Message message_of(store::Reader& reader, std::string const& alert) {
  using Text = std::optional<std::string>;
  auto const row = reader.row<std::string, Text, Text, Text>(
      "select a.name, i.title, i.number, i.id from alert a left join incident i on i.id = a.incident where "
      "a.id = :alert",
      alert);
  if (!row) return {};
  auto const& [name, title, number, incident] = *row;
  return {"Not acknowledged: {} ({})",
          {title.value_or(name), number.value_or(name)},
          incident ? "/incidents/" + *incident : "/alerts/" + alert};
}

}  // namespace

regulation::EscalationPolicy const* escalation_for(std::vector<regulation::EscalationPolicy> const& policies,
                                                   std::string_view severity) {
  for (auto const& policy : policies)
    if (!policy.steps.empty() &&
        std::find(policy.severities.begin(), policy.severities.end(), severity) != policy.severities.end())
      return &policy;
  return nullptr;
}

void AlertEscalation::begin(store::Edit& edit, std::string const& alert, std::string_view severity) const {
  auto const* policy = escalation_for(policies_, severity);
  if (policy == nullptr) return;
  edit.run(
      "insert into alert_escalation (alert, policy, step, begun_at, next_at) values (:alert, :policy, 0, "
      ":begun, :next) on conflict (alert) do nothing",
      alert, policy->id, edit.now(), edit.now() + policy->steps.front().after);
}

std::vector<std::string> AlertEscalation::people_of(store::Reader& reader,
                                                    regulation::EscalationStep const& step,
                                                    Instant at) const {
  return step.everybody ? access::holders(reader, step.role)
                        : access::on_duty_for(reader, rota_, step.role, at);
}

std::size_t AlertEscalation::run(std::size_t most) {
  auto const due = store_.read([&](store::Reader& reader) {
    return reader.rows<std::string>(
        "select alert from alert_escalation where next_at <= :now order by next_at, alert limit :most",
        store_.clock()(), static_cast<std::int64_t>(most));
  });
  for (auto const& [alert] : due) {
    auto const& id = alert;
    auto const done = store_.write([&](store::Edit& edit) { return take_step(edit, id); });
    if (done.has_error())
      log::error("alert.not_escalated", {{"alert", id}, {"reason", done.error().english()}});
  }
  return due.size();
}

Result<> AlertEscalation::take_step(store::Edit& edit, std::string const& alert) {
  auto const row = edit.row<std::string, std::int64_t, Instant, Instant>(
      "select policy, step, begun_at, next_at from alert_escalation where alert = :alert", alert);
  if (!row || std::get<3>(*row) > edit.now()) return {};
  auto const& [id, number, begun_at, next_at] = *row;
  auto const policy = std::find_if(policies_.begin(), policies_.end(),
                                   [&](auto const& each) { return each.id == std::get<0>(*row); });
  auto const place = static_cast<std::size_t>(number);
  auto const need = need_of(edit, alert);
  // The pack may have changed since: then there is nothing to go on with.
  if (need == Need::over || policy == policies_.end() || place >= policy->steps.size()) {
    edit.run("delete from alert_escalation where alert = :alert", alert);
    return {};
  }
  if (need == Need::wait) {
    edit.run("update alert_escalation set next_at = :next where alert = :alert",
             edit.now() + look_again_at_silence, alert);
    return {};
  }
  auto const& step = policy->steps[place];
  teller_.tell(edit, alert, number + 1, people_of(edit, step, edit.now()), message_of(edit, alert));
  if (place + 1 < policy->steps.size())
    edit.run("update alert_escalation set step = :step, next_at = :next where alert = :alert", number + 1,
             std::max(begun_at + policy->steps[place + 1].after, edit.now() + Milliseconds{1}), alert);
  else
    edit.run("delete from alert_escalation where alert = :alert", alert);
  edit.record({"system:monitor", "alert.escalate", "alert/" + alert,
               json::object{{"policy", id}, {"step", number + 1}, {"role", step.role}}, ""});
  return {};
}

}  // namespace yunzhi::app

// Escalation of alerts.
#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {
namespace {

EscalationStep read_step(FileReader& file, YAML::Node const& node, Milliseconds before) {
  file.keys(node, {"after", "role", "tell"});
  EscalationStep step;
  step.after = file.duration(node, "after");
  step.role = file.text(node, "role");
  auto const tell = file.optional_text(node, "tell");
  step.everybody = tell == "everybody";
  if (!tell.empty() && tell != "on_duty" && tell != "everybody")
    file.mistake(node, "must be one of {}", "on_duty, everybody");
  if (step.after <= before) file.mistake(node, "must be after the step before");
  return step;
}

}  // namespace

void read_escalations(FileReader& file, Pack& pack) {
  for (auto const& node : file.entries(file.root())) {
    file.keys(node, {"id", "severities", "steps"});
    EscalationPolicy policy;
    policy.id = file.text(node, "id");
    auto const severities = node["severities"];
    auto const steps = node["steps"];
    if (!severities.IsDefined() || !severities.IsSequence() || !steps.IsDefined() || !steps.IsSequence()) {
      file.mistake(node, "an escalation needs 'severities' and 'steps'");
      continue;
    }
    for (auto const& severity : severities) policy.severities.push_back(severity.Scalar());
    for (auto const& step : steps)
      policy.steps.push_back(
          read_step(file, step, policy.steps.empty() ? Milliseconds{0} : policy.steps.back().after));
    pack.escalations.push_back(std::move(policy));
  }
}

}  // namespace yunzhi::regulation

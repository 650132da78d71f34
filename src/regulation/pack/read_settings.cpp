// Numbering, priorities and service levels.
#include "record/numbering.hpp"
#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {
namespace {

std::optional<record::Mode> mode_of(std::string const& text) {
  if (text == "run") return record::Mode::run;
  if (text == "pause") return record::Mode::pause;
  if (text == "stop") return record::Mode::stop;
  return std::nullopt;
}

void read_targets(FileReader& file, Pack const& pack, YAML::Node const& node, record::ClockPolicy& policy) {
  for (auto const& entry : node["targets"]) {
    record::Target target;
    target.within = file.duration(entry.second, "within");
    target.calendar_id = file.text(entry.second, "calendar");
    auto const found = pack.calendars.find(target.calendar_id);
    if (found == pack.calendars.end()) {
      file.mistake(entry.second, "there is no calendar '{}' in this pack", target.calendar_id);
      continue;
    }
    target.calendar = found->second;
    policy.targets[entry.first.Scalar()] = std::move(target);
  }
}

record::ClockPolicy read_policy(FileReader& file, Pack const& pack, YAML::Node const& node) {
  record::ClockPolicy policy;
  file.keys(node, {"id", "name", "targets", "states"});
  policy.id = file.text(node, "id");
  policy.name = file.words(node, "name");
  if (auto const targets = node["targets"]; targets.IsDefined() && targets.IsMap())
    read_targets(file, pack, node, policy);
  else
    file.mistake(node, "a clock needs 'targets' by priority");
  for (auto const& entry : node["states"]) {
    auto const mode = mode_of(entry.second.Scalar());
    if (mode)
      policy.states[entry.first.Scalar()] = *mode;
    else
      file.mistake(entry.second, "must be one of {}", "run, pause, stop");
  }
  return policy;
}

}  // namespace

void read_numbering(FileReader& file, Pack& pack) {
  for (auto const& entry : file.root()) {
    auto const checked = record::check_number_pattern(entry.second.Scalar());
    if (checked.has_error()) file.mistake(entry.second, "{}", checked.error().english());
    pack.settings.numbering[entry.first.Scalar()] = entry.second.Scalar();
  }
}

void read_priorities(FileReader& file, Pack& pack) {
  file.keys(file.root(), {"names", "matrix", "unassessed"});
  pack.settings.priorities.unassessed = file.text(file.root(), "unassessed");
  auto const known = [&](YAML::Node const& node) {
    auto const names = file.root()["names"];
    if (!names.IsDefined() || !names.IsMap() || !names[node.Scalar()].IsDefined())
      file.mistake(node, "there is no priority '{}' among the names", node.Scalar());
  };
  known(file.root()["unassessed"]);
  for (auto const& row : file.root()["matrix"])
    for (auto const& cell : row.second) {
      known(cell.second);
      pack.settings.priorities.matrix[row.first.Scalar()][cell.first.Scalar()] = cell.second.Scalar();
    }
  if (pack.settings.priorities.matrix.empty()) file.mistake(file.root(), "'{}' is missing", "matrix");
}

void read_service_levels(FileReader& file, Pack& pack) {
  for (auto const& node : file.entries(file.root())) {
    file.keys(node, {"kind", "clocks"});
    auto& policies = pack.settings.clocks[file.text(node, "kind")];
    for (auto const& clock : file.entries(node["clocks"])) policies.push_back(read_policy(file, pack, clock));
  }
}

}  // namespace yunzhi::regulation

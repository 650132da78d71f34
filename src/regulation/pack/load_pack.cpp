// From the files of a pack to the pack: each file by its reader, then what holds between files.
#include <algorithm>
#include <filesystem>
#include <set>

#include "calendar/calendar_file.hpp"
#include "describe/validate.hpp"
#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {
namespace {

constexpr std::size_t most_files = 2000;

std::string stem_of(std::string const& path) {
  auto const slash = path.rfind('/');
  auto const file = path.substr(slash == std::string::npos ? 0 : slash + 1);
  return file.substr(0, file.rfind('.'));
}

// Everything else refers to calendars, so they are read first.
void read_calendars(PackFiles const& files, Pack& pack, Refusal& mistakes) {
  for (auto const& [name, text] : files) {
    if (!name.starts_with("calendars/") || !name.ends_with(".yaml")) continue;
    auto parsed = calendar::parse_calendar(text, name);
    if (parsed.has_error()) {
      auto const refused = parsed.error();
      mistakes.faults.insert(mistakes.faults.end(), refused.faults.begin(), refused.faults.end());
      continue;
    }
    auto kept = std::make_shared<calendar::WorkingCalendar const>(std::move(*parsed));
    auto const id = kept->data().id;
    if (id == "office") pack.settings.office = kept;
    pack.calendars[id] = std::move(kept);
  }
}

void read_json_file(std::string const& name, std::string const& text,
                    std::map<std::string, json::object>& into, std::string const& key, Refusal& mistakes) {
  auto const parsed = parse_json(text);
  if (parsed.has_value() && parsed->is_object()) {
    into[key] = parsed->as_object();
    return;
  }
  mistakes.faults.push_back(
      {name,
       "the text is not valid JSON: {}",
       {parsed.has_error() ? parsed.error().english() : std::string("an object is expected")}});
}

void read_form(std::string const& name, std::string const& text, Pack& pack, Refusal& mistakes) {
  auto const key = stem_of(name);
  read_json_file(name, text, pack.forms, key, mistakes);
  auto const form = pack.forms.find(key);
  if (form == pack.forms.end()) return;
  auto const checked = describe::check_schema(form->second);
  if (checked.has_value()) return;
  auto const refused = checked.error();
  for (auto const& fault : refused.faults)
    mistakes.faults.push_back({name + ":" + fault.field, fault.text, fault.arguments});
}

void read_one(std::string const& name, std::string const& text, Pack& pack, Refusal& mistakes) {
  struct Kind {
    std::string_view begins;
    void (*read)(FileReader&, Pack&);
  };
  constexpr Kind kinds[] = {{"clauses/", read_clauses},         {"controls/", read_controls},
                            {"duties.yaml", read_duties},       {"roles.yaml", read_roles},
                            {"numbering.yaml", read_numbering}, {"priorities.yaml", read_priorities},
                            {"sla.yaml", read_service_levels},  {"escalation.yaml", read_escalations},
                            {"targets/", read_target},          {"availability.yaml", read_availability}};
  for (auto const& kind : kinds) {
    if (!name.starts_with(kind.begins)) continue;
    FileReader file(name, text, mistakes);
    try {
      kind.read(file, pack);
    } catch (YAML::Exception const& wrong) {
      // A part has another shape than the reader expects: a text where a mapping should be.
      mistakes.faults.push_back({name + ":" + std::to_string(std::max(wrong.mark.line, 0) + 1),
                                 "this is not YAML: {}",
                                 {wrong.msg}});
    }
    return;
  }
  if (name.starts_with("processes/") && name.ends_with(".bpmn")) pack.processes.push_back({name, text});
  if (name.starts_with("decisions/") && name.ends_with(".dmn")) pack.decisions.push_back({name, text});
  if (name.starts_with("rules/")) pack.rules.push_back({name, text});
  if (name.starts_with("forms/")) read_form(name, text, pack, mistakes);
  if (name.starts_with("words/")) read_json_file(name, text, pack.words, name.substr(6), mistakes);
  if (name.starts_with("boards/")) {
    FileReader file(name, text, mistakes);
    auto const board = to_json(file.root());
    if (board.is_object()) pack.boards[stem_of(name)] = board.as_object();
  }
  if (name == "shifts.yaml") {
    auto parsed = calendar::parse_shifts(text, name);
    if (parsed.has_value())
      pack.shifts = std::move(*parsed);
    else
      for (auto refused = parsed.error(); auto& fault : refused.faults)
        mistakes.faults.push_back(std::move(fault));
  }
}

// Clauses in the order people read them: 3.2.10 after 3.2.9.
std::vector<int> order_of(std::string const& id) {
  std::vector<int> numbers(1, 0);
  for (auto const c : id) {
    if (c == '.')
      numbers.push_back(0);
    else if (numbers.back() < 1000)
      numbers.back() = numbers.back() * 10 + (c - '0');
  }
  return numbers;
}

void check_whole(Pack& pack, Refusal& mistakes) {
  std::sort(pack.clauses.begin(), pack.clauses.end(),
            [](auto const& a, auto const& b) { return order_of(a.id) < order_of(b.id); });
  std::set<std::string> clauses;
  for (auto const& clause : pack.clauses)
    if (!clauses.insert(clause.id).second)
      mistakes.faults.push_back({"clauses", "clause {} is there twice", {clause.id}});
  std::set<std::string> roles;
  for (auto const& role : pack.roles) roles.insert(role.id);
  for (auto const& clause : pack.clauses)
    if (!roles.contains(clause.owner))
      mistakes.faults.push_back(
          {"clauses", "clause {} is owned by '{}', which is no role", {clause.id, clause.owner}});
  std::set<std::string> controls;
  for (auto const& control : pack.controls) {
    if (!clauses.contains(control.clause))
      mistakes.faults.push_back(
          {"controls", "control {} names clause {}, which is not there", {control.id, control.clause}});
    if (!controls.insert(control.id).second)
      mistakes.faults.push_back({"controls", "control {} is there twice", {control.id}});
  }
  for (auto const& duty : pack.duties)
    if (!clauses.contains(duty.clause) || !roles.contains(duty.role))
      mistakes.faults.push_back(
          {"duties.yaml", "duty {} names a clause or role that is not there", {duty.id}});
  for (auto const& policy : pack.escalations)
    for (auto const& step : policy.steps)
      if (!roles.contains(step.role))
        mistakes.faults.push_back(
            {"escalation.yaml", "escalation {} tells '{}', which is no role", {policy.id, step.role}});
  for (auto const& role : pack.roles)
    for (auto const& other : role.excludes)
      if (!roles.contains(other))
        mistakes.faults.push_back(
            {"roles.yaml", "role {} excludes '{}', which is no role", {role.id, other}});
}

}  // namespace

Result<PackFiles> read_pack_folder(std::string const& folder) {
  PackFiles files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator item(folder, error), end; !error && item != end;
       item.increment(error)) {
    if (!item->is_regular_file()) continue;
    if (files.size() >= most_files)
      return refuse(Why::too_large, folder, "a pack has at most {} files", most_files);
    auto text = calendar::read_file(item->path().string());
    if (text.has_error()) return text.error();
    files[std::filesystem::relative(item->path(), folder).generic_string()] = std::move(*text);
  }
  if (error || files.empty()) return refuse(Why::missing, folder, "there is no pack in this folder");
  return files;
}

Result<Pack> load_pack(PackFiles const& files) {
  Pack pack;
  Refusal mistakes;
  read_calendars(files, pack, mistakes);
  for (auto const& [name, text] : files) read_one(name, text, pack, mistakes);
  check_whole(pack, mistakes);
  for (auto const* needed : {"roles.yaml", "numbering.yaml", "priorities.yaml", "sla.yaml"})
    if (!files.contains(needed)) mistakes.faults.push_back({needed, "the file is missing", {}});
  if (!mistakes.faults.empty()) return mistakes;
  return pack;
}

}  // namespace yunzhi::regulation

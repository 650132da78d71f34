// The regulation as data: what the files of a pack say, checked. A pack with a mistake is refused as a
// whole, each mistake with file and line.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "access/roles.hpp"
#include "base/json.hpp"
#include "calendar/shift_plan.hpp"
#include "calendar/working_calendar.hpp"
#include "duty/duty.hpp"
#include "record/settings.hpp"

namespace yunzhi::regulation {

/// Text by language: zh-CN, zh-TW, en; all three are there in a checked pack.
using Words = std::map<std::string, std::string>;

struct Clause {
  std::string id;    ///< "3.4.1"
  std::string kind;  ///< chapter, section or clause
  Words title;
  Words text;
  std::string owner;  ///< role
};

/// Binds one clause to evidence: how many things were expected, and which of them were not so.
struct Control {
  std::string id;
  std::string clause;
  Words title;
  Words sentence;  ///< with {expected} and {violations}
  int period_days = 30;
  Milliseconds every{};
  std::string expected, violations;                ///< SQL over the evidence views; or
  std::string promql_expected, promql_violations;  ///< PromQL over the signals
};

/// Whom to tell of an alert that nobody has acknowledged.
struct EscalationStep {
  Milliseconds after{};  ///< since people were told first
  std::string role;
  bool everybody = false;  ///< all who hold the role; otherwise those on duty, and all when nobody is
};

struct EscalationPolicy {
  std::string id;
  std::vector<std::string> severities;  ///< of the alerts it is for
  std::vector<EscalationStep> steps;    ///< in the order of time
};

/// What is promised of systems of one criticality.
struct AvailabilityObjective {
  double percent = 0;  ///< of the service time of a month
  std::string calendar_id;
  std::shared_ptr<calendar::WorkingCalendar const> calendar;  ///< whose working hours are the service time
};

struct AvailabilityPromise {
  std::map<std::string, AvailabilityObjective> objectives;  ///< by criticality; none: nothing is promised
  std::vector<std::string> outage_severities;  ///< of faults that people report: the system counts as down
};

struct File {
  std::string name;  ///< path inside the pack
  std::string text;
};

struct Pack {
  std::vector<Clause> clauses;
  std::vector<Control> controls;
  std::vector<duty::Duty> duties;
  std::vector<access::Role> roles;
  record::Settings settings;
  std::map<std::string, std::shared_ptr<calendar::WorkingCalendar const>> calendars;
  std::vector<calendar::ShiftPlan> shifts;
  std::vector<EscalationPolicy> escalations;  ///< the first that fits an alert holds
  AvailabilityPromise availability;
  std::vector<File> processes;                 ///< BPMN
  std::vector<File> decisions;                 ///< DMN
  std::vector<File> rules;                     ///< Prometheus rule files
  std::map<std::string, json::object> forms;   ///< by "<process>.<element>": JSON Schema
  std::map<std::string, json::object> boards;  ///< by id
  std::map<std::string, json::object> words;   ///< by file name without folder: "problems.zh-CN.json"
};

/// The files of a pack by their path inside it.
using PackFiles = std::map<std::string, std::string>;

/// Reads a folder; refused when it is not there or holds more than a pack may (2,000 files of 1 MB).
Result<PackFiles> read_pack_folder(std::string const& folder);

/// Checks the files and gives the pack, or every mistake found.
Result<Pack> load_pack(PackFiles const& files);

}  // namespace yunzhi::regulation

// Faults (clause 3.4): from the report, by a person or an alert, to the summary.
#pragma once

#include "record/module.hpp"
#include "record/record.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

enum class Source { person, alert, email, api };
BOOST_DESCRIBE_ENUM(Source, person, alert, email, api)
enum class Scope { one_user, department, organisation };
BOOST_DESCRIBE_ENUM(Scope, one_user, department, organisation)
enum class Severity { critical, major, minor, low };
BOOST_DESCRIBE_ENUM(Severity, critical, major, minor, low)
enum class Urgency { high, medium, low };
BOOST_DESCRIBE_ENUM(Urgency, high, medium, low)
enum class Priority { p1, p2, p3, p4 };
BOOST_DESCRIBE_ENUM(Priority, p1, p2, p3, p4)
enum class TestResult { passed, failed };
BOOST_DESCRIBE_ENUM(TestResult, passed, failed)
enum class IncidentState {
  reported,
  assessed,
  diagnosing,
  repairing,
  testing,
  confirming,
  summarising,
  reviewing,
  closed,
  cancelled
};
BOOST_DESCRIBE_ENUM(IncidentState, reported, assessed, diagnosing, repairing, testing, confirming,
                    summarising, reviewing, closed, cancelled)

struct Incident : record::Record {
  describe::Line title;
  std::optional<describe::Prose> description;
  Source source = Source::person;
  std::optional<describe::Ref<"person">> reporter;
  std::optional<describe::Ref<"unit">> unit;  ///< of the reporter
  std::optional<describe::Ref<"system">> system;
  std::optional<describe::Line> device;
  std::optional<Scope> scope;
  std::optional<Instant> started_at;
  std::optional<Severity> severity;
  std::optional<Urgency> urgency;
  Priority priority = Priority::p3;
  IncidentState state = IncidentState::reported;
  std::optional<describe::Ref<"person">> assignee;
  std::optional<describe::Prose> diagnosis;
  std::optional<describe::Prose> solution;
  std::optional<TestResult> test_result;
  std::optional<bool> confirmed;
  std::optional<describe::Prose> cause;
  std::optional<describe::Prose> handling;
  std::optional<describe::Prose> result;
  std::optional<describe::Prose> improvement;
  std::optional<bool> approved;  ///< the summary, by those who countersign it
  std::optional<Instant> closed_at;
  std::optional<describe::Line> alert;  ///< fingerprint of the alert that reported it
  std::optional<Instant> recovered_at;  ///< when that alert was over; empty while it fires
};
BOOST_DESCRIBE_STRUCT(Incident, (record::Record),
                      (title, description, source, reporter, unit, system, device, scope, started_at,
                       severity, urgency, priority, state, assignee, diagnosis, solution, test_result,
                       confirmed, cause, handling, result, improvement, approved, closed_at, alert,
                       recovered_at))

record::Module incident(record::Settings const& settings);

}  // namespace yunzhi::modules

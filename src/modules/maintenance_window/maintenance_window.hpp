// Maintenance windows (clauses 3.3.5, 4.3.2): when planned work makes alerts of a system expected. Alerts are
// still seen and kept; they open no fault until the window is over.
#pragma once

#include <optional>
#include <string>

#include "modules/maintenance_window/openings.hpp"
#include "record/module.hpp"
#include "record/record.hpp"
#include "record/settings.hpp"

namespace yunzhi::modules {

enum class MaintenanceWindowState { planned, cancelled };
BOOST_DESCRIBE_ENUM(MaintenanceWindowState, planned, cancelled)

struct MaintenanceWindow : record::Record {
  describe::Line title;
  describe::Refs<"system"> systems;
  std::optional<Instant> starts_at;
  std::optional<Instant> ends_at;
  std::optional<describe::Line> recurrence;  ///< RRULE of RFC 5545; each occurrence is as long as the first
  MaintenanceDays days = MaintenanceDays::every;  ///< those of the recurrence on which it opens
  std::optional<describe::Prose> reason;
  MaintenanceWindowState state = MaintenanceWindowState::planned;
};
BOOST_DESCRIBE_STRUCT(MaintenanceWindow, (record::Record),
                      (title, systems, starts_at, ends_at, recurrence, days, reason, state))

record::Module maintenance_window(record::Settings const& settings);

/// Refused, by field, when a window cannot be so: its end is not after its start or too late, its rule cannot
/// be walked, or it asks for days of a working calendar without recurring, or where there is none.
Result<> check_window(WindowPlan const& plan, bool has_office);

/// The window the system is in at the moment, by its id; empty when there is none.
std::string maintenance_window_of(store::Reader& reader, std::string_view system, Instant at,
                                  WindowCalendar const& calendar);

/// An opening of a window that is in force.
struct PlannedOpening {
  std::string window;  ///< id
  std::string number;
  std::string title;
  std::vector<std::string> systems;  ///< ids
  Opening opening;
};
/// The openings that touch [from, to), in order; at most `most` of each of 500 windows.
std::vector<PlannedOpening> planned_openings(store::Reader& reader, WindowCalendar const& calendar,
                                             Instant from, Instant to, std::size_t most);

}  // namespace yunzhi::modules

// Maintenance windows (clauses 3.3.5, 4.3.2): when planned work makes alerts of a system expected. Alerts are
// still seen and kept; they open no fault until the window is over.
#pragma once

#include <optional>
#include <string>

#include "calendar/zone.hpp"
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
  std::optional<describe::Prose> reason;
  MaintenanceWindowState state = MaintenanceWindowState::planned;
};
BOOST_DESCRIBE_STRUCT(MaintenanceWindow, (record::Record),
                      (title, systems, starts_at, ends_at, recurrence, reason, state))

record::Module maintenance_window(record::Settings const& settings);

/// The window the system is in at the moment, by its id; empty when there is none. Recurring windows are read
/// on the wall clock of the zone.
std::string maintenance_window_of(store::Reader& reader, std::string_view system, Instant at,
                                  calendar::Zone const& zone);

}  // namespace yunzhi::modules

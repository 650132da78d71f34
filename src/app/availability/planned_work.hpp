// Planned maintenance of systems, from the register of maintenance windows.
#pragma once

#include "app/availability/report.hpp"
#include "modules/maintenance_window/maintenance_window.hpp"

namespace yunzhi::app {

/// Openings of windows that are in force; of each at most 1,000 in a span.
PlannedWork planned_work(modules::WindowCalendar calendar);

}  // namespace yunzhi::app

// Availability of the systems of the register over a month, from what was watched, from faults that people
// reported, and from planned maintenance.
#pragma once

#include <functional>
#include <map>

#include "app/availability/figures.hpp"
#include "store/store.hpp"

namespace yunzhi::app {

/// The incident that an outage is known by.
struct OutageIncident {
  std::string id, number, title;
};

struct Outage {
  calendar::Stretch stretch;
  bool lasts = false;       ///< it is not over
  Milliseconds downtime{};  ///< within the service hours
  std::string source;       ///< probe, target or incident: what told of it first
  std::optional<OutageIncident> incident;
};

struct SystemAvailability {
  std::string system, number, name, criticality;
  regulation::AvailabilityObjective const* objective = nullptr;
  std::string source;  ///< probe, target, or incidents where nothing was measured
  AvailabilityFigures figures;
  std::vector<Outage> outages;  ///< in order of time
};

/// Planned maintenance by system.
using PlannedWork = std::function<std::map<std::string, calendar::Stretches>(store::Reader& reader,
                                                                             calendar::Stretch const& span)>;

class AvailabilityReport {
 public:
  /// Both must outlive it.
  AvailabilityReport(regulation::AvailabilityPromise const& promise, PlannedWork planned)
      : promise_(promise), planned_(std::move(planned)) {}

  /// Of every system in use that something is promised of, the worst first: what its downtime used of its
  /// budget. Of one only, when `system` is its id. A fixed number of queries, however many systems there are.
  [[nodiscard]] std::vector<SystemAvailability> over(store::Reader& reader, calendar::Stretch const& span,
                                                     Instant now, std::string const& system = "") const;

 private:
  regulation::AvailabilityPromise const& promise_;
  PlannedWork planned_;
};

}  // namespace yunzhi::app

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

struct ReportedSystem {
  std::string id, number, name, criticality;
  Instant since;  ///< registered, or its first fault: imported ones may be older
};

struct SystemAvailability {
  ReportedSystem system;
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

  using Spans = std::vector<calendar::Stretch>;

  /// Of every system in use that something is promised of, the worst first: what its downtime used of its
  /// budget. A fixed number of queries, however many systems there are.
  [[nodiscard]] std::vector<SystemAvailability> over(store::Reader& reader, calendar::Stretch const& span,
                                                     Instant now) const;
  /// Of one system over each of the spans, which are in order and not none; empty when it is not in use.
  [[nodiscard]] std::vector<SystemAvailability> of(store::Reader& reader, std::string const& system,
                                                   Spans const& spans, Instant now) const;

 private:
  [[nodiscard]] std::vector<SystemAvailability> read(store::Reader& reader, Spans const& spans, Instant now,
                                                     std::string const& system) const;

  regulation::AvailabilityPromise const& promise_;
  PlannedWork planned_;
};

}  // namespace yunzhi::app

#include "app/availability/report.hpp"

#include <algorithm>

#include "app/availability/watch_keeper.hpp"

namespace yunzhi::app {
namespace {

using calendar::Stretch;
using calendar::Stretches;

constexpr std::int64_t most_systems = 2000;
constexpr std::int64_t most_rows = 200'000;
// What was down until then is down still: it is measured each minute.
constexpr auto measured_lately = std::chrono::minutes{2};

struct Watched {
  Stretches measured, down;
};

struct Fault {
  Stretch stretch;
  bool by_alert = false;
  OutageIncident incident;
};

struct Known {
  std::map<std::string, Watched, std::less<>> watched;  ///< by source
  std::vector<Fault> faults;
};

using KnownSystems = std::map<std::string, Known>;

void read_watches(store::Reader& reader, Stretch const& span, std::string const& system,
                  KnownSystems& known) {
  for (auto& [id, source, from, to, up] :
       reader.rows<std::string, std::string, Instant, Instant, std::int64_t>(
           "select system, source, from_at, to_at, up from system_watch where to_at > :from and from_at < "
           ":to and "
           "(:system = '' or system = :same) order by from_at limit :most",
           span.from, span.to, system, system, most_rows)) {
    auto& watched = known[id].watched[source];
    watched.measured.push_back({from, to});
    if (up == 0) watched.down.push_back({from, to});
  }
}

// The service was there again when its alert was over, when the promise to restore it was kept, or when the
// fault was closed, whichever is known first.
void read_faults(store::Reader& reader, Stretch const& span, Instant now,
                 std::vector<std::string> const& severities, std::string const& system, KnownSystems& known) {
  using Row = std::tuple<std::string, std::string, std::string, std::string, std::string,
                         std::optional<std::string>, Instant, std::optional<Instant>>;
  for (auto& [id, number, title, of, source, severity, from, to] :
       reader.rows_of<Row>("select i.id, i.number, i.title, i.system, i.source, i.severity, "
                           "coalesce(i.started_at, i.created_at), "
                           "coalesce(i.recovered_at, c.met_at, i.closed_at) from incident i left join "
                           "record_clock c on c.record = "
                           "i.id and c.name = 'resolution' where i.started_at < :to and i.system is not null "
                           "and (:system = '' or "
                           "i.system = :same) and (i.state <> 'cancelled' or i.recovered_at is not null) and "
                           "(coalesce(i.recovered_at, "
                           "c.met_at, i.closed_at) is null or coalesce(i.recovered_at, c.met_at, "
                           "i.closed_at) > :from) order by "
                           "i.started_at limit :most",
                           span.to, system, system, span.from, most_rows)) {
    if (std::find(severities.begin(), severities.end(), severity.value_or("")) == severities.end()) continue;
    auto const end = std::max(to.value_or(now), from);
    known[of].faults.push_back({{from, end}, source == "alert", {id, number, title}});
  }
}

// One piece of downtime and who told of it.
struct Piece {
  Stretch stretch;
  std::string_view source;
};

struct Evidence {
  Stretches measured;
  std::vector<Piece> pieces;
  std::string_view source = "incidents";
};

// The probe says more than the target, which is asked only for what the probe leaves open. What people report
// counts beside both; what an alert reported was measured already where anything was. A system that nothing
// measures serves as long as it is registered, but for its faults; imported ones may be older than it.
Evidence evidence_of(Known const& known, Stretch const& existed) {
  Evidence evidence;
  for (auto const source : {watched_by_probe, watched_by_target}) {
    auto const watched = known.watched.find(source);
    if (watched == known.watched.end()) continue;
    if (evidence.measured.empty()) evidence.source = source;
    auto const measured = calendar::merged(watched->second.measured);
    for (auto const& down : calendar::without(calendar::merged(watched->second.down), evidence.measured))
      evidence.pieces.push_back({down, source});
    auto both = evidence.measured;
    both.insert(both.end(), measured.begin(), measured.end());
    evidence.measured = calendar::merged(std::move(both));
  }
  for (auto const& fault : known.faults) {
    auto const counted =
        fault.by_alert ? calendar::without({fault.stretch}, evidence.measured) : Stretches{fault.stretch};
    for (auto const& down : counted) evidence.pieces.push_back({down, "incident"});
  }
  if (evidence.measured.empty()) evidence.measured = {existed};
  return evidence;
}

// An outage has the incident that touches it, even one whose time was measured better.
std::vector<Outage> outages(Stretches const& down, Evidence const& evidence, Known const& known,
                            calendar::WorkingCalendar const& hours, Instant now) {
  std::vector<Outage> all;
  for (auto const& stretch : down) {
    auto const touches = [&](Stretch const& other) {
      return other.from < stretch.to && stretch.from < other.to;
    };
    Outage outage{stretch,
                  now - stretch.to <= measured_lately,
                  hours.working_between(stretch.from, stretch.to),
                  "",
                  {}};
    auto first = Instant::max();
    for (auto const& piece : evidence.pieces)
      if (touches(piece.stretch) && piece.stretch.from < first) {
        first = piece.stretch.from;
        outage.source = piece.source;
      }
    for (auto const& fault : known.faults)
      if (touches(fault.stretch)) {
        outage.incident = fault.incident;
        break;
      }
    all.push_back(std::move(outage));
  }
  return all;
}

// Nothing measured comes last: it is no trouble, it is a gap.
double urgency(SystemAvailability const& one) {
  if (!one.figures.percent) return -1;
  if (one.figures.budget_used) return *one.figures.budget_used;
  return one.figures.downtime.count() > 0 ? 1e9 : 0;
}

}  // namespace

std::vector<SystemAvailability> AvailabilityReport::over(store::Reader& reader, Stretch const& span,
                                                         Instant now, std::string const& system) const {
  KnownSystems known;
  read_watches(reader, span, system, known);
  read_faults(reader, span, now, promise_.outage_severities, system, known);
  auto const planned = planned_(reader, span);
  std::vector<SystemAvailability> all;
  for (auto& [id, number, name, criticality, created_at] :
       reader.rows<std::string, std::string, std::string, std::string, Instant>(
           "select id, number, name, criticality, created_at from system where state in ('running', "
           "'maintenance') "
           "and (:system = '' or id = :same) order by name, id limit :most",
           system, system, most_systems)) {
    auto const objective = promise_.objectives.find(criticality);
    if (objective == promise_.objectives.end()) continue;
    auto const& of = known[id];
    auto existed = Stretch{created_at, std::max(now, created_at)};
    for (auto const& fault : of.faults) existed.from = std::min(existed.from, fault.stretch.from);
    auto const evidence = evidence_of(of, existed);
    Observed observed{evidence.measured, {}, {}};
    for (auto const& piece : evidence.pieces) observed.down.push_back(piece.stretch);
    if (auto const work = planned.find(id); work != planned.end()) observed.planned = work->second;
    SystemAvailability one{id, number, name, criticality, &objective->second, std::string(evidence.source),
                           {}, {}};
    one.figures = figures_of(objective->second, span, now, observed);
    one.outages = outages(outages_of({span.from, std::clamp(now, span.from, span.to)}, observed), evidence,
                          of, *objective->second.calendar, now);
    all.push_back(std::move(one));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](auto const& a, auto const& b) { return urgency(a) > urgency(b); });
  return all;
}

}  // namespace yunzhi::app

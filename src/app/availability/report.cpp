#include "app/availability/report.hpp"

#include <algorithm>

#include "app/availability/watch_keeper.hpp"

namespace yunzhi::app {
namespace {

using calendar::Stretch;
using calendar::Stretches;

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

// Of all systems, or of one by an index of its own.
template <class Row, class... A>
std::vector<Row> rows_of_systems(store::Reader& reader, std::string const& sql, std::string_view column,
                                 std::string const& system, std::string_view order, A const&... arguments) {
  std::string const end = " order by " + std::string(order) + " limit :most";
  // sql: the parts glued together are the literals of this file; the system is bound.
  if (system.empty()) return reader.rows_of<Row>(sql + end, arguments..., most_rows);
  return reader.rows_of<Row>(sql + " and " + std::string(column) + " = :system" + end, arguments..., system,
                             most_rows);
}

void read_watches(store::Reader& reader, Stretch const& span, std::string const& system,
                  KnownSystems& known) {
  using Row = std::tuple<std::string, std::string, Instant, Instant, std::int64_t>;
  for (auto& [id, source, from, to, up] :
       rows_of_systems<Row>(reader,
                            "select system, source, from_at, to_at, up from system_watch where to_at > :from "
                            "and from_at < :to",
                            "system", system, "from_at", span.from, span.to)) {
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
  for (auto& [id, number, title, of, source, severity, from, to] : rows_of_systems<Row>(
           reader,
           "select i.id, i.number, i.title, i.system, i.source, i.severity, coalesce(i.started_at, "
           "i.created_at), "
           "coalesce(i.recovered_at, c.met_at, i.closed_at) from incident i left join record_clock c on "
           "c.record = "
           "i.id and c.name = 'resolution' where i.started_at < :to and i.system is not null and (i.state <> "
           "'cancelled' or i.recovered_at is not null) and (coalesce(i.recovered_at, c.met_at, i.closed_at) "
           "is null "
           "or coalesce(i.recovered_at, c.met_at, i.closed_at) > :from)",
           "i.system", system, "i.started_at", span.to, span.from)) {
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
// measures serves since it is known, but for its faults.
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

SystemAvailability judged(ReportedSystem const& system, Known const& known, Stretches const& planned,
                          regulation::AvailabilityObjective const& objective, Stretch const& span,
                          Instant now) {
  auto const evidence = evidence_of(known, {system.since, std::max(now, system.since)});
  Observed observed{evidence.measured, {}, planned};
  for (auto const& piece : evidence.pieces) observed.down.push_back(piece.stretch);
  SystemAvailability one{system, &objective, std::string(evidence.source), {}, {}};
  one.figures = figures_of(objective, span, now, observed);
  one.outages = outages(outages_of({span.from, std::clamp(now, span.from, span.to)}, observed), evidence,
                        known, *objective.calendar, now);
  return one;
}

}  // namespace

std::vector<SystemAvailability> AvailabilityReport::read(store::Reader& reader, Spans const& spans,
                                                         Instant now, std::string const& system) const {
  Stretch const whole{spans.front().from, spans.back().to};
  KnownSystems known;
  read_watches(reader, whole, system, known);
  read_faults(reader, whole, now, promise_.outage_severities, system, known);
  auto const planned = planned_(reader, whole);
  std::vector<SystemAvailability> all;
  for (auto& [id, number, name, criticality, registered, first_fault] : rows_of_systems<
           std::tuple<std::string, std::string, std::string, std::string, Instant, std::optional<Instant>>>(
           reader,
           "select id, number, name, criticality, created_at, (select min(i.started_at) from incident i "
           "where "
           "i.system = system.id) from system where state in ('running', "
           "'maintenance')",
           "id", system, "name, id")) {
    ReportedSystem const of{id, number, name, criticality,
                            std::min(registered, first_fault.value_or(registered))};
    auto const objective = promise_.objectives.find(of.criticality);
    if (objective == promise_.objectives.end()) continue;
    auto const work = planned.find(of.id);
    for (auto const& span : spans)
      all.push_back(judged(of, known[of.id], work == planned.end() ? Stretches() : work->second,
                           objective->second, span, now));
  }
  return all;
}

std::vector<SystemAvailability> AvailabilityReport::over(store::Reader& reader, Stretch const& span,
                                                         Instant now) const {
  auto all = read(reader, {span}, now, "");
  std::stable_sort(all.begin(), all.end(),
                   [](auto const& a, auto const& b) { return urgency(a) > urgency(b); });
  return all;
}

std::vector<SystemAvailability> AvailabilityReport::of(store::Reader& reader, std::string const& system,
                                                       Spans const& spans, Instant now) const {
  return read(reader, spans, now, system);
}

}  // namespace yunzhi::app

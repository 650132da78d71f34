#include "app/availability/watch_keeper.hpp"

#include <algorithm>
#include <map>

#include "app/availability/watch.hpp"
#include "app/watched_systems.hpp"
#include "base/log.hpp"

namespace yunzhi::app {
namespace {

constexpr int steps_at_once = 1440;
constexpr auto first_reach = std::chrono::days{31};

// By what the series of a system carry: its name, and where it is asked. Two systems may share both.
using Watched = std::multimap<std::pair<std::string, std::string>, std::string>;

struct Source {
  std::string_view name;
  std::string query;
  Watched systems;
};

std::vector<Source> sources_of(store::Reader& reader) {
  Source probe{watched_by_probe, "probe_success{job=\"" + std::string(probe_job) + "\"}", {}};
  Source target{watched_by_target, "up{job=\"" + std::string(system_job) + "\"}", {}};
  for (auto& [id, name, address, line] :
       reader.rows<std::string, std::string, std::optional<std::string>, std::optional<std::string>>(
           "select id, name, address, probe from system where (address <> '' or probe <> '') and state in "
           "('running', 'maintenance') order by created_at limit 2000")) {
    if (address && !address->empty()) target.systems.emplace(std::pair(name, *address), id);
    if (line && !line->empty()) probe.systems.emplace(std::pair(name, *line), id);
  }
  return {std::move(probe), std::move(target)};
}

struct Kept {
  std::string system;
  std::string_view source;
  std::vector<Watch> watches;
};

// The row that a system's next watch may go on with, by system and source.
struct Row {
  calendar::Stretch stretch;
  bool up = false;
};
using LastRows = std::map<std::pair<std::string, std::string>, Row>;

LastRows rows_until(store::Edit& edit, Instant end) {
  LastRows found;
  for (auto& [system, source, from, up] : edit.rows<std::string, std::string, Instant, bool>(
           "select system, source, from_at, up from system_watch where to_at = :end", end))
    found.insert_or_assign(std::pair(std::move(system), std::move(source)), Row{{from, end}, up});
  return found;
}

// What goes on as it was is one row, however long.
void keep_watches(store::Edit& edit, Kept const& kept, LastRows& last_rows) {
  auto& last = last_rows[std::pair(kept.system, std::string(kept.source))];
  for (auto const& watch : kept.watches) {
    if (last.stretch.to == watch.stretch.from && last.up == watch.up) {
      last.stretch.to = watch.stretch.to;
      edit.run(
          "update system_watch set to_at = :to where system = :system and source = :source and from_at = "
          ":from",
          last.stretch.to, kept.system, kept.source, last.stretch.from);
      continue;
    }
    last = {watch.stretch, watch.up};
    edit.run(
        "insert into system_watch (system, source, from_at, to_at, up) values (:system, :source, :from, :to, "
        ":up) on conflict (system, source, from_at) do nothing",
        kept.system, kept.source, last.stretch.from, last.stretch.to, last.up);
  }
}

}  // namespace

bool WatchKeeper::keep() {
  auto const now = store_.clock()();
  auto const [sources, kept_until] = store_.read([](store::Reader& reader) {
    return std::pair(sources_of(reader),
                     reader.one<Instant>("select at from system_watch_progress where id = 1"));
  });
  // At multiples of the step, so that what one turn keeps goes on where the last one ended.
  auto const earliest = from_ms(to_ms(now - first_reach) / step_.count() * step_.count());
  auto const from = std::max(kept_until.value_or(earliest), earliest);
  auto const steps = std::min<std::int64_t>((now - from) / step_, steps_at_once);
  if (steps <= 0) return false;
  auto const to = from + steps * step_;
  std::vector<Kept> all;
  for (auto const& source : sources) {
    if (source.systems.empty()) continue;
    auto const answer = ask_(source.query, from + step_, to, step_);
    if (answer.has_error()) {
      log::warning("availability.not_measured", {{"reason", answer.error().english()}});
      return false;
    }
    for (auto const& series : answer->series) {
      auto const watches = watches_of(series.samples, step_);
      auto const [first, last] = source.systems.equal_range(
          std::pair(std::string(series.labels.get("system")), std::string(series.labels.get("instance"))));
      for (auto one = first; one != last; ++one) all.push_back({one->second, source.name, watches});
    }
  }
  auto const done = store_.write([&](store::Edit& edit) -> Result<> {
    auto last_rows = rows_until(edit, from);
    for (auto const& one : all) keep_watches(edit, one, last_rows);
    edit.run(
        "insert into system_watch_progress (id, at) values (1, :at) on conflict (id) do update set at = "
        "excluded.at",
        to);
    return {};
  });
  return done.has_value() && now - to >= step_;
}

}  // namespace yunzhi::app

#include "app/alert_suppression.hpp"

#include <algorithm>
#include <vector>

#include "base/json.hpp"
#include "modules/maintenance_window/maintenance_window.hpp"
#include "modules/silence/silence.hpp"

namespace yunzhi::app {
namespace {

constexpr std::size_t systems_walked = 200;

bool is_down(store::Reader& reader, std::string const& system) {
  return reader
      .one<std::int64_t>(
          "select 1 from alert where state = 'firing' and system = :system and labels like "
          "'%\"suppresses\":\"dependents\"%' limit 1",
          system)
      .has_value();
}

std::vector<std::string> depends_on(store::Reader& reader, std::string const& system) {
  std::vector<std::string> below;
  auto const text = reader.one<std::string>("select depends_on from system where id = :id", system);
  if (!text) return below;
  if (auto const parsed = parse_json(*text); parsed.has_value() && parsed->is_array())
    for (auto const& id : parsed->as_array()) below.emplace_back(std::string_view(id.as_string()));
  return below;
}

// Breadth first, so that the nearest cause is named; each system once, since registers may hold circles.
std::string cause_below(store::Reader& reader, std::string const& system) {
  std::vector<std::string> known{system};
  for (std::size_t i = 0; i < known.size(); ++i) {
    auto const current = known[i];
    for (auto& below : depends_on(reader, current)) {
      if (known.size() > systems_walked) return {};
      if (std::find(known.begin(), known.end(), below) != known.end()) continue;
      if (is_down(reader, below)) return below;
      known.push_back(std::move(below));
    }
  }
  return {};
}

}  // namespace

AlertSuppression suppression_of(store::Reader& reader, monitor::Labels const& labels,
                                std::string const& system, Instant now,
                                modules::WindowCalendar const& calendar) {
  AlertSuppression found;
  found.silence = modules::silence_of(reader, labels, now);
  if (system.empty()) return found;
  found.maintenance_window = modules::maintenance_window_of(reader, system, now, calendar);
  found.caused_by = cause_below(reader, system);
  return found;
}

}  // namespace yunzhi::app

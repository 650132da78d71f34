#include "monitor/alert/alert.hpp"

#include <array>

#include <fmt/format.h>

namespace yunzhi::monitor {

std::string_view name_of(AlertState state) {
  constexpr std::array<std::string_view, 4> names{"inactive", "pending", "firing", "resolved"};
  return names.at(static_cast<std::size_t>(state));
}

AlertChange news_of(Alert const& alert) {
  return {alert.fingerprint, alert.name,  alert.labels,    alert.annotations,
          alert.severity(),  alert.state, alert.active_at, alert.fired_at,
          alert.resolved_at, alert.value, alert.flapping};
}

std::string fingerprint_of(Labels const& labels) {
  return fmt::format("{:016x}", labels.hash());
}

}  // namespace yunzhi::monitor

#include "record/migration_request.hpp"

namespace yunzhi::record {

Result<process::MigrationPlan> read_migration(json::object const& body) {
  process::MigrationPlan plan;
  if (auto const* given = body.if_contains("mapping")) {
    if (!given->is_object()) return refuse(Why::invalid, "/mapping", "must be an object");
    for (auto const& member : given->get_object()) {
      if (!member.value().is_string())
        return refuse(Why::invalid, "/mapping/" + std::string(member.key()), "must be text");
      plan.mapping[std::string(member.key())] = std::string_view(member.value().get_string());
    }
  }
  if (auto const* given = body.if_contains("renewed")) {
    if (!given->is_array()) return refuse(Why::invalid, "/renewed", "must be a list");
    for (auto const& event : given->get_array()) {
      if (!event.is_string()) return refuse(Why::invalid, "/renewed", "must be text");
      plan.renewed.emplace(std::string_view(event.get_string()));
    }
  }
  return plan;
}

}  // namespace yunzhi::record

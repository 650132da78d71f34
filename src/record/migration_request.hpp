// What a request says about a migration: {"mapping": {"element": "element"}, "renewed": ["event"]}.
#pragma once

#include "process/durable/processes.hpp"

namespace yunzhi::record {

/// Refused, naming the member, when it is not of that form.
Result<process::MigrationPlan> read_migration(json::object const& body);

}  // namespace yunzhi::record

// Which systems of the register are scraped, and the first of them.
#pragma once

#include <string>
#include <vector>

#include "monitor/monitor.hpp"
#include "record/kernel.hpp"
#include "store/store.hpp"

namespace yunzhi::app {

/// The registered systems in use that have an address; none when the database cannot be read.
std::vector<monitor::Target> watched_systems(store::Store& store);

/// Until the organisation registers systems of its own, the machine the product runs on is the first:
/// registers `address` (host:port of its exporter) once there are accounts. True when nothing is left to do.
bool register_first_system(store::Store& store, record::Kernel& kernel, record::Module const& system,
                           std::string const& address);

}  // namespace yunzhi::app

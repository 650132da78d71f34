// Which systems of the register are scraped, and the first of them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "monitor/monitor.hpp"
#include "record/kernel.hpp"
#include "record/target_template.hpp"
#include "store/store.hpp"

namespace yunzhi::app {

/// How systems are asked: by the templates of the pack, some through exporters of the configuration.
struct TargetSources {
  std::vector<record::TargetTemplate> const& templates;
  std::map<std::string, std::string> const& exporters;  ///< host:port by name
};

/// Jobs of the targets: a system's figures, and what its users would try.
constexpr std::string_view system_job = "system";
constexpr std::string_view probe_job = "probe";

/// For each registered system in use its address, as its template says, and its probe, whichever it has;
/// none when the database cannot be read. The instance is the address or the line of the probe, as people
/// wrote it; the labels are the system's name and its template.
std::vector<monitor::Target> watched_systems(store::Store& store, TargetSources const& sources);

/// Until the organisation registers systems of its own, the machine the product runs on is the first:
/// registers `address` (host:port of its exporter) once there are accounts. True when nothing is left to do.
bool register_first_system(store::Store& store, record::Kernel& kernel, record::Module const& system,
                           std::string const& address);

}  // namespace yunzhi::app

// The alerts that are active, kept in a small file so that `for` and firing survive a restart. Layout in
// docs/formats/monitor-series.md.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "monitor/alert/alert.hpp"

namespace yunzhi::monitor {

/// By the rule's key.
using KeptAlerts = std::map<std::string, std::vector<Alert>>;

void write_alerts(std::filesystem::path const& path, KeptAlerts const& alerts);
/// Empty when there is no file; a file that cannot be read is set aside as *.damaged.
KeptAlerts read_alerts(std::filesystem::path const& path);

}  // namespace yunzhi::monitor

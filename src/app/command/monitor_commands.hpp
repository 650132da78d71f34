// The sub-commands of `yunzhi monitor` that live in files of their own.
#pragma once

#include "app/command/command.hpp"

namespace yunzhi::app {

/// `serve`: the engine alone, as a server.
void add_monitor_serve(CLI::App& monitor, Act& chosen);
/// `query`, `export` and `import`: a folder of series, or a running server.
void add_monitor_data(CLI::App& monitor, Act& chosen);

}  // namespace yunzhi::app

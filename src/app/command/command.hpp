// The families of sub-commands of the program. Each adds its own to the command line and, when one was given,
// leaves in `chosen` what shall be done; main runs it after the whole line was understood.
#pragma once

#include <cstdio>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "base/result.hpp"

namespace yunzhi::app {

/// Does the work of a sub-command; the result is the program's exit status.
using Act = std::function<int()>;

void add_serve(CLI::App& root, Act& chosen);
void add_setup(CLI::App& root, Act& chosen);
void add_pack(CLI::App& root, Act& chosen);
void add_ledger(CLI::App& root, Act& chosen);
void add_process(CLI::App& root, Act& chosen);
void add_feel(CLI::App& root, Act& chosen);
void add_monitor(CLI::App& root, Act& chosen);

/// Prints a refusal to standard error and gives the exit status 1.
int fail(Refusal const& refusal);

/// The whole file; missing, naming the path, when it cannot be read.
Result<std::string> read_text(std::string const& path);

/// Blocks SIGINT and SIGTERM before any thread begins, so that only `wait_for_signal` gets them, and ignores
/// the signals of a closed pipe and of a file that grew too large.
void block_signals();

/// Returns 0 once SIGINT or SIGTERM came.
int wait_for_signal();

}  // namespace yunzhi::app

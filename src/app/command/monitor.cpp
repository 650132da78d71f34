// `yunzhi monitor`: the monitoring engine without the product.
#include <memory>
#include <vector>

#include "app/command/command.hpp"
#include "monitor/query_script.hpp"

namespace yunzhi::app {
namespace {

struct Options {
  std::vector<std::string> files;
  bool verbose = false;
};

/// How many evaluations of one script failed; a script that cannot be read counts as one.
std::size_t test_script(std::string const& path, bool verbose) {
  auto const text = read_text(path);
  auto const report =
      text.has_value() ? monitor::run_script(*text) : Result<monitor::ScriptReport>(text.error());
  if (report.has_error()) {
    std::printf("%s: 0 passed, 1 failed\n  %s\n", path.c_str(), report.error().english().c_str());
    return 1;
  }
  std::printf("%s: %zu passed, %zu failed\n", path.c_str(), report->passed, report->failures.size());
  constexpr std::size_t shown = 20;
  if (verbose)
    for (std::size_t i = 0; i < std::min(shown, report->failures.size()); ++i)
      std::printf("  %s\n", report->failures[i].c_str());
  return report->failures.size();
}

int test_scripts(Options const& options) {
  std::size_t failed = 0;
  for (auto const& path : options.files) failed += test_script(path, options.verbose);
  return failed == 0 ? 0 : 1;
}

}  // namespace

void add_monitor(CLI::App& root, Act& chosen) {
  auto options = std::make_shared<Options>();
  auto* monitor = root.add_subcommand("monitor", "Work with the monitoring engine alone");
  monitor->require_subcommand(1);
  auto* test = monitor->add_subcommand("test", "Run query scripts in the format of Prometheus' promqltest");
  test->add_option("files", options->files, "Script files")->required();
  test->add_flag("--verbose", options->verbose, "Print the first differences of each file");
  test->callback([options, &chosen] { chosen = [options] { return test_scripts(*options); }; });
}

}  // namespace yunzhi::app

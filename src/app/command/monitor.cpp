// `yunzhi monitor`: the monitoring engine without the product.
#include <memory>
#include <vector>

#include "app/command/monitor_commands.hpp"
#include "monitor/alert/rule.hpp"
#include "monitor/alert/rule_tests.hpp"
#include "monitor/query_script.hpp"

namespace yunzhi::app {
namespace {

struct Options {
  std::vector<std::string> files;
  bool verbose = false;
  std::vector<std::string> run{};
  bool ignore_unknown = false;
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

monitor::UnknownKeys unknown_keys(Options const& options) {
  return options.ignore_unknown ? monitor::UnknownKeys::ignored : monitor::UnknownKeys::refused;
}

/// Prints each rule test file's result in the form of the query scripts.
int test_rules(Options const& options) {
  std::size_t failed = 0;
  for (auto const& path : options.files) {
    auto const report = monitor::run_rule_tests(path, {options.run, unknown_keys(options)});
    auto const failures = report ? report->failures : std::vector<std::string>{report.error().english()};
    auto const refused = report ? report->refused : std::vector<std::string>{};
    std::printf("%s: %zu passed, %zu failed, %zu groups refused\n", path.c_str(), report ? report->passed : 0,
                failures.size(), refused.size());
    for (auto const& failure : failures) std::printf("  %s\n", failure.c_str());
    for (auto const& group : refused) std::printf("  refused: %s\n", group.c_str());
    failed += failures.size() + refused.size();
  }
  return failed == 0 ? 0 : 1;
}

int check_rules(Options const& options) {
  bool fine = true;
  for (auto const& path : options.files) {
    auto const groups = monitor::read_rules({path}, unknown_keys(options));
    std::size_t rules = 0;
    if (groups) {
      for (auto const& group : *groups) rules += group.rules.size();
      std::printf("%s: %zu rules found\n", path.c_str(), rules);
    } else {
      std::printf("%s: FAILED\n%s\n", path.c_str(), groups.error().english().c_str());
      fine = false;
    }
  }
  return fine ? 0 : 1;
}

}  // namespace

void add_monitor(CLI::App& root, Act& chosen) {
  auto options = std::make_shared<Options>();
  auto* monitor = root.add_subcommand("monitor", "Work with the monitoring engine alone");
  monitor->require_subcommand(1);
  add_monitor_serve(*monitor, chosen);
  add_monitor_data(*monitor, chosen);
  auto* test = monitor->add_subcommand("test", "Run query scripts in the format of Prometheus' promqltest");
  test->add_option("files", options->files, "Script files")->required();
  test->add_flag("--verbose", options->verbose, "Print the first differences of each file");
  test->callback([options, &chosen] { chosen = [options] { return test_scripts(*options); }; });
  auto* rules = monitor->add_subcommand("test-rules", "Run unit tests of rules in the format of promtool");
  rules->add_option("files", options->files, "Test files")->required();
  rules->add_option("--run", options->run, "Only tests whose name has this regular expression")
      ->allow_extra_args(false);
  rules->add_flag("--ignore-unknown-fields", options->ignore_unknown, "Pass over keys that are not known");
  rules->callback([options, &chosen] { chosen = [options] { return test_rules(*options); }; });
  auto* check = monitor->add_subcommand("check-rules", "Read rule files and tell their mistakes");
  check->add_option("files", options->files, "Rule files")->required();
  check->add_flag("--ignore-unknown-fields", options->ignore_unknown, "Pass over keys that are not known");
  check->callback([options, &chosen] { chosen = [options] { return check_rules(*options); }; });
}

}  // namespace yunzhi::app

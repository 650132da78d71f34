// `yunzhi process`: work on BPMN files without a server.
#include <iostream>
#include <memory>

#include "app/command/command.hpp"
#include "calendar/calendar_file.hpp"
#include "process/simulation/simulation.hpp"

namespace yunzhi::app {
namespace {

int check_process(std::string const& path, bool deploy) {
  auto const text = read_text(path);
  if (text.has_error()) return fail(text.error());
  auto const model =
      process::read_model(*text, deploy ? process::Strictness::deploy : process::Strictness::run);
  if (model.has_error()) return fail(in_file(path, model.error()));
  if (!model->notes.empty()) {
    auto notes = in_file(path, Refusal{Why::invalid, model->notes});
    std::fprintf(stderr, "%s\n", notes.english().c_str());
  }
  for (auto const& definition : model->processes)
    std::printf("%s: %s can run%s\n", path.c_str(), definition.key.c_str(),
                model->notes.empty() ? "" : ", but not be deployed");
  return 0;
}

int round_trip(std::string const& path) {
  auto const text = read_text(path);
  if (text.has_error()) return fail(text.error());
  auto const again = process::round_trip(*text);
  if (again.has_error()) return fail(in_file(path, again.error()));
  std::fwrite(again->data(), 1, again->size(), stdout);
  return 0;
}

struct Options {
  std::vector<std::string> models;
  std::string at;
  std::string calendar;
};

int simulate(Options const& options) {
  auto now = std::chrono::floor<Milliseconds>(wall_clock());
  if (!options.at.empty()) {
    auto const at = parse_instant(options.at);
    if (at.has_error()) return fail(at.error());
    now = *at;
  }
  process::SimulatedWorkingTime working;
  if (!options.calendar.empty()) {
    auto loaded = calendar::load_calendar(options.calendar);
    if (loaded.has_error()) return fail(loaded.error());
    auto const shared = std::make_shared<calendar::WorkingCalendar>(std::move(*loaded));
    working = [shared](Instant from, Milliseconds length, std::string_view) {
      return shared->add_working(from, length);
    };
  }
  process::Simulation simulation(now, std::move(working));
  for (auto const& path : options.models) {
    auto const text = read_text(path);
    if (text.has_error()) return fail(text.error());
    if (auto const added = simulation.add(*text); added.has_error())
      return fail(in_file(path, added.error()));
  }
  for (std::string line; std::getline(std::cin, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto const command = parse_json(line);
    auto const answer = simulation.tell(command.has_error() ? json::value() : *command);
    std::printf("%s\n", json::serialize(answer).c_str());
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

void add_process(CLI::App& root, Act& chosen) {
  auto file = std::make_shared<std::string>();
  auto deploy = std::make_shared<bool>(false);
  auto options = std::make_shared<Options>();
  auto* process = root.add_subcommand("process", "Work on processes");
  process->require_subcommand(1);
  auto* check = process->add_subcommand("check", "Say whether a BPMN file can run, and what is wrong");
  check->add_option("file", *file, "BPMN 2.0 file")->required();
  check->add_flag("--deploy", *deploy,
                  "Ask also for what deploying it needs: roles, actions, nothing ignored");
  check->callback([=, &chosen] { chosen = [=] { return check_process(*file, *deploy); }; });
  auto* again = process->add_subcommand("round-trip", "Print a BPMN file as it was understood");
  again->add_option("file", *file, "BPMN 2.0 file")->required();
  again->callback([=, &chosen] { chosen = [=] { return round_trip(*file); }; });
  auto* run = process->add_subcommand("simulate", "Run processes: JSON commands in, one answer a line out");
  run->add_option("--model", options->models, "BPMN 2.0 file; may be given again")->required();
  run->add_option("--at", options->at, "When the clock begins (RFC 3339); now when absent");
  run->add_option("--calendar", options->calendar, "Working calendar (YAML) for timers in working time");
  run->callback([=, &chosen] { chosen = [=] { return simulate(*options); }; });
}

}  // namespace yunzhi::app

// `yunzhi feel`: evaluates expressions of the condition language without a server.
#include <chrono>
#include <iostream>
#include <memory>

#include "app/command/command.hpp"
#include "process/expression.hpp"

namespace yunzhi::app {
namespace {

process::Moment present() {
  return process::Moment{wall_clock()};
}

int evaluate(std::string const& text, std::string const& context) {
  auto const variables = process::parse_exact_json(context);
  if (variables.has_error()) return fail(variables.error());
  if (variables->entries() == nullptr)
    return fail(refuse(Why::invalid, "--context", "an object is expected"));
  auto const value = process::evaluate_text(text, *variables, present());
  if (value.has_error()) return fail(value.error());
  std::printf("%s\n", process::exact_json(*value).c_str());
  return 0;
}

int evaluate_lines() {
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    if (line.ends_with('\r')) line.pop_back();
    std::cout << process::answer_line(line, present()) << '\n';
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
  }
  std::cout.flush();
  return std::cout ? 0 : 1;
}

struct Options {
  std::string expression, context = "{}";
  bool batch = false;
};

}  // namespace

void add_feel(CLI::App& root, Act& chosen) {
  auto options = std::make_shared<Options>();
  auto* command = root.add_subcommand("feel", "Evaluate a FEEL expression");
  auto* expression = command->add_option("expression", options->expression, "The expression");
  command->add_option("--context", options->context, "JSON object with the variables")->capture_default_str();
  auto* batch =
      command->add_flag("--batch", options->batch,
                        "Answer the JSON lines {\"expression\":…,\"context\":{…}} of standard input");
  batch->excludes(expression);
  command->callback([options, expression, &chosen] {
    if (!options->batch && expression->empty()) throw CLI::RequiredError("expression");
    chosen = [options] {
      return options->batch ? evaluate_lines() : evaluate(options->expression, options->context);
    };
  });
}

}  // namespace yunzhi::app

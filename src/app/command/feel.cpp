// `yunzhi feel`: evaluates an expression of the condition language without a server.
#include <chrono>
#include <memory>

#include "app/command/command.hpp"
#include "process/expression.hpp"

namespace yunzhi::app {
namespace {

int evaluate(std::string const& text, std::string const& context) {
  auto const variables = parse_json(context);
  if (variables.has_error()) return fail(variables.error());
  if (!variables->is_object()) return fail(refuse(Why::invalid, "--context", "an object is expected"));
  auto const expression = process::Expression::compile(text);
  if (expression.has_error()) return fail(expression.error());
  auto const now = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
  auto const value = expression->evaluate(variables->as_object(), process::Moment{Instant(now)});
  std::printf("%s\n", json::serialize(value.to_json()).c_str());
  return 0;
}

struct Options {
  std::string expression, context = "{}";
};

}  // namespace

void add_feel(CLI::App& root, Act& chosen) {
  auto options = std::make_shared<Options>();
  auto* command = root.add_subcommand("feel", "Evaluate a FEEL expression");
  command->add_option("expression", options->expression, "The expression")->required();
  command->add_option("--context", options->context, "JSON object with the variables")->capture_default_str();
  command->callback(
      [options, &chosen] { chosen = [options] { return evaluate(options->expression, options->context); }; });
}

}  // namespace yunzhi::app

// `yunzhi setup`: the first run from a file, for installations without a browser.
#include <memory>

#include "app/command/command.hpp"
#include "app/configuration.hpp"
#include "app/house.hpp"
#include "base/log.hpp"

namespace yunzhi::app {
namespace {

int setup(Configuration const& configuration, std::string const& accounts) {
  log::quiet();
  auto const text = read_text(accounts);
  if (text.has_error()) return fail(text.error());
  auto const body = parse_json(*text);
  if (body.has_error()) return fail(body.error());
  if (!body->is_object())
    return fail(refuse(Why::invalid, accounts, "an object with organisation and accounts is expected"));
  auto house = House::build(configuration);
  if (house.has_error()) return fail(house.error());
  auto const done = (*house)->setup(body->as_object());
  if (done.has_error()) return fail(done.error());
  std::puts("the organisation and its first accounts are set up");
  return 0;
}

struct Options {
  Configuration configuration;
  std::string accounts;
};

}  // namespace

void add_setup(CLI::App& root, Act& chosen) {
  auto options = std::make_shared<Options>();
  auto* command = root.add_subcommand("setup", "Do the first run from a file instead of the browser");
  command->add_option("--data", options->configuration.data, "Folder of the database")->required();
  command
      ->add_option(
          "--accounts", options->accounts,
          "JSON file: {\"organisation\", \"accounts\": [{\"account\", \"name\", \"password\", \"roles\"}]}")
      ->required();
  command->add_option("--pack", options->configuration.pack, "Folder of the regulation pack");
  command->add_option("--database", options->configuration.database,
                      "postgresql://… instead of the embedded database");
  command->callback([options, &chosen] {
    chosen = [options] { return setup(options->configuration, options->accounts); };
  });
}

}  // namespace yunzhi::app

// `yunzhi serve`: the server, until a signal ends it.
#include <memory>

#include "app/command/command.hpp"
#include "app/configuration.hpp"
#include "app/house.hpp"

namespace yunzhi::app {
namespace {

struct Options {
  Configuration configuration;
  std::string file;
};

int serve(Options& options) {
  auto& configuration = options.configuration;
  if (!options.file.empty()) {
    auto const read = read_configuration(options.file, configuration);
    if (read.has_error()) return fail(read.error());
  }
  block_signals();
  auto house = House::build(configuration);
  if (house.has_error()) return fail(house.error());
  auto const opened = (*house)->open_door();
  if (opened.has_error()) return fail(opened.error());
  auto const listen = parse_listen(configuration.listen).value();
  auto const scheme = configuration.certificate_file.empty() ? "http" : "https";
  auto const host = listen.first.find(':') == std::string::npos ? listen.first : "[" + listen.first + "]";
  auto address = std::string(scheme) + "://" + host + ":" + std::to_string((*house)->port());
  if (auto const code = (*house)->setup_code(); !code.empty()) address += "/setup#code=" + code;
  std::printf("%s\n", address.c_str());
  std::fflush(stdout);
  return wait_for_signal();
}

}  // namespace

void add_serve(CLI::App& root, Act& chosen) {
  auto options = std::make_shared<Options>();
  auto& configuration = options->configuration;
  auto* command = root.add_subcommand("serve", "Start the server");
  command->add_option("--data", configuration.data, "Folder of the database, attachments and series")
      ->capture_default_str();
  command->add_option("--listen", configuration.listen, "HOST:PORT to serve at; port 0 takes a free one")
      ->capture_default_str();
  command->add_option("--pack", configuration.pack,
                      "Folder of the regulation pack; the standard one when left out");
  command->add_option("--database", configuration.database,
                      "postgresql://… instead of the embedded database");
  command->add_option("--config", options->file, "TOML file with the seldom-changed settings");
  command->add_option("--exporter", configuration.exporter,
                      "HOST:PORT of this machine's exporter, registered as the first system");
  command->add_flag("--demo", configuration.demo, "Mark every page as a demonstration");
  command->callback([options, &chosen] { chosen = [options] { return serve(*options); }; });
}

}  // namespace yunzhi::app

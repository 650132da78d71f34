// The command line.
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include <CLI/CLI.hpp>

#include "app/configuration.hpp"
#include "app/house.hpp"
#include "app/pack_source.hpp"
#include "base/log.hpp"
#include "process/model/definition.hpp"
#include "store/ledger.hpp"

namespace yunzhi::app {
namespace {

int fail(Refusal const& refusal) {
  std::fprintf(stderr, "%s\n", refusal.english().c_str());
  return 1;
}

Result<std::string> read_text(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return refuse(Why::missing, path, "the file cannot be read");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

int wait_for_signal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
}

// Blocked before any thread begins, so that only the waiting thread gets them.
void block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

int serve(Configuration configuration, std::string const& file) {
  if (!file.empty()) {
    auto const read = read_configuration(file, configuration);
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

int verify_ledger(Configuration const& configuration) {
  // The remembered head is read first: it is never ahead of what a later look at the database shows.
  auto const head = store::load_head(configuration.data);
  store::Options options;
  options.data = configuration.data;
  options.database = configuration.database;
  auto const opened = store::Store::open_to_read(options);
  if (opened.has_error()) return fail(opened.error());
  auto const result = (*opened)->read([&](store::Reader& reader) { return store::verify(reader, head); });
  if (result.first_bad) {
    std::fprintf(stderr, "entry %lld: %s\n", static_cast<long long>(*result.first_bad),
                 result.reason.c_str());
    return 1;
  }
  std::printf("%lld entries, the chain is whole\n", static_cast<long long>(result.entries));
  return 0;
}

int check_process(std::string const& path) {
  auto const text = read_text(path);
  if (text.has_error()) return fail(text.error());
  auto const definition = process::read_definition(*text);
  if (definition.has_value()) {
    std::printf("%s: %s can run\n", path.c_str(), definition->key.c_str());
    return 0;
  }
  auto refusal = definition.error();
  for (auto& fault : refusal.faults) fault.field = path + ":" + fault.field;
  return fail(refusal);
}

struct Commands {
  Configuration configuration;
  std::string configuration_file, accounts, pack_folder, process_file;
  CLI::App root{"Yunzhi 运制 runs an organisation's operations regulation.", "yunzhi"};
  CLI::App* serve = root.add_subcommand("serve", "Start the server");
  CLI::App* setup = root.add_subcommand("setup", "Do the first run from a file instead of the browser");
  CLI::App* pack_check = nullptr;
  CLI::App* ledger_verify = nullptr;
  CLI::App* process_check = nullptr;

  Commands() {
    root.require_subcommand(1);
    root.set_version_flag("--version", YUNZHI_VERSION);
    serve->add_option("--data", configuration.data, "Folder of the database, attachments and series")
        ->capture_default_str();
    serve->add_option("--listen", configuration.listen, "HOST:PORT to serve at; port 0 takes a free one")
        ->capture_default_str();
    serve->add_option("--pack", configuration.pack,
                      "Folder of the regulation pack; the standard one when left out");
    serve->add_option("--database", configuration.database,
                      "postgresql://… instead of the embedded database");
    serve->add_option("--config", configuration_file, "TOML file with the seldom-changed settings");
    serve->add_option("--exporter", configuration.exporter,
                      "HOST:PORT of this machine's exporter, registered as the first system");
    serve->add_flag("--demo", configuration.demo, "Mark every page as a demonstration");
    setup->add_option("--data", configuration.data, "Folder of the database")->required();
    setup
        ->add_option(
            "--accounts", accounts,
            "JSON file: {\"organisation\", \"accounts\": [{\"account\", \"name\", \"password\", \"roles\"}]}")
        ->required();
    setup->add_option("--pack", configuration.pack, "Folder of the regulation pack");
    setup->add_option("--database", configuration.database,
                      "postgresql://… instead of the embedded database");
    auto* pack = root.add_subcommand("pack", "Work on a regulation pack");
    pack->require_subcommand(1);
    pack_check = pack->add_subcommand("check", "Say what is wrong with a pack, with file and line");
    pack_check->add_option("folder", pack_folder, "Folder of the pack")->required();
    auto* ledger = root.add_subcommand("ledger", "Work on the ledger");
    ledger->require_subcommand(1);
    ledger_verify = ledger->add_subcommand(
        "verify", "Walk the whole chain; exit 1 and name the entry when one was changed");
    ledger_verify->add_option("--data", configuration.data, "Folder of the database")->required();
    ledger_verify->add_option("--database", configuration.database,
                              "postgresql://… instead of the embedded database");
    auto* process = root.add_subcommand("process", "Work on processes");
    process->require_subcommand(1);
    process_check = process->add_subcommand("check", "Say whether a BPMN file can run, and what is wrong");
    process_check->add_option("file", process_file, "BPMN 2.0 file")->required();
  }

  int run() {
    if (serve->parsed()) return app::serve(configuration, configuration_file);
    if (setup->parsed()) return app::setup(configuration, accounts);
    if (pack_check->parsed()) {
      auto const checked = check_pack(pack_folder);
      if (checked.has_error()) return fail(checked.error());
      std::puts("the pack is in order");
      return 0;
    }
    if (ledger_verify->parsed()) return verify_ledger(configuration);
    return check_process(process_file);
  }
};

}  // namespace
}  // namespace yunzhi::app

int main(int count, char** words) {
  yunzhi::app::Commands commands;
  try {
    commands.root.parse(count, words);
    return commands.run();
  } catch (CLI::ParseError const& error) {
    return commands.root.exit(error);
  } catch (std::exception const& thrown) {
    std::fprintf(stderr, "yunzhi: %s\n", thrown.what());
    return 70;
  }
}

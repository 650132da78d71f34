// `yunzhi ledger`: work on the ledger.
#include "store/ledger.hpp"

#include <memory>

#include "app/command/command.hpp"
#include "app/configuration.hpp"

namespace yunzhi::app {
namespace {

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

}  // namespace

void add_ledger(CLI::App& root, Act& chosen) {
  auto configuration = std::make_shared<Configuration>();
  auto* ledger = root.add_subcommand("ledger", "Work on the ledger");
  ledger->require_subcommand(1);
  auto* verify = ledger->add_subcommand(
      "verify", "Walk the whole chain; exit 1 and name the entry when one was changed");
  verify->add_option("--data", configuration->data, "Folder of the database")->required();
  verify->add_option("--database", configuration->database,
                     "postgresql://… instead of the embedded database");
  verify->callback(
      [configuration, &chosen] { chosen = [configuration] { return verify_ledger(*configuration); }; });
}

}  // namespace yunzhi::app

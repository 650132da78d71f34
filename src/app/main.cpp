// The command line.
#include <cstdio>

#include "app/command/command.hpp"

int main(int count, char** words) {
  using namespace yunzhi::app;
  CLI::App root{"Yunzhi 运制 runs an organisation's operations regulation.", "yunzhi"};
  root.require_subcommand(1);
  root.set_version_flag("--version", YUNZHI_VERSION);
  Act chosen;
  for (auto* add : {add_serve, add_setup, add_pack, add_ledger, add_process, add_feel, add_monitor})
    add(root, chosen);
  try {
    root.parse(count, words);
    return chosen();
  } catch (CLI::ParseError const& error) {
    return root.exit(error);
  } catch (std::exception const& thrown) {
    std::fprintf(stderr, "yunzhi: %s\n", thrown.what());
    return 70;
  }
}

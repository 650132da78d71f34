// `yunzhi pack`: work on a regulation pack.
#include <memory>

#include "app/command/command.hpp"
#include "app/house.hpp"
#include "app/pack_source.hpp"

namespace yunzhi::app {

void add_pack(CLI::App& root, Act& chosen) {
  auto folder = std::make_shared<std::string>();
  auto* pack = root.add_subcommand("pack", "Work on a regulation pack");
  pack->require_subcommand(1);
  auto* check = pack->add_subcommand("check", "Say what is wrong with a pack, with file and line");
  check->add_option("folder", *folder, "Folder of the pack")->required();
  check->callback([folder, &chosen] {
    chosen = [folder] {
      auto const checked = check_pack(*folder);
      if (checked.has_error()) return fail(checked.error());
      std::puts("the pack is in order");
      return 0;
    };
  });
}

}  // namespace yunzhi::app

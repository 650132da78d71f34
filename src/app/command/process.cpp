// `yunzhi process`: work on BPMN files without a server.
#include <memory>

#include "app/command/command.hpp"
#include "process/model/definition.hpp"

namespace yunzhi::app {
namespace {

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

}  // namespace

void add_process(CLI::App& root, Act& chosen) {
  auto file = std::make_shared<std::string>();
  auto* process = root.add_subcommand("process", "Work on processes");
  process->require_subcommand(1);
  auto* check = process->add_subcommand("check", "Say whether a BPMN file can run, and what is wrong");
  check->add_option("file", *file, "BPMN 2.0 file")->required();
  check->callback([file, &chosen] { chosen = [file] { return check_process(*file); }; });
}

}  // namespace yunzhi::app

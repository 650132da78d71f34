#include "app/pack_source.hpp"

#include "embedded/pack.hpp"
#include "process/decision.hpp"
#include "process/model/model.hpp"

namespace yunzhi::app {

Result<regulation::PackFiles> pack_files(std::string const& folder) {
  if (!folder.empty()) return regulation::read_pack_folder(folder);
  regulation::PackFiles files;
  for (auto const& text : embedded::pack()) files[std::string(text.name)] = std::string(text.bytes);
  return files;
}

Result<> check_pack(std::string const& folder) {
  auto const files = pack_files(folder);
  if (files.has_error()) return files.error();
  auto const pack = regulation::load_pack(*files);
  Refusal refusal = pack.has_error() ? pack.error() : Refusal{};
  for (auto const& [name, text] : *files) {
    Result<> fine;
    if (name.starts_with("processes/"))
      if (auto const model = process::read_model(text, process::Strictness::deploy); model.has_error())
        fine = model.error();
    if (name.starts_with("decisions/"))
      if (auto const model = process::DecisionModel::read(text); model.has_error()) fine = model.error();
    if (fine.has_value()) continue;
    for (auto& fault : in_file(name, fine.error()).faults) refusal.faults.push_back(std::move(fault));
  }
  if (!refusal.faults.empty()) return refusal;
  return {};
}

}  // namespace yunzhi::app

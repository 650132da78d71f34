// Templates of targets: how systems are asked for their figures.
#include <algorithm>

#include "regulation/pack/reader.hpp"

namespace yunzhi::regulation {
namespace {

constexpr std::size_t longest_id = 40;

bool is_id(std::string const& text) {
  return !text.empty() && text.size() <= longest_id && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void read_address(FileReader& file, YAML::Node const& root, record::TargetTemplate& made) {
  auto const form = file.optional_text(root, "address");
  if (form == "host")
    made.address = record::AddressForm::host;
  else if (form == "either")
    made.address = record::AddressForm::either;
  else if (!form.empty() && form != "host_and_port")
    file.mistake(root["address"], "must be one of {}", "host_and_port, host, either");
  if (made.exporter.empty() && made.address != record::AddressForm::host_and_port)
    file.mistake(root["address"], "a system that is asked itself needs an address with a port");
}

void read_request(FileReader& file, YAML::Node const& root, record::TargetTemplate& made) {
  if (auto const scheme = file.optional_text(root, "scheme"); !scheme.empty()) made.scheme = scheme;
  if (made.scheme != "http" && made.scheme != "https")
    file.mistake(root["scheme"], "must be one of {}", "http, https");
  if (auto const path = file.optional_text(root, "path"); !path.empty()) made.path = path;
  if (!made.path.starts_with('/') || made.path.find_first_of("?# \t") != std::string::npos)
    file.mistake(root["path"], "must begin with / and have no query, which is for 'parameters'");
  auto const parameters = root["parameters"];
  if (!parameters.IsDefined()) return;
  if (!parameters.IsMap()) return file.mistake(parameters, "'parameters' must be texts by name");
  for (auto const& entry : parameters) {
    if (entry.second.IsScalar())
      made.parameters.emplace_back(entry.first.Scalar(), entry.second.Scalar());
    else
      file.mistake(entry.second, "'parameters' must be texts by name");
  }
}

void read_times(FileReader& file, YAML::Node const& root, record::TargetTemplate& made) {
  if (root["interval"].IsDefined()) made.interval = file.duration(root, "interval");
  if (root["timeout"].IsDefined()) made.timeout = file.duration(root, "timeout");
  if (made.timeout > made.interval && made.interval.count() > 0)
    file.mistake(root["timeout"], "'timeout' must not be longer than 'interval'");
}

}  // namespace

void read_target(FileReader& file, Pack& pack) {
  auto const& root = file.root();
  if (!root.IsDefined() || !root.IsMap()) return file.mistake(root, "must be a target's template");
  file.keys(root, {"id", "title", "hint", "scheme", "path", "parameters", "exporter", "address_parameter",
                   "address", "board", "interval", "timeout"});
  record::TargetTemplate made;
  made.id = file.text(root, "id");
  if (!is_id(made.id)) file.mistake(root["id"], "'{}' must be of small letters, digits and _", made.id);
  made.title = file.words(root, "title");
  made.hint = file.words(root, "hint");
  made.exporter = file.optional_text(root, "exporter");
  if (!made.exporter.empty() && !is_id(made.exporter))
    file.mistake(root["exporter"], "'{}' must be of small letters, digits and _", made.exporter);
  if (auto const name = file.optional_text(root, "address_parameter"); !name.empty())
    made.address_parameter = name;
  read_address(file, root, made);
  read_request(file, root, made);
  read_times(file, root, made);
  made.board = file.text(root, "board");
  if (!pack.boards.contains(made.board))
    file.mistake(root["board"], "there is no board '{}' in this pack", made.board);
  auto& known = pack.settings.targets;
  auto const same =
      std::find_if(known.begin(), known.end(), [&](auto const& one) { return one.id == made.id; });
  if (same == known.end()) return known.push_back(std::move(made));
  // The template of a host is there without a file, so a file of that id says it anew.
  if (same->hint.empty())
    *same = std::move(made);
  else
    file.mistake(root["id"], "template {} is there twice", made.id);
}

}  // namespace yunzhi::regulation

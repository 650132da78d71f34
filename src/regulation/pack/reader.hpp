// What the readers of pack files share: they gather mistakes instead of stopping at the first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "calendar/yaml.hpp"
#include "regulation/pack.hpp"

namespace yunzhi::regulation {

/// One file being read, and what is wrong with it.
class FileReader {
 public:
  FileReader(std::string file, std::string const& text, Refusal& mistakes);

  /// The root; a null node when the file is not YAML.
  [[nodiscard]] YAML::Node const& root() const { return root_; }
  /// The entries of a list, or nothing with a mistake noted.
  std::vector<YAML::Node> entries(YAML::Node const& node);

  std::string text(YAML::Node const& parent, std::string_view key);
  std::string optional_text(YAML::Node const& parent, std::string_view key);
  Words words(YAML::Node const& parent, std::string_view key);
  Milliseconds duration(YAML::Node const& parent, std::string_view key);
  void keys(YAML::Node const& node, std::vector<std::string_view> const& known);

  template <class... A>
  void mistake(YAML::Node const& node, std::string_view sentence, A const&... arguments) {
    note(calendar::mistake(file_, node, sentence, arguments...));
  }
  void note(Refusal const& refusal);

 private:
  std::string file_;
  Refusal& mistakes_;
  YAML::Node root_;
};

void read_clauses(FileReader& file, Pack& pack);
void read_controls(FileReader& file, Pack& pack);
void read_duties(FileReader& file, Pack& pack);
void read_roles(FileReader& file, Pack& pack);
void read_numbering(FileReader& file, Pack& pack);
void read_priorities(FileReader& file, Pack& pack);
void read_service_levels(FileReader& file, Pack& pack);
void read_escalations(FileReader& file, Pack& pack);
void read_availability(FileReader& file, Pack& pack);
/// After the boards, which it names.
void read_target(FileReader& file, Pack& pack);

/// A YAML document as JSON, for boards.
json::value to_json(YAML::Node const& node);

/// Refuses SQL that reads anything but the evidence views or does more than one select.
Result<> check_evidence_sql(std::string_view sql);

}  // namespace yunzhi::regulation

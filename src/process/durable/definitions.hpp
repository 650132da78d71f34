// The deployed definitions: versions by key, compiled once and kept in memory.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "process/model/definition.hpp"
#include "store/store.hpp"

namespace yunzhi::process {

struct DefinitionRow {
  std::string id;
  std::string key;
  std::int64_t version = 0;
  std::string name;
  std::string record_kind;
  std::string file;
  Instant deployed_at;
  bool active = false;
  std::optional<std::string> tag;
  std::optional<std::string> published_by;  ///< a person; none: it came with the pack
  std::optional<std::string> reason;
};

/// Who publishes a version, and why. Empty for what comes with the pack.
struct Publication {
  std::string by;
  std::string reason;
};

/// Which version of a process: the active one when it says nothing.
struct Which {
  std::optional<std::int64_t> version;
  std::string tag;
};

class Definitions {
 public:
  /// A new version of each process in the file, which new instances use from now on; the active one when
  /// its file is the same. Gives the first. The refusal's fields read `file:line:column`.
  Result<DefinitionRow> deploy(store::Edit& edit, std::string_view file, std::string_view xml,
                               Publication const& publication = {});
  /// Whether the pack brought the file as it is the last time: what people put in force since then stays.
  [[nodiscard]] bool unchanged(store::Reader& reader, std::string_view file, std::string_view xml) const;

  [[nodiscard]] std::optional<DefinitionRow> find(store::Reader& reader, std::string_view id) const;
  /// The version new instances use.
  [[nodiscard]] std::optional<std::string> active(store::Reader& reader, std::string_view key) const;
  [[nodiscard]] std::optional<std::string> find(store::Reader& reader, std::string_view key,
                                                Which const& which) const;
  /// Gives the version a name by which it can be started; another version of the process loses it.
  Result<> tag(store::Edit& edit, std::string_view id, std::string_view tag);
  /// New instances use this version from now on.
  Result<> activate(store::Edit& edit, std::string_view id);
  /// All versions of one key, or of all when it is empty, newest first.
  [[nodiscard]] std::vector<DefinitionRow> list(store::Reader& reader, std::string_view key = {}) const;
  /// Throws when there is none with this id: ids come from our own rows.
  std::shared_ptr<Definition const> get(store::Reader& reader, std::string const& id);

 private:
  DefinitionRow keep(store::Edit& edit, std::string_view file, Definition const& definition,
                     std::string_view xml, Publication const& publication);

  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Definition const>> compiled_;
};

}  // namespace yunzhi::process

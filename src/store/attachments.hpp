// Attached files: each stored once under a keyed digest of its content, encrypted in chunks (libsodium
// secretstream, XChaCha20-Poly1305), so that a changed, cut or swapped file is noticed and never handed out.
// The key is made at first start and kept in the file `key` of the data folder, never in the database.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::store {

class Attachments {
 public:
  /// Opens (or makes) `<data>/attachments` and the key. Throws when the folder cannot be written.
  explicit Attachments(std::string const& data);

  /// Stores the content durably (fsync of file and folder) and gives its digest. Throws Full when there is
  /// no room.
  std::string save(std::string_view content) const;

  /// The content, or Why::missing when the file is gone or not what was stored.
  [[nodiscard]] Result<std::string> load(std::string const& digest) const;

 private:
  [[nodiscard]] std::string path_of(std::string const& digest) const;
  [[nodiscard]] std::string key_of(std::string const& digest) const;

  std::string folder_;
  std::string key_;
};

}  // namespace yunzhi::store

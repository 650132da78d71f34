// A file descriptor that closes itself; failures of the disk are thrown as std::system_error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace yunzhi::monitor {

class File {
 public:
  enum class Open { read, append };

  /// `append` creates the file when it is not there.
  File(std::filesystem::path path, Open mode);
  ~File();
  File(File const&) = delete;
  File& operator=(File const&) = delete;

  [[nodiscard]] std::uint64_t size() const;
  /// At most `count` bytes from `offset`; fewer only at the end of the file.
  [[nodiscard]] std::string read(std::uint64_t offset, std::uint64_t count) const;
  /// Writes all or nothing: after a failed write the file has its former length again.
  void append(std::string_view bytes);
  void cut(std::uint64_t length);
  void sync();
  /// False when somebody else holds the lock; it is held until the file is closed.
  [[nodiscard]] bool lock() const;
  [[nodiscard]] std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
  int descriptor_ = -1;
};

/// Makes renames and new names in the folder survive a power cut.
void sync_folder(std::filesystem::path const& folder);

/// Writes beside, syncs, renames over: the file is the old one or the new one, never half of it.
void replace_file(std::filesystem::path const& path, std::string_view content);

}  // namespace yunzhi::monitor

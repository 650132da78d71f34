#include "monitor/series/file.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace yunzhi::monitor {
namespace {

[[noreturn]] void fail(std::filesystem::path const& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

}  // namespace

File::File(std::filesystem::path path, Open mode) : path_(std::move(path)) {
  int const flags = mode == Open::read ? O_RDONLY : O_RDWR | O_CREAT | O_APPEND;
  descriptor_ = ::open(path_.c_str(), flags | O_CLOEXEC, 0600);
  if (descriptor_ < 0) fail(path_);
}

File::~File() {
  ::close(descriptor_);
}

std::uint64_t File::size() const {
  struct stat facts {};
  if (::fstat(descriptor_, &facts) != 0) fail(path_);
  return static_cast<std::uint64_t>(facts.st_size);
}

std::string File::read(std::uint64_t offset, std::uint64_t count) const {
  std::string bytes(count, '\0');
  std::size_t filled = 0;
  while (filled < count) {
    auto const got =
        ::pread(descriptor_, bytes.data() + filled, count - filled, static_cast<off_t>(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail(path_);
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  bytes.resize(filled);
  return bytes;
}

void File::append(std::string_view bytes) {
  auto const before = size();
  std::size_t written = 0;
  while (written < bytes.size()) {
    auto const put = ::write(descriptor_, bytes.data() + written, bytes.size() - written);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      int const reason = errno;
      cut(before);
      errno = reason;
      fail(path_);
    }
    written += static_cast<std::size_t>(put);
  }
}

void File::cut(std::uint64_t length) {
  if (::ftruncate(descriptor_, static_cast<off_t>(length)) != 0) fail(path_);
}

void File::sync() {
  if (::fdatasync(descriptor_) != 0) fail(path_);
}

bool File::lock() const {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return true;
  if (errno != EWOULDBLOCK) fail(path_);
  return false;
}

void sync_folder(std::filesystem::path const& folder) {
  int const descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail(folder);
  int const result = ::fsync(descriptor);
  ::close(descriptor);
  if (result != 0) fail(folder);
}

void replace_file(std::filesystem::path const& path, std::string_view content) {
  auto beside = path;
  beside += ".new";
  std::filesystem::remove(beside);
  {
    File file(beside, File::Open::append);
    file.append(content);
    file.sync();
  }
  std::filesystem::rename(beside, path);
  sync_folder(path.parent_path());
}

}  // namespace yunzhi::monitor

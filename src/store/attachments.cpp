#include "store/attachments.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.hpp"
#include "base/random.hpp"
#include "store/store.hpp"

namespace yunzhi::store {
namespace {

constexpr std::size_t chunk_bytes = 64 << 10;
constexpr std::size_t sealed_bytes = chunk_bytes + crypto_secretstream_xchacha20poly1305_ABYTES;

unsigned char const* bytes_of(std::string_view text) {
  return reinterpret_cast<unsigned char const*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string keyed_hash(std::string const& key, std::string_view content, std::size_t length) {
  std::string digest(length, '\0');
  crypto_generichash(bytes_of(digest), length, bytes_of(content), content.size(),
                     bytes_of(std::string_view(key)), key.size());
  return digest;
}

void write_all(std::string const& path, std::string_view content) {
  int const file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0)
    throw Full("an attachment cannot be stored: " +
               std::error_code(errno, std::generic_category()).message());
  bool ok = true;
  while (ok && !content.empty()) {
    auto const written = ::write(file, content.data(), content.size());
    ok = written > 0;
    if (ok) content.remove_prefix(static_cast<std::size_t>(written));
  }
  ok = ok && ::fsync(file) == 0;
  ::close(file);
  if (ok) return;
  ::unlink(path.c_str());
  throw Full("there is no room on the disk for the attachment");
}

void sync_folder(std::string const& path) {
  int const folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

std::string read_all(std::string const& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string load_or_make_key(std::string const& data) {
  auto const path = data + "/key";
  auto key = read_all(path);
  if (key.size() == crypto_generichash_KEYBYTES) return key;
  if (!key.empty()) throw std::runtime_error("the file " + path + " is not a key of this product");
  key = random_bytes(crypto_generichash_KEYBYTES);
  write_all(path + ".new", key);
  std::filesystem::rename(path + ".new", path);
  sync_folder(data);
  return key;
}

std::string seal(std::string const& key, std::string_view content) {
  crypto_secretstream_xchacha20poly1305_state state;
  std::string sealed(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&state, bytes_of(sealed), bytes_of(std::string_view(key)));
  do {
    auto const part = content.substr(0, chunk_bytes);
    content.remove_prefix(part.size());
    std::string out(part.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
    unsigned char const tag = content.empty() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                              : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(&state, bytes_of(out), nullptr, bytes_of(part), part.size(),
                                               nullptr, 0, tag);
    sealed += out;
  } while (!content.empty());
  return sealed;
}

bool unseal(std::string const& key, std::string_view sealed, std::string& content) {
  if (sealed.size() < crypto_secretstream_xchacha20poly1305_HEADERBYTES) return false;
  crypto_secretstream_xchacha20poly1305_state state;
  if (crypto_secretstream_xchacha20poly1305_init_pull(&state, bytes_of(sealed),
                                                      bytes_of(std::string_view(key))) != 0)
    return false;
  sealed.remove_prefix(crypto_secretstream_xchacha20poly1305_HEADERBYTES);
  unsigned char tag = 0;
  while (!sealed.empty()) {
    if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) return false;
    auto const part = sealed.substr(0, sealed_bytes);
    sealed.remove_prefix(part.size());
    if (part.size() < crypto_secretstream_xchacha20poly1305_ABYTES) return false;
    std::string out(part.size() - crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
    if (crypto_secretstream_xchacha20poly1305_pull(&state, bytes_of(out), nullptr, &tag, bytes_of(part),
                                                   part.size(), nullptr, 0) != 0)
      return false;
    content += out;
  }
  return tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

}  // namespace

Attachments::Attachments(std::string const& data)
    : folder_(data + "/attachments"), key_(load_or_make_key(data)) {
  std::filesystem::create_directories(folder_);
}

std::string Attachments::path_of(std::string const& digest) const {
  return folder_ + "/" + digest;
}

std::string Attachments::key_of(std::string const& digest) const {
  return keyed_hash(key_, "attachment:" + digest, crypto_secretstream_xchacha20poly1305_KEYBYTES);
}

std::string Attachments::save(std::string_view content) const {
  auto digest = hex(keyed_hash(key_, content, 32));
  auto const path = path_of(digest);
  if (std::filesystem::exists(path)) return digest;
  auto const fresh = path + "." + hex(random_bytes(8));
  write_all(fresh, seal(key_of(digest), content));
  std::filesystem::rename(fresh, path);
  sync_folder(folder_);
  return digest;
}

Result<std::string> Attachments::load(std::string const& digest) const {
  std::string content;
  if (!unseal(key_of(digest), read_all(path_of(digest)), content) ||
      hex(keyed_hash(key_, content, 32)) != digest)
    return refuse(Why::missing, "", "the stored file is gone or damaged");
  return content;
}

}  // namespace yunzhi::store

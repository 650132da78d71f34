#include "store/attachments.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::store;

TEST_CASE("given a stored file, then it comes back whole, whatever its size") {
  TemporaryFolder const folder;
  Attachments const attachments(folder.path());
  for (std::size_t const size : {0U, 1U, 65535U, 65536U, 65537U, 200000U}) {
    std::string const content(size, 'k');
    CHECK(attachments.load(attachments.save(content)).value() == content);
  }
}

TEST_CASE("another start with the same folder reads the file; its text is nowhere on the disk") {
  TemporaryFolder const folder;
  auto const digest = Attachments(folder.path()).save("机房照片的内容");
  CHECK(Attachments(folder.path()).load(digest).value() == "机房照片的内容");
  std::ifstream file(folder.path() + "/attachments/" + digest, std::ios::binary);
  std::string const stored((std::istreambuf_iterator<char>(file)), {});
  CHECK(stored.find("机房") == std::string::npos);
}

TEST_CASE("a flipped, cut or swapped file is never handed out") {
  TemporaryFolder const folder;
  Attachments const attachments(folder.path());
  auto const digest = attachments.save(std::string(100000, 'a'));
  auto const other = attachments.save("b");
  auto const path = folder.path() + "/attachments/" + digest;
  std::filesystem::resize_file(path, 65536 + 24 + 17);
  CHECK(attachments.load(digest).has_error());
  std::filesystem::copy_file(folder.path() + "/attachments/" + other, path,
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(attachments.load(digest).has_error());
  {
    std::fstream file(folder.path() + "/attachments/" + other,
                      std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(30);
    file.put('!');
  }
  CHECK(attachments.load(other).has_error());
  CHECK(attachments.load("0000").has_error());
}

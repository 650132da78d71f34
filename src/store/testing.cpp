#include "store/testing.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <soci/soci.h>

#include "base/digest.hpp"
#include "base/random.hpp"
#include "store/connection.hpp"

namespace yunzhi::store {
namespace {

std::string read_file(std::filesystem::path const& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TemporaryFolder::TemporaryFolder()
    : path_((std::filesystem::temp_directory_path() / ("yunzhi-test-" + hex(random_bytes(8)))).string()) {
  std::filesystem::create_directories(path_);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<Migration> ledger_migrations() {
  return migrations_of({"store"});
}

std::vector<Migration> migrations_of(std::vector<std::string> const& rooms) {
  std::vector<Migration> all;
  for (auto const& room : rooms) {
    std::map<std::string, Migration> found;
    for (auto const& item : std::filesystem::directory_iterator(std::filesystem::path(YUNZHI_SOURCE) / "src" /
                                                                room / "migrations")) {
      auto const file = item.path().filename().string();
      auto const stem = file.substr(0, file.find('.'));
      auto& migration = found[stem];
      migration.owner = room;
      migration.number = std::atoi(stem.c_str());
      migration.name = stem.substr(4);
      auto const text = read_file(item.path());
      if (file.find(".postgresql.") == std::string::npos) migration.sqlite = text;
      if (file.find(".sqlite.") == std::string::npos) migration.postgresql = text;
    }
    for (auto& [stem, migration] : found) all.push_back(std::move(migration));
  }
  return all;
}

void for_each_database(std::vector<Migration> const& migrations, std::function<void(Store&)> const& test,
                       Clock const& clock) {
  {
    TemporaryFolder const folder;
    Options options;
    options.data = folder.path();
    options.clock = clock;
    auto const store = Store::open(options, migrations);
    test(*store.value());
  }
  char const* address = secure_getenv("YUNZHI_TEST_POSTGRESQL");
  if (address == nullptr || *address == '\0') return;
  TemporaryFolder const folder;
  auto const schema = "test_" + hex(random_bytes(8));
  auto const rules = postgresql_rules(address);
  auto const administration = rules->open(true);
  administration->once << "create schema " << schema;
  {
    Options options;
    options.data = folder.path();
    options.clock = clock;
    std::string const base = address;
    options.database =
        base + (base.find('?') == std::string::npos ? "?" : "&") + "options=-csearch_path%3D" + schema;
    auto const store = Store::open(options, migrations);
    test(*store.value());
  }
  administration->once << "drop schema " << schema << " cascade";
}

}  // namespace yunzhi::store

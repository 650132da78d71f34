#include "monitor/offline.hpp"

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "base/instant.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

TEST_CASE(
    "what is imported into a folder can be asked for and exported, and the folder is one program's at a "
    "time") {
  auto const folder = std::filesystem::temp_directory_path() / ("yunzhi-offline-" + new_id(wall_clock()));
  std::string const text = "a{b=\"c\"} 1 1600000000000\na{b=\"c\"} 2 1600000060000\n";
  {
    auto store = *OfflineStore::open(folder);
    REQUIRE(store->import_text(text).has_value());
    CHECK(store->kept() == 2);
    CHECK_FALSE(store->import_text("a b c\n").has_value());
    CHECK_FALSE(OfflineStore::open(folder).has_value());
    store->close();
  }
  std::string exported;
  auto const take = [&](std::string_view part) {
    exported += part;
    return true;
  };
  REQUIRE(offline_export(folder, "a", "", "", take).has_value());
  CHECK(exported == text);
  auto const answer = offline_query(folder, {"a", "1600000061", "", "", ""});
  REQUIRE(answer.has_value());
  CHECK(answer->find("\"2\"") != std::string::npos);
  auto const range = offline_query(folder, {"a", "", "1600000000", "1600000060", "60"});
  REQUIRE(range.has_value());
  CHECK(range->find("matrix") != std::string::npos);
  CHECK_FALSE(offline_query(folder, {"a +", "", "", "", ""}).has_value());
  CHECK_FALSE(offline_query(folder / "nowhere", {"a", "", "", "", ""}).has_value());
  std::filesystem::remove_all(folder);
}

#include "record/rows.hpp"

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

json::object full(Instant now) {
  auto record = errand().defaults;
  record["id"] = new_id(now);
  record["number"] = "ERR-1";
  record["created_by"] = "system:test";
  record["title"] = "it's \"quoted\"; 门诊 🏥";
  record["note"] = "two\nlines";
  record["script"] = "if a then b";
  record["helpers"] = json::array{new_id(now), new_id(now)};
  record["due"] = "2026-11-23T14:05:00.250Z";
  record["day"] = "2026-02-28";
  record["effort"] = "PT1H30M";
  record["approved"] = false;
  record["size"] = std::int64_t{-9007199254740993};
  record["cost"] = 0.1;
  record["labels"] = json::object{{"job", "node"}, {"", "empty"}};
  return record;
}

}  // namespace

TEST_CASE("a record of every kind of field comes back as it was stored") {
  Workshop house;
  house.each([&] {
    auto const fields = errand().fields;
    auto const record = full(house.now);
    auto const id = text_of(record, "id");
    (void)house.command([&](store::Edit& edit) -> Result<> {
      insert(edit, "errand", fields, record);
      return {};
    });
    auto const found = house.look([&](store::Reader& reader) { return fetch(reader, "errand", fields, id); });
    CHECK(found == record);
    CHECK(difference(record, found).empty());
    (void)house.command([&](store::Edit& edit) -> Result<> {
      json::object nothing{{"note", nullptr}, {"due", nullptr},  {"approved", nullptr},
                           {"size", nullptr}, {"cost", nullptr}, {"effort", nullptr}};
      CHECK(update(edit, "errand", fields, id, nothing));
      CHECK(!update(edit, "errand", fields, new_id(house.now), nothing));
      CHECK(update(edit, "errand", fields, id, {}));
      return {};
    });
    auto const after = house.look([&](store::Reader& reader) { return fetch(reader, "errand", fields, id); });
    CHECK(after.at("note").is_null());
    CHECK(after.at("approved").is_null());
    CHECK(after.at("cost").is_null());
    CHECK(after.at("title") == record.at("title"));
    CHECK(
        house.look([&](store::Reader& reader) { return fetch(reader, "errand", fields, new_id(house.now)); })
            .empty());
  });
}

TEST_CASE("a difference tells the old and the new, but not the version it makes") {
  json::object const before{{"title", "a"}, {"size", 1}, {"version", 1}, {"updated_at", "x"}};
  json::object const after{{"title", "b"}, {"size", 1}, {"version", 2}, {"updated_at", "y"}, {"note", "n"}};
  CHECK(difference(before, after) ==
        json::object{{"title", json::array{"a", "b"}}, {"note", json::array{nullptr, "n"}}});
}

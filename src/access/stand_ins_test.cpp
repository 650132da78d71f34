#include "access/stand_ins.hpp"

#include <doctest/doctest.h>

#include "access/directory.hpp"
#include "access/testing.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::access;

namespace {

auto const morning = parse_instant("2026-01-05T10:00:00+08:00").value();
constexpr auto hour = std::chrono::hours{1};

// Two operators: Zhang in the crew that is on duty in the morning, Li in none.
struct Ward {
  std::string zhang, li, wang;
};

Ward fill_ward(store::Store& store, Access& access) {
  Ward ward;
  auto const done = store.write([&](store::Edit& edit) -> Result<> {
    auto const actor = system_actor("test");
    ward.zhang = access.accounts().add_person(edit, actor, "张伟", "");
    ward.li = access.accounts().add_person(edit, actor, "李娜", "");
    ward.wang = access.accounts().add_person(edit, actor, "王芳", "");
    edit.run("update person set crew = 'system-1' where id = :id", ward.zhang);
    for (auto const& person : {ward.zhang, ward.li})
      access.accounts().grant(edit, actor, person, {"system_operator"});
    edit.record({actor.person, "test", "", {}, ""});
    return {};
  });
  REQUIRE(done.has_value());
  return ward;
}

void in_ward(std::function<void(store::Store&, Ward const&)> const& test) {
  store::for_each_database(
      store::migrations_of({"store", "access"}),
      [&](store::Store& store) {
        House house(store);
        test(store, fill_ward(store, *house.access));
      },
      [] { return morning; });
}

Result<StandIn> add(store::Store& store, StandIn const& given) {
  return store.write([&](store::Edit& edit) {
    edit.record({"chief", "test", "", {}, ""});
    return add_stand_in(edit, given);
  });
}

StandIn wish(Ward const& ward) {
  StandIn given;
  given.role = "system_operator";
  given.person = ward.zhang;
  given.deputy = ward.li;
  given.starts_at = morning - hour;
  given.ends_at = morning + 4 * hour;
  given.reason = "发烧";
  given.created_by = "chief";
  return given;
}

std::vector<std::string> told(store::Store& store, Instant at) {
  Rota const rota{calendar::load_shifts(std::string(YUNZHI_SOURCE) + "/packs/standard/shifts.yaml").value(),
                  {}};
  return store.read([&](store::Reader& reader) { return on_duty_for(reader, rota, "system_operator", at); });
}

}  // namespace

TEST_CASE("who stands in is told instead, from the beginning until the end") {
  in_ward([](store::Store& store, Ward const& ward) {
    CHECK(told(store, morning) == std::vector{ward.zhang});
    auto const made = add(store, wish(ward)).value();
    CHECK(made.starts_at == morning);
    CHECK(made.deputy_name == "李娜");
    CHECK(told(store, morning) == std::vector{ward.li});
    CHECK(told(store, morning + 4 * hour) == std::vector{ward.zhang});
  });
}

TEST_CASE("one that is ended holds no longer, and its time is free again") {
  in_ward([](store::Store& store, Ward const& ward) {
    auto const made = add(store, wish(ward)).value();
    REQUIRE(store
                .write([&](store::Edit& edit) {
                  edit.record({"chief", "test", "", {}, ""});
                  end_stand_in(edit, made);
                  return Result<bool>(true);
                })
                .has_value());
    CHECK(told(store, morning) == std::vector{ward.zhang});
    CHECK(!store.read([&](store::Reader& reader) { return find_stand_in(reader, made.id); }));
    CHECK(add(store, wish(ward)).has_value());
  });
}

TEST_CASE("only people of the role stand in for each other, once at a time") {
  in_ward([](store::Store& store, Ward const& ward) {
    auto given = wish(ward);
    given.deputy = ward.wang;
    CHECK(add(store, given).error().faults.at(0).field == "/deputy");
    given.deputy = ward.zhang;
    CHECK(add(store, given).error().faults.at(0).field == "/deputy");
    given = wish(ward);
    given.ends_at = morning;
    CHECK(add(store, given).error().faults.at(0).field == "/ends_at");
    REQUIRE(add(store, wish(ward)).has_value());
    CHECK(add(store, wish(ward)).error().why == Why::conflict);
  });
}

#include "access/directory.hpp"

#include <doctest/doctest.h>

#include "access/testing.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::access;

namespace {

struct Ward {
  std::string top, below, zhang, li, wang;
};

Ward fill_ward(store::Store& store, Access& access) {
  Ward ward;
  auto const done = store.write([&](store::Edit& edit) -> Result<> {
    auto const actor = system_actor("test");
    auto& accounts = access.accounts();
    ward.top = accounts.add_unit(edit, actor, "信息科");
    ward.below = accounts.add_unit(edit, actor, "机房组");
    edit.run("update unit set parent = :parent where id = :id", ward.top, ward.below);
    ward.zhang = accounts.add_person(edit, actor, "张伟", ward.below);
    ward.li = accounts.add_person(edit, actor, "李娜", ward.top);
    ward.wang = accounts.add_person(edit, actor, "王芳", ward.top);
    edit.run("update person set crew = :crew where id = :id", "system-1", ward.zhang);
    edit.run("update person set crew = :crew where id = :id", "system-2", ward.li);
    edit.run("update person set active = 0 where id = :id", ward.wang);
    for (auto const& person : {ward.zhang, ward.li, ward.wang})
      accounts.grant(edit, actor, person, {"system_operator"});
    edit.record({actor.person, "test", "", {}, ""});
    return {};
  });
  REQUIRE(done.has_value());
  return ward;
}

void in_ward(std::function<void(store::Reader&, Ward const&)> const& test) {
  store::for_each_database(store::migrations_of({"store", "access"}), [&](store::Store& store) {
    House house(store);
    auto const ward = fill_ward(store, *house.access);
    store.read([&](store::Reader& reader) { test(reader, ward); });
  });
}

Rota standard_rota() {
  return {calendar::load_shifts(std::string(YUNZHI_SOURCE) + "/packs/standard/shifts.yaml").value(), {}};
}

}  // namespace

TEST_CASE("holders of a role are the active ones, within a unit when asked") {
  in_ward([](store::Reader& reader, Ward const& ward) {
    CHECK(holders(reader, "system_operator").size() == 2);
    CHECK(holders(reader, "system_operator", ward.below) == std::vector{ward.zhang});
    CHECK(holders(reader, "system_operator", ward.top).size() == 2);
    CHECK(units_below(reader, ward.top).size() == 2);
  });
}

TEST_CASE("the crew on shift is on duty, and without one everybody of the role is told") {
  in_ward([](store::Reader& reader, Ward const& ward) {
    auto const day = parse_instant("2026-01-05T10:00:00+08:00").value();
    auto const rota = standard_rota();
    CHECK(on_duty_for(reader, rota, "system_operator", day) == std::vector{ward.zhang});
    CHECK(on_duty_for(reader, rota, "system_operator", day + std::chrono::days{2}) == std::vector{ward.li});
    // In the night of 5 January crew 4 works, which is nobody's.
    CHECK(on_duty_for(reader, rota, "system_operator", day + std::chrono::hours{16}).size() == 2);
    CHECK(on_duty(reader, rota, day).size() == 1);
    CHECK(on_duty_for(reader, Rota{}, "operations_supervisor", day).size() == 1);
  });
}

TEST_CASE("people are reached by the address they gave, in the language they chose") {
  in_ward([](store::Reader& reader, Ward const& ward) {
    CHECK(reach_of(reader, ward.zhang).email.empty());
    CHECK(reach_of(reader, "nobody").language.empty());
  });
}

TEST_CASE("names are found for people and units, many at once") {
  in_ward([](store::Reader& reader, Ward const& ward) {
    std::vector<std::string> ids{ward.zhang, ward.top, ward.zhang, "nobody"};
    for (int i = 0; i < 200; ++i) ids.push_back("x" + std::to_string(i));
    auto const names = names_of(reader, ids);
    CHECK(names.size() == 2);
    CHECK(names.at(ward.zhang) == "张伟");
    CHECK(names.at(ward.top) == "信息科");
  });
}

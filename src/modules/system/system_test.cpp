#include "modules/system/system.hpp"

#include <doctest/doctest.h>

#include "modules/unit/unit.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

Plan plan() {
  Plan plan;
  plan.settings.numbering = {{"system", "SYS-{sequence:4}"}, {"unit", "U-{sequence:3}"}};
  plan.modules = {modules::unit(plan.settings), test_person(), modules::system(plan.settings)};
  plan.migrations =
      store::migrations_of({"store", "access", "notify", "process/durable", "record", "modules/system"});
  return plan;
}

}  // namespace

TEST_CASE("a system's address is a host and a port") {
  Workshop house(plan());
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const with = [&](std::string const& address) {
      return wrong(house.open(chief, "system", {{"name", "HIS"}, {"address", address}}));
    };
    for (auto const* fine : {"10.0.0.5:9100", "his.example:80", "[::1]:9100"}) CHECK(with(fine).empty());
    for (auto const* bad : {"10.0.0.5", ":9100", "host:0", "host:65536", "host:9100/x", "a b:1", "u@h:1"})
      CHECK(with(bad) == "/address must be host:port of an exporter, as in 10.0.0.5:9100");
  });
}

TEST_CASE("a system may stand on others, but not on itself") {
  Workshop house(plan());
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const database = text_of(house.open(chief, "system", {{"name", "Database"}}).value(), "id");
    auto const his = text_of(
        house.open(chief, "system", {{"name", "HIS"}, {"depends_on", json::array{database}}}).value(), "id");
    CHECK(house.patch(chief, "system", his, {{"depends_on", json::array{his}}}).error().why == Why::conflict);
    CHECK(house.patch(chief, "system", his, {{"depends_on", json::array()}}).has_value());
    CHECK(wrong(house.patch(chief, "system", his, {{"depends_on", nullptr}})) ==
          "/depends_on must not be empty");
  });
}

TEST_CASE("a unit cannot stand below itself, by whatever way round") {
  Workshop house(plan());
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const make = [&](json::object const& given) {
      return text_of(house.open(chief, "unit", given).value(), "id");
    };
    auto const house_id = make({{"name", "House"}});
    auto const ward = make({{"name", "Ward"}, {"parent", house_id}});
    auto const bay = make({{"name", "Bay"}, {"parent", ward}});
    CHECK(house.patch(chief, "unit", house_id, {{"parent", house_id}}).error().why == Why::conflict);
    CHECK(house.patch(chief, "unit", house_id, {{"parent", bay}}).error().why == Why::conflict);
    CHECK(house.patch(chief, "unit", bay, {{"parent", house_id}}).has_value());
    std::string above = bay;
    for (int level = 0; level < 18; ++level) above = make({{"name", "deeper"}, {"parent", above}});
    bool refused = false;
    for (int level = 0; level < 5 && !refused; ++level) {
      auto const deeper = house.open(chief, "unit", {{"name", "deeper"}, {"parent", above}});
      refused = deeper.has_error();
      if (!refused) above = text_of(*deeper, "id");
    }
    CHECK(refused);
  });
}

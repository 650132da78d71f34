#include "modules/system/system.hpp"

#include <doctest/doctest.h>

#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

Plan plan() {
  Plan plan;
  plan.settings.numbering = {{"system", "SYS-{sequence:4}"}};
  plan.modules = {test_unit(), test_person(), modules::system(plan.settings)};
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

#include "modules/unit/unit.hpp"

#include <doctest/doctest.h>

#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

Plan plan() {
  Plan plan;
  plan.settings.numbering = {{"unit", "U-{sequence:3}"}};
  plan.modules = {modules::unit(plan.settings)};
  plan.migrations = store::migrations_of({"store", "access", "notify", "process/durable", "record"});
  return plan;
}

}  // namespace

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

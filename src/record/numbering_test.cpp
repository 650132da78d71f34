#include "record/numbering.hpp"

#include <doctest/doctest.h>

#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

struct Numbers : Workshop {
  std::string next(std::string const& pattern) {
    std::string number;
    (void)command([&](store::Edit& edit) -> Result<> {
      number = next_number(edit, "errand", pattern, 480);
      return {};
    });
    return number;
  }
  void keep(std::string const& pattern, std::string const& number) {
    (void)command([&](store::Edit& edit) -> Result<> {
      keep_number(edit, "errand", pattern, number);
      return {};
    });
  }
};

}  // namespace

TEST_CASE("numbers count up, anew in each year of the organisation's own time") {
  Numbers house;
  house.each([&] {
    CHECK(house.next("E-{year}-{sequence:3}") == "E-2026-001");
    CHECK(house.next("E-{year}-{sequence:3}") == "E-2026-002");
    house.now = parse_instant("2026-12-31T16:00:00Z").value();
    CHECK(house.next("E-{year}-{sequence:3}") == "E-2027-001");
    CHECK(house.next("{sequence:1}") == "1");
  });
}

TEST_CASE("a command that is undone leaves no hole") {
  Numbers house;
  house.each([&] {
    auto const undone = house.store().write([&](store::Edit& edit) -> Result<> {
      next_number(edit, "errand", "{sequence:4}", 0);
      return refuse(Why::conflict, "", "this step is no longer open");
    });
    CHECK(undone.has_error());
    CHECK(house.next("{sequence:4}") == "0001");
  });
}

TEST_CASE("a number given elsewhere is not given again") {
  Numbers house;
  house.each([&] {
    house.keep("E-{year}-{sequence:3}", "E-2026-041");
    house.keep("E-{year}-{sequence:3}", "E-2026-007");
    house.keep("E-{year}-{sequence:3}", "E-2025-900");
    for (auto const* strange : {"", "X-2026-999", "E-2026-", "E-26-999", "E-2026-9", "E-2026-999x"})
      house.keep("E-{year}-{sequence:3}", strange);
    CHECK(house.next("E-{year}-{sequence:3}") == "E-2026-042");
  });
}

TEST_CASE("a pattern has one counter of 1 to 9 digits") {
  CHECK(check_number_pattern("INC-{year}-{sequence:5}").has_value());
  CHECK(check_number_pattern("{sequence:1}").has_value());
  for (auto const* wrong :
       {"", "INC", "{sequence:0}", "{sequence:10}", "{sequence:", "{sequence:5}{sequence:5}"}) {
    CAPTURE(wrong);
    CHECK(check_number_pattern(wrong).has_error());
  }
}

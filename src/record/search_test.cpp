#include "record/search.hpp"

#include <doctest/doctest.h>

#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

using Names = std::vector<std::string>;

struct Searches : Workshop {
  Names titles(access::Actor const& actor, std::string const& text, std::size_t limit = 20) const {
    while (index_changes(store(), modules(), 50) > 0) {}
    return look([&](store::Reader& reader) {
      Names names;
      for (auto const& found : search(reader, modules(), actor, text, limit)) names.push_back(found.title);
      return names;
    });
  }
};

}  // namespace

TEST_CASE("words are Latin runs in lower case and overlapping pairs of the rest") {
  CHECK(search_words("HP-1020").size() == 2);
  CHECK(search_words("HP-1020")[0] == "hp");
  CHECK(search_words("网络故障").size() == 3);
  CHECK(search_words("网络，故障").size() == 2);
  CHECK(search_words("网").size() == 1);
  CHECK(search_words("").empty());
  CHECK(search_words("！？ -").empty());
  CHECK(search_words("\xe7\xbd").size() == 1);
}

TEST_CASE("one search finds records of every family, as far as the person may read them") {
  Searches house;
  house.each([&] {
    auto const ward = house.unit("Bulb ward");
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const nurse = house.person("Nurse", "business_operator", ward);
    REQUIRE(house.open(chief, "errand", {{"title", "Bulbs"}}).has_value());
    REQUIRE(house.open(chief, "errand", {{"title", "Bulb of the ward"}, {"unit", ward}}).has_value());
    auto const renamed = house.command(
        [&](store::Edit& edit) {
          return house.kernel().patch(edit, chief, house.module("unit"), ward, {{"name", "Bulb ward B"}},
                                      "*");
        },
        "unit/" + ward);
    REQUIRE_MESSAGE(renamed.has_value(), wrong(renamed));
    CHECK(house.titles(chief, "bulb").size() == 3);
    CHECK(house.titles(nurse, "bulb") == Names{"Bulb ward B", "Bulb of the ward"});
    CHECK(house.titles(chief, "bulb", 1).size() == 1);
  });
}

TEST_CASE("the index follows a change and forgets the old words") {
  Searches house;
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    auto const id = text_of(house.open(chief, "errand", {{"title", "灯泡坏了"}}).value(), "id");
    CHECK(house.titles(chief, "灯泡") == Names{"灯泡坏了"});
    REQUIRE(house.patch(chief, "errand", id, {{"title", "保险丝断了"}}).has_value());
    CHECK(house.titles(chief, "灯泡").empty());
    CHECK(house.titles(chief, "保险丝") == Names{"保险丝断了"});
  });
}

TEST_CASE("a text of the greatest length is indexed, and the index goes on after it") {
  Searches house;
  house.each([&] {
    auto const chief = house.person("Chief", "operations_supervisor");
    std::string script;
    for (unsigned long i = 0; i < 90'000; ++i) {
      auto const code = 0x4e00 + i * i * 7 % 20'011;
      script += static_cast<char>(0xe0 | (code >> 12));
      script += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
      script += static_cast<char>(0x80 | (code & 0x3f));
    }
    auto const opened = house.open(chief, "errand", {{"title", "long"}, {"script", script}});
    REQUIRE_MESSAGE(opened.has_value(), wrong(opened));
    REQUIRE(house.open(chief, "errand", {{"title", "x" + std::string(150, 'y')}}).has_value());
    CHECK(house.titles(chief, "long") == Names{"long"});
    CHECK(house.titles(chief, "xyyy").size() == 1);
  });
}

#include "record/list.hpp"

#include <set>

#include <doctest/doctest.h>

#include "record/search.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

using Names = std::vector<std::string>;
using Query = std::vector<std::pair<std::string, std::string>>;

struct Lists : Workshop {
  void each_with_chief(std::function<void()> const& story) {
    each([&] {
      chief = person("Chief", "operations_supervisor");
      story();
    });
  }

  std::string add(json::object given) {
    now += std::chrono::minutes{1};
    auto const made = open(chief, "errand", given);
    REQUIRE_MESSAGE(made.has_value(), wrong(made));
    return text_of(*made, "id");
  }

  Page page(Query const& query, std::optional<access::Actor> actor = {}) const {
    auto const& who = actor ? *actor : chief;
    auto const parsed = parse_list(module("errand"), asking(query), who);
    REQUIRE_MESSAGE(parsed.has_value(), wrong(parsed));
    return look([&](store::Reader& reader) { return list(reader, module("errand"), *parsed, who); });
  }

  // Titles of a page in order of title, unless the query sorts.
  Names titles(Query query, std::optional<access::Actor> actor = {}) const {
    query.emplace_back("fields", "title");
    query.emplace_back("sort", "title");
    Names found;
    for (auto const& item : page(query, actor).items) found.push_back(text_of(item, "title"));
    return found;
  }

  std::string refused(Query const& query) const {
    return wrong(parse_list(module("errand"), asking(query), chief));
  }

  access::Actor chief;
};

}  // namespace

TEST_CASE("a filter takes any of its values, and with ! all others, empty ones too") {
  Lists house;
  house.each_with_chief([&] {
    auto const other = house.person("Other", "operations_supervisor");
    house.add({{"title", "a"}, {"priority", "p1"}, {"owner", house.chief.person}});
    house.add({{"title", "b"}, {"priority", "p2"}, {"owner", other.person}});
    house.add({{"title", "c"}, {"priority", "p3"}});
    CHECK(house.titles({{"priority", "p1,p3"}}) == Names{"a", "c"});
    CHECK(house.titles({{"priority", "!p1"}}) == Names{"b", "c"});
    CHECK(house.titles({{"owner", "me"}}) == Names{"a"});
    CHECK(house.titles({{"owner", "!me"}}) == Names{"b", "c"});
    CHECK(house.titles({{"owner", ""}}) == Names{"c"});
    CHECK(house.titles({{"owner", "!"}}) == Names{"a", "b"});
    CHECK(house.titles({{"owner", "me,"}}) == Names{"a", "c"});
    CHECK(house.titles({{"owner", "!me,"}}) == Names{"b"});
    CHECK(house.titles({{"owner", "me"}}, other) == Names{"b"});
    CHECK(house.titles({{"priority", "p1"}, {"owner", other.person}}).empty());
  });
}

TEST_CASE("values of every kind can be filtered by, given or empty") {
  Lists house;
  house.each_with_chief([&] {
    house.add({{"title", "a"},
               {"due", "2026-11-24T08:00:00+08:00"},
               {"day", "2026-11-24"},
               {"effort", "PT90M"},
               {"helpers", {house.chief.person}}});
    house.add({{"title", "b"}});
    CHECK(house.titles({{"due", "2026-11-24T00:00:00Z"}}) == Names{"a"});
    CHECK(house.titles({{"due", ""}}) == Names{"b"});
    CHECK(house.titles({{"due", "!"}}) == Names{"a"});
    CHECK(house.titles({{"day", "2026-11-24"}}) == Names{"a"});
    CHECK(house.titles({{"effort", "PT1H30M"}}) == Names{"a"});
    CHECK(house.titles({{"effort", ""}}) == Names{"b"});
    CHECK(house.titles({{"helpers", "me"}}) == Names{"a"});
    CHECK(house.titles({{"helpers", "!me"}}) == Names{"b"});
    CHECK(house.titles({{"approved", ""}}) == Names{"a", "b"});
    CHECK(house.titles({{"approved", "true"}}).empty());
    CHECK(house.titles({{"approved", "!true"}}) == Names{"a", "b"});
    CHECK(house.titles({{"size", ""}}) == Names{"a", "b"});
  });
}

TEST_CASE("a span of time is half open") {
  Lists house;
  house.each_with_chief([&] {
    house.add({{"title", "a"}});
    house.add({{"title", "b"}});
    house.add({{"title", "c"}});
    CHECK(house.titles({{"created_at.from", "2026-11-23T02:02:00Z"}}) == Names{"b", "c"});
    CHECK(house.titles({{"created_at.to", "2026-11-23T10:02:00+08:00"}}) == Names{"a"});
    CHECK(house.titles({{"created_at.from", "2026-11-23T02:01:00Z"},
                        {"created_at.to", "2026-11-23T02:03:00Z"}}) == Names{"a", "b"});
    CHECK(house.titles({{"created_at.from", "2026-11-24"}}).empty());
  });
}

TEST_CASE("open leaves out what has ended, and only it") {
  Lists house;
  house.each_with_chief([&] {
    auto const worker = house.person("Operator", "system_operator");
    auto const id = house.add({{"title", "a"}, {"owner", house.chief.person}});
    house.add({{"title", "b"}});
    REQUIRE(house.finish(worker, id, "work", {{"result", "x"}}).has_value());
    REQUIRE(house.finish(house.chief, id, "check", {{"approved", true}}).has_value());
    CHECK(house.titles({{"open", "true"}}) == Names{"b"});
    CHECK(house.titles({{"open", "false"}}) == Names{"a"});
    CHECK(house.refused({{"open", "perhaps"}}) == "open must be true or false");
  });
}

TEST_CASE("what is asked wrongly is refused by name") {
  Lists house;
  house.each_with_chief([&] {
    CHECK(house.refused({{"colour", "red"}}) == "colour 'colour' is not a parameter of this list");
    CHECK(house.refused({{"title.from", "2026-11-24"}}) ==
          "title.from 'title.from' is not a parameter of this list");
    CHECK(house.refused({{"created_at.until", "2026-11-24"}}).starts_with("created_at.until "));
    CHECK(house.refused({{"created_at.from", "soon"}}).starts_with("created_at.from must be a time"));
    CHECK(house.refused({{"priority", "p9"}}) == "priority must be one of p1, p2, p3");
    CHECK(house.refused({{"owner", "1' or '1'='1"}}).starts_with("owner must be the id of a person"));
    CHECK(house.refused({{"approved", "yes"}}).starts_with("approved "));
    CHECK(house.refused({{"due", "soon"}}).starts_with("due "));
    CHECK(house.refused({{"sort", "note"}}) == "sort must be one of created_at, priority, title, number");
    CHECK(house.refused({{"fields", "title,colour"}}) == "fields 'colour' is not a field of this record");
    CHECK(house.refused({{"limit", "0"}}).starts_with("limit "));
    CHECK(house.refused({{"limit", "201"}}).starts_with("limit "));
    CHECK(house.refused({{"limit", "1e2"}}).starts_with("limit "));
    CHECK(house.refused({{"after", "zz"}}) == "after is not a cursor this list gave out");
    CHECK(house.refused({{"after", "5b5d"}}) == "after is not a cursor this list gave out");
  });
}

TEST_CASE("walking the pages gives every record once, whatever is equal, in both directions") {
  Lists house;
  house.each_with_chief([&] {
    std::set<std::string> all;
    for (int i = 0; i < 11; ++i) {
      auto const made =
          house.open(house.chief, "errand",
                     {{"title", i % 2 == 0 ? "same" : "other"}, {"priority", i < 6 ? "p1" : "p2"}});
      all.insert(text_of(*made, "id"));
    }
    for (auto const* sort :
         {"priority", "-priority", "created_at", "-created_at", "title", "-title", "number"}) {
      CAPTURE(sort);
      std::set<std::string> seen;
      std::size_t rows = 0;
      Query query{{"sort", sort}, {"limit", "3"}};
      for (int pages = 0; pages < 10; ++pages) {
        auto const page = house.page(query);
        CHECK(page.count == 11);
        for (auto const& item : page.items) {
          ++rows;
          seen.insert(text_of(item, "id"));
        }
        if (!page.next) break;
        query = {{"sort", sort}, {"limit", "3"}, {"after", *page.next}};
      }
      CHECK(rows == 11);
      CHECK(seen == all);
    }
  });
}

TEST_CASE("a list holds what the person may read and counts nothing else") {
  Lists house;
  house.each_with_chief([&] {
    auto const ward = house.unit("Ward");
    auto const bay = house.unit("Bay", ward);
    auto const lab = house.unit("Laboratory");
    auto const nurse = house.person("Nurse", "business_operator", ward);
    auto const visitor = house.person("Visitor", "visitor", ward);
    auto const officer = house.person("Officer", "system_officer");
    house.add({{"title", "bay"}, {"unit", bay}});
    house.add({{"title", "lab"}, {"unit", lab}});
    house.add({{"title", "none"}});
    house.add({{"title", "visitor's"}, {"owner", visitor.person}});
    CHECK(house.titles({}, nurse) == Names{"bay"});
    CHECK(house.page({}, nurse).count == 1);
    CHECK(house.titles({}, visitor) == Names{"visitor's"});
    CHECK(house.titles({{"unit", lab}}, visitor).empty());
    CHECK(house.titles({}, officer).empty());
  });
}

TEST_CASE("a search in a list finds Chinese by words of two characters and by single ones") {
  Lists house;
  house.each_with_chief([&] {
    house.add({{"title", "门诊挂号系统无法登录"}});
    house.add({{"title", "打印机卡纸"}, {"note", "三楼护士站，HP-1020"}});
    house.add({{"title", "网络故障"}});
    while (index_changes(house.store(), house.modules(), 50) > 0) {}
    CHECK(house.titles({{"q", "挂号"}}) == Names{"门诊挂号系统无法登录"});
    CHECK(house.titles({{"q", "挂号系统"}}) == Names{"门诊挂号系统无法登录"});
    CHECK(house.titles({{"q", "号挂"}}).empty());
    CHECK(house.titles({{"q", "纸"}}) == Names{"打印机卡纸"});
    CHECK(house.titles({{"q", "障"}}) == Names{"网络故障"});
    CHECK(house.titles({{"q", "网"}}) == Names{"网络故障"});
    CHECK(house.titles({{"q", "护士站 hp"}}) == Names{"打印机卡纸"});
    CHECK(house.titles({{"q", "102"}}) == Names{"打印机卡纸"});
    CHECK(house.titles({{"q", "ERR-2026-003"}}) == Names{"网络故障"});
    CHECK(house.titles({{"q", "故障 挂号"}}).empty());
    CHECK(house.titles({{"q", "，。"}}).empty());
    CHECK(house.titles({{"q", "\" OR ' & ! : * ("}}).empty());
  });
}

#include "record/transfer.hpp"

#include <doctest/doctest.h>

#include "record/search.hpp"
#include "record/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::record;

namespace {

struct Imports : Workshop {
  void each_with_chief(std::function<void()> const& story) {
    each([&] {
      chief = person("Chief", "operations_supervisor");
      story();
    });
  }

  // As the route does it: stored when nothing is wrong.
  ImportReport import(std::string const& lines, std::string const& kind = "errand") {
    ImportReport report;
    (void)store().write([&](store::Edit& edit) -> Result<> {
      report = import_lines(edit, chief, kernel(), module(kind), lines);
      if (!report.errors.empty()) return refuse(Why::invalid, "", "must not be empty");
      edit.record({chief.person, kind + ".import", kind, json::object{}, ""});
      return {};
    });
    return report;
  }

  std::string first_wrong(std::string const& line) {
    auto const report = import(line);
    if (report.errors.empty()) return "";
    return report.errors.front().second.field + " " + report.errors.front().second.english();
  }

  std::int64_t count() const {
    return look(
        [](store::Reader& reader) { return *reader.one<std::int64_t>("select count(*) from errand"); });
  }

  json::object stored(std::string const& number) const {
    return look([&](store::Reader& reader) {
      auto const id = reader.one<std::string>("select id from errand where number = :number", number);
      return id ? kernel().get(reader, chief, module("errand"), *id).value() : json::object();
    });
  }

  access::Actor chief;
};

}  // namespace

TEST_CASE("an imported record keeps its dates and its number, and the counter goes on behind it") {
  Imports house;
  house.each_with_chief([&] {
    auto const report = house.import(
        "{\"number\": \"ERR-2026-041\", \"title\": \"old\", \"state\": \"done\", \"created_at\": "
        "\"2026-03-01T08:00:00+08:00\"}\n\n{\"title\": \"older\", \"state\": \"done\"}\n");
    CHECK(report.errors.empty());
    CHECK(report.accepted == 2);
    CHECK(house.stored("ERR-2026-041").at("created_at") == "2026-03-01T00:00:00.000Z");
    CHECK(house.stored("ERR-2026-041").at("created_by") == json::value(house.chief.person));
    CHECK(house.stored("ERR-2026-042").at("title") == "older");
    CHECK(house.open(house.chief, "errand", {{"title", "new"}})->at("number") == "ERR-2026-043");
  });
}

TEST_CASE("one wrong line refuses the whole import, each fault with its line") {
  Imports house;
  house.each_with_chief([&] {
    auto const report = house.import(
        "{\"title\": \"fine\", \"state\": \"done\"}\n"
        "not json\n"
        "[]\n"
        "{\"title\": \"\", \"state\": \"done\"}\n"
        "{\"title\": \"x\", \"state\": \"working\"}\n"
        "{\"title\": \"x\", \"state\": \"done\", \"created_at\": \"2030-01-01T00:00:00Z\"}\n");
    CHECK(house.count() == 0);
    std::vector<std::int64_t> lines;
    for (auto const& [line, fault] : report.errors) lines.push_back(line);
    CHECK(lines == std::vector<std::int64_t>{2, 3, 4, 5, 6});
  });
}

TEST_CASE("references are named by number or id, and must be there") {
  Imports house;
  house.each_with_chief([&] {
    auto const number = house.get(house.chief, "person", house.chief.person)->at("number").as_string();
    auto const line = [&](std::string const& owner) {
      return json::serialize(json::object{{"number", "A"},
                                          {"title", "x"},
                                          {"state", "done"},
                                          {"owner", owner},
                                          {"helpers", json::array{owner}}});
    };
    CHECK(house.import(line(std::string(number))).errors.empty());
    CHECK(house.stored("A").at("owner") == json::value(house.chief.person));
    CHECK(house.stored("A").at("helpers") == json::array{house.chief.person});
    CHECK(house.first_wrong(line("P-1234")).starts_with("/owner must be the id of a person"));
  });
}

TEST_CASE("nobody chooses ids, versions or a number that is taken") {
  Imports house;
  house.each_with_chief([&] {
    auto const made = house.open(house.chief, "errand", {{"title", "first"}}).value();
    auto const line = [](json::object more) {
      more["title"] = "x";
      more["state"] = "done";
      return json::serialize(more);
    };
    CHECK(house.first_wrong(line({{"id", made.at("id")}})) == "/id cannot be set here");
    CHECK(house.first_wrong(line({{"version", 7}})) == "/version cannot be set here");
    CHECK(house.first_wrong(line({{"number", made.at("number")}})) ==
          "/number another record has this number");
    auto const twice = house.import(line({{"number", "B"}}) + "\n" + line({{"number", "B"}}));
    REQUIRE(twice.errors.size() == 1);
    CHECK(twice.errors[0].first == 2);
  });
}

TEST_CASE("a family without a process may import what is still in use") {
  Imports house;
  house.each_with_chief([&] {
    CHECK(house.import("{\"name\": \"Ward\"}\n{\"name\": \"Bay\", \"parent\": \"U-001\"}", "unit")
              .errors.empty());
  });
}

TEST_CASE("what was imported is found by the search") {
  Imports house;
  house.each_with_chief([&] {
    REQUIRE(house.import("{\"title\": \"灯泡坏了\", \"state\": \"done\"}").errors.empty());
    while (index_changes(house.store(), house.modules(), 50) > 0) {}
    CHECK(house.look([&](store::Reader& reader) {
      return search(reader, house.modules(), house.chief, "灯泡", 10).size();
    }) == 1);
  });
}

TEST_CASE("a cell never starts a formula, and quotes are doubled") {
  CHECK(csv_line({"a", "", "say \"x\"", "two\nlines"}) == "\"a\",\"\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
  CHECK(csv_line({"=1+1", "+1", "-1", "@x", "\tx"}) == "\"'=1+1\",\"'+1\",\"'-1\",\"'@x\",\"'\tx\"\r\n");
  CHECK(csv_line({"＝1"}) == "\"'＝1\"\r\n");
  CHECK(csv_line({"", ""}) == "\"\",\"\"\r\n");
}

#include "watch/boards.hpp"

#include <doctest/doctest.h>

#include "base/limits.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::watch;

namespace {

access::Actor actor_of(std::string const& person, access::Scope scope) {
  access::Actor actor;
  actor.person = actor.name = person;
  actor.grants[write_boards] = scope;
  return actor;
}

BoardContent content(std::string_view title, std::string_view expr = "up") {
  return read_board({{"title", title}, {"rows", {{{"panels", {{{"queries", {{{"expr", expr}}}}}}}}}}})
      .value();
}

// Three people on each database: the owner, a colleague of the role "operator", and a stranger.
struct House {
  explicit House(store::Store& given) : store(given) {
    auto const filled = write([](store::Edit& edit) {
      for (auto const* person : {"owner", "colleague", "stranger"})
        edit.run(
            "insert into person (id, number, created_at, created_by, updated_at, version, name) values (:id, "
            ":number, 0, 'x', 0, 1, :name)",
            person, person, person);
      edit.run(
          "insert into person_role (person, role, granted_by, granted_at) values ('colleague', 'operator', "
          "'x', "
          "0)");
      return Result<bool>(true);
    });
    REQUIRE(filled.has_value());
  }

  template <class Act>
  std::invoke_result_t<Act, store::Edit&> write(Act const& work) {
    return store.write([&](store::Edit& edit) {
      edit.record({"owner", "test", "", {}, ""});
      return work(edit);
    });
  }
  Board create(std::string_view title) {
    return write([&](store::Edit& edit) { return create_board(edit, owner, content(title), ""); }).value();
  }
  Result<Board> change(Board const& board, std::int64_t base, BoardContent given) {
    return write([&](store::Edit& edit) { return change_board(edit, owner, board, base, given, "why"); });
  }
  Board share(Board const& board, Sharing const& sharing) {
    return write([&](store::Edit& edit) { return Result<Board>(share_board(edit, board, sharing)); }).value();
  }
  std::optional<Board> seen(access::Actor const& actor, Board const& board) {
    return store.read([&](store::Reader& reader) { return find_board(reader, actor, board.id); });
  }
  std::vector<std::string> titles(access::Actor const& actor, std::string_view search = "") {
    std::vector<std::string> found;
    store.read([&](store::Reader& reader) {
      for (auto const& board : list_boards(reader, actor, search, std::nullopt, 10))
        found.push_back(board.title);
    });
    return found;
  }

  store::Store& store;
  access::Actor owner = actor_of("owner", access::Scope::own);
  access::Actor colleague = actor_of("colleague", access::Scope::own);
  access::Actor stranger = actor_of("stranger", access::Scope::own);
};

void each(std::function<void(House&)> const& test) {
  store::for_each_database(store::migrations_of({"store", "access", "watch"}), [&](store::Store& store) {
    House house(store);
    test(house);
  });
}

}  // namespace

TEST_CASE("a board is its owner's alone until it is shared with a role or with everybody") {
  each([](House& house) {
    auto const made = house.create("机房");
    CHECK(house.seen(house.owner, made)->content == made.content);
    CHECK(!house.seen(house.colleague, made));
    house.share(made, {"roles", false, {"operator"}});
    CHECK(house.seen(house.colleague, made)->sharing.roles == std::vector<std::string>{"operator"});
    CHECK(!house.seen(house.stranger, made));
    house.share(made, {"everybody", false, {}});
    CHECK(house.titles(house.stranger) == std::vector<std::string>{"机房"});
    house.share(made, {"nobody", false, {}});
    CHECK(house.titles(house.colleague).empty());
  });
}

TEST_CASE("who sees a board changes it only when that is allowed, and never deletes another's") {
  each([](House& house) {
    auto const made = house.create("x");
    auto const shown = house.share(made, {"everybody", false, {}});
    CHECK(may_edit(house.owner, shown));
    CHECK(!may_edit(house.colleague, shown));
    auto const open = house.share(made, {"everybody", true, {}});
    CHECK(may_edit(house.colleague, open));
    CHECK(!may_own(house.colleague, open));
    CHECK(may_own(actor_of("chief", access::Scope::all), open));
    CHECK(!may_edit(actor_of("owner", access::Scope::none), open));
  });
}

TEST_CASE("a change is made only on the newest version, and only when it changes something") {
  each([](House& house) {
    auto const made = house.create("x");
    auto const second = house.change(made, 1, content("y")).value();
    CHECK(second.version == 2);
    auto const stale = house.change(second, 1, content("z"));
    CHECK(stale.error().why == Why::conflict);
    CHECK(stale.error().english() ==
          "/base: owner changed the board since you read it; it is now at version 2");
    CHECK(house.change(second, 2, content("y")).error().why == Why::conflict);
    house.store.read([&](store::Reader& reader) {
      auto const versions = board_versions(reader, made.id);
      REQUIRE(versions.size() == 2);
      CHECK(versions.front().reason == "why");
      CHECK(find_board_version(reader, made.id, 1)->title == "x");
    });
  });
}

TEST_CASE("the oldest versions give way, and none is left of a board that is deleted") {
  each([](House& house) {
    auto board = house.create("x");
    for (std::int64_t i = 0; i < limits::board_versions; ++i)
      board = house.change(board, board.version, content("x " + std::to_string(i))).value();
    house.store.read([&](store::Reader& reader) {
      CHECK(board_versions(reader, board.id).size() == static_cast<std::size_t>(limits::board_versions));
      CHECK(board_versions(reader, board.id).back().version == 2);
    });
    REQUIRE(house
                .write([&](store::Edit& edit) {
                  delete_board(edit, board);
                  return Result<bool>(true);
                })
                .has_value());
    CHECK(house.titles(house.owner).empty());
  });
}

TEST_CASE("what is searched for stands for itself, whatever its letters' case") {
  each([](House& house) {
    house.create("CPU 100%");
    house.create("CPU 1000");
    CHECK(house.titles(house.owner, "cpu 100%") == std::vector<std::string>{"CPU 100%"});
    CHECK(house.titles(house.owner, "cpu").size() == 2);
    CHECK(house.titles(house.owner, "_").empty());
  });
}

#include "store/store.hpp"

#include <atomic>
#include <filesystem>
#include <thread>

#include <doctest/doctest.h>

#include "base/id.hpp"
#include "store/ledger.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::store;

namespace {

std::vector<Migration> note_table() {
  auto migrations = ledger_migrations();
  std::string const table =
      "create table note (id text primary key, body text, size bigint, ratio double precision);\n";
  migrations.push_back({"test", 1, "note", table, table});
  return migrations;
}

Entry entry_for(std::string const& subject) {
  return {"tester", "note.write", "note/" + subject, {}, "r1"};
}

Result<std::string> add_note(Store& store, std::string const& id, std::string const& body) {
  return store.write([&](Edit& edit) -> Result<std::string> {
    edit.run("insert into note (id, body, size, ratio) values (:id, :body, :size, :ratio)", id, body,
             static_cast<std::int64_t>(body.size()), 0.5);
    edit.record(entry_for(id));
    return id;
  });
}

std::int64_t count(Store& store) {
  return store.read([](Reader& reader) { return *reader.one<std::int64_t>("select count(*) from note"); });
}

}  // namespace

TEST_CASE("given a committed command, when another reader looks, then it is there with its ledger entry") {
  for_each_database(note_table(), [](Store& store) {
    REQUIRE(add_note(store, "a", "磁盘告警").has_value());
    auto const body = store.read([](Reader& reader) {
      return reader.row<std::string, std::int64_t, double>(
          "select body, size, ratio from note where id = :id", "a");
    });
    REQUIRE(body.has_value());
    CHECK(*body == std::make_tuple(std::string("磁盘告警"), std::int64_t{12}, 0.5));
    auto const check = store.read([](Reader& reader) { return verify(reader, std::nullopt); });
    CHECK(check.entries == 1);
    CHECK_FALSE(check.first_bad.has_value());
  });
}

TEST_CASE("a refused command leaves nothing, and its neighbours of the same batch stay") {
  for_each_database(note_table(), [](Store& store) {
    std::vector<std::thread> writers;
    writers.reserve(20);
    std::atomic<int> refused{0};
    for (int i = 0; i < 20; ++i)
      writers.emplace_back([&, i] {
        auto const done = store.write([&](Edit& edit) -> Result<> {
          edit.run("insert into note (id, body) values (:id, :body)", std::to_string(i), nullptr);
          edit.record(entry_for(std::to_string(i)));
          if (i % 2 == 0) return refuse(Why::conflict, "", "even ones are not wanted");
          return {};
        });
        if (done.has_error()) ++refused;
      });
    for (auto& writer : writers) writer.join();
    CHECK(refused == 10);
    CHECK(count(store) == 10);
    CHECK(store.read([](Reader& reader) { return verify(reader, std::nullopt); }).entries == 10);
  });
}

TEST_CASE("a broken unique key is told apart and rolled back") {
  for_each_database(note_table(), [](Store& store) {
    REQUIRE(add_note(store, "a", "one").has_value());
    try {
      (void)add_note(store, "a", "two");
      FAIL("a second note with the same key was taken");
    } catch (Broken const& broken) {
      CHECK(broken.rule == Broken::Rule::unique);
    }
    REQUIRE(add_note(store, "b", "three").has_value());
    CHECK(count(store) == 2);
  });
}

TEST_CASE("what waits for the commit runs after it, and not after a rollback") {
  for_each_database(note_table(), [](Store& store) {
    std::atomic<int> ran{0};
    auto const act = [&](bool keep) {
      return store.write([&](Edit& edit) -> Result<> {
        edit.after_commit([&] { ++ran; });
        if (!keep) return refuse(Why::conflict, "", "no");
        edit.record(entry_for("x"));
        return {};
      });
    };
    CHECK(act(true).has_value());
    CHECK(act(false).has_error());
    CHECK(ran == 1);
  });
}

TEST_CASE("an argument may be null first and a value later") {
  for_each_database(note_table(), [](Store& store) {
    for (auto const& size :
         {std::optional<std::int64_t>(), std::optional<std::int64_t>(7), std::optional<std::int64_t>()}) {
      auto const done = store.write([&](Edit& edit) -> Result<> {
        edit.run("insert into note (id, size) values (:id, :size)", new_id(edit.now()), size);
        edit.record(entry_for("n"));
        return {};
      });
      CHECK(done.has_value());
    }
    CHECK(*store.read(
              [](Reader& reader) { return reader.one<std::int64_t>("select sum(size) from note"); }) == 7);
  });
}

TEST_CASE("an edited, a deleted and a cut entry are each found") {
  for_each_database(note_table(), [](Store& store) {
    for (auto const* id : {"a", "b", "c"}) REQUIRE(add_note(store, id, "x").has_value());
    auto const head = store.read([](Reader& reader) { return ledger_head(reader); });
    auto const tamper = [&](char const* sql) {
      std::optional<Verification> seen;
      (void)store.write([&](Edit& edit) -> Result<> {
        edit.run(sql);
        seen = verify(edit, head);
        return refuse(Why::conflict, "", "only a look");
      });
      return *seen;
    };
    CHECK(tamper("update ledger set actor = 'nobody' where seq = 2").first_bad == 2);
    CHECK(tamper("delete from ledger where seq = 1").first_bad == 1);
    CHECK(tamper("delete from ledger where seq = 3").first_bad == 3);
    CHECK_FALSE(store.read([&](Reader& reader) { return verify(reader, head); }).first_bad.has_value());
  });
}

TEST_CASE("a second server on the same folder is turned away") {
  TemporaryFolder const folder;
  Options options;
  options.data = folder.path();
  auto const first = Store::open(options, note_table());
  REQUIRE(first.has_value());
  auto const second = Store::open(options, note_table());
  REQUIRE(second.has_error());
  CHECK(second.error().why == Why::busy);
}

TEST_CASE("a changed migration and a newer database are refused") {
  TemporaryFolder const folder;
  Options options;
  options.data = folder.path();
  REQUIRE(Store::open(options, note_table()).has_value());
  auto changed = note_table();
  changed.back().sqlite += "create table more (id text);\n";
  CHECK(Store::open(options, changed).error().english().find("was changed") != std::string::npos);
  auto older = note_table();
  older.pop_back();
  CHECK(Store::open(options, older).error().english().find("newer version") != std::string::npos);
  CHECK(Store::open(options, note_table()).has_value());
}

TEST_CASE("a statement beyond its time is ended, and the next reader is free again") {
  for_each_database(note_table(), [](Store& store) {
    auto const endless =
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000000000) select "
        "count(*) from n";
    CHECK_THROWS_AS(store.read([&](Reader& reader) {
      reader.limit(Milliseconds{50});
      return *reader.one<std::int64_t>(endless);
    }),
                    Slow);
    CHECK(count(store) == 0);
  });
}

TEST_CASE("a dry run succeeds and leaves nothing") {
  for_each_database(note_table(), [](Store& store) {
    auto const done = store.write([](Edit& edit) -> Result<> {
      edit.run("insert into note (id) values (:id)", "a");
      edit.discard();
      return {};
    });
    CHECK(done.has_value());
    CHECK(count(store) == 0);
  });
}

#include "access/access.hpp"

#include <atomic>

#include <doctest/doctest.h>

#include "access/directory.hpp"
#include "access/setup.hpp"
#include "access/testing.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::access;
using namespace std::chrono_literals;

namespace {

// Other threads read it while the test moves it.
struct MovableClock {
  std::shared_ptr<std::atomic<Instant>> present =
      std::make_shared<std::atomic<Instant>>(parse_instant("2026-11-23T08:00:00Z").value());
  operator Clock() const {
    return [present = present] { return present->load(); };
  }
  void pass(Milliseconds time) { *present = present->load() + time; }
};

using Test = std::function<void(store::Store&, House&, MovableClock&)>;

void in_house(Test const& test, Options const& options = quick_options()) {
  MovableClock clock;
  store::for_each_database(
      store::migrations_of({"store", "access"}),
      [&](store::Store& store) {
        House house(store, options);
        test(store, house, clock);
      },
      clock);
}

std::int64_t entries(store::Store& store, std::string_view action) {
  return store.read([&](store::Reader& reader) {
    return *reader.one<std::int64_t>("select count(*) from ledger where action = :action", action);
  });
}

std::string account_id(Client& officer, std::string const& account) {
  auto const answer = object_of(officer.get("/api/v1/accounts"));
  for (auto const& item : answer.at("items").as_array())
    if (text_of(item.as_object(), "account") == account) return text_of(item.as_object(), "id");
  return {};
}

void add_echo(House& house, int& runs) {
  http::Route route;
  route.method = http::Method::post;
  route.path = "/echo";
  route.operation.permission = "incident.report";
  house.access->gate().write(
      house.router, std::move(route), [&runs](Call const& call, store::Edit& edit) -> Gate::Answer {
        auto const body = call.request.json_body();
        if (!body) return body.error();
        if (body->contains("refuse")) return refuse(Why::conflict, "/refuse", "no");
        if (body->contains("full")) throw store::Full("no room");
        ++runs;
        edit.record(entry(call, "echo", "echo/1"));
        return http::Reply::json(json::object{{"run", runs}}, 201).with("Location", "/echo/1");
      });
}

}  // namespace

TEST_CASE("setup happens once, with the right code and the right cast") {
  MovableClock clock;
  store::for_each_database(
      store::migrations_of({"store", "access"}),
      [&](store::Store& store) {
        auto access = Access::make(store, standard_roles(), quick_options()).value();
        http::Router router;
        access->add_routes(router);
        Client client(router);
        CHECK(object_of(client.get("/api/v1/setup"))["needed"].as_bool());
        CHECK(access->setup_code() == "code");
        json::array cast;
        for (auto const* role :
             {"system_officer", "security_officer", "audit_officer", "operations_supervisor"})
          cast.push_back(json::object{{"account", std::string("Acc.") + role},
                                      {"name", role},
                                      {"password", test_password},
                                      {"roles", json::array{role}}});
        json::object body{{"code", "wrong"}, {"organisation", "医院"}, {"accounts", cast}};
        CHECK(client.post("/api/v1/setup", body).status == 403);
        body["code"] = "code";
        body["accounts"].as_array().pop_back();
        CHECK(client.post("/api/v1/setup", body).status == 422);
        body["accounts"] = cast;
        CHECK(client.post("/api/v1/setup", body).status == 201);
        CHECK(client.post("/api/v1/setup", body).status == 409);
        CHECK(object_of(client.get("/api/v1/setup"))["organisation"].as_string() == "医院");
        CHECK(access->setup_code().empty());
        CHECK(client.sign_in("acc.AUDIT_officer") == 201);
        CHECK(entries(store, "setup.complete") == 1);
      },
      clock);
}

TEST_CASE("a session tells who one is, keeps to its cookie and ends at sign-out") {
  in_house([](store::Store& store, House& house, MovableClock&) {
    Client client(house.router);
    CHECK(client.get("/api/v1/sessions/current").status == 401);
    REQUIRE(client.sign_in("Supervisor") == 201);
    auto const current = object_of(client.get("/api/v1/sessions/current"));
    CHECK(current.at("person").at("account").as_string() == "supervisor");
    CHECK(current.at("permissions").at("incident.assess").as_string() == "all");
    CHECK(current.at("organisation").as_string() == "Hospital");
    CHECK(current.at("csrf").as_string() == client.csrf);
    Client copy(house.router);
    copy.bearer = client.cookie.substr(client.cookie.find('=') + 1);
    CHECK(copy.get("/api/v1/sessions/current").status == 401);
    CHECK(client.send(http::Method::remove, "/api/v1/sessions/current").status == 204);
    CHECK(client.cookie == "yunzhi=");
    client.cookie = "yunzhi=" + copy.bearer;
    CHECK(client.get("/api/v1/sessions/current").status == 401);
    CHECK(entries(store, "session.open") == 1);
    CHECK(entries(store, "session.close") == 1);
  });
}

TEST_CASE("a change by cookie needs the CSRF token and our own origin, a bearer neither") {
  in_house([](store::Store&, House& house, MovableClock&) {
    int runs = 0;
    add_echo(house, runs);
    Client client(house.router);
    REQUIRE(client.sign_in("supervisor") == 201);
    CHECK(client.post("/echo", json::object{}).status == 201);
    CHECK(client.post("/echo", json::object{}, {{"origin", "http://yunzhi.test"}}).status == 201);
    CHECK(client.post("/echo", json::object{}, {{"origin", "http://evil.test"}}).status == 403);
    CHECK(client.post("/echo", json::object{}, {{"sec-fetch-site", "cross-site"}}).status == 403);
    client.csrf = "wrong";
    CHECK(client.post("/echo", json::object{}).status == 403);
    Client program(house.router);
    REQUIRE(program.sign_in("supervisor", test_password, true) == 201);
    CHECK(program.cookie.empty());
    CHECK(program.post("/echo", json::object{}).status == 201);
    CHECK(runs == 3);
  });
}

TEST_CASE("an operation that is not granted is forbidden") {
  in_house([](store::Store&, House& house, MovableClock&) {
    int runs = 0;
    add_echo(house, runs);
    Client client(house.router);
    REQUIRE(client.sign_in("officer-audit") == 201);
    CHECK(client.post("/echo", json::object{}).status == 403);
    CHECK(client.post("/api/v1/accounts", json::object{}).status == 403);
    CHECK(client.get("/api/v1/accounts").status == 200);
    CHECK(runs == 0);
  });
}

TEST_CASE("sessions end after their idle and absolute limits, sooner for officers") {
  in_house([](store::Store&, House& house, MovableClock& clock) {
    Client person(house.router);
    Client officer(house.router);
    REQUIRE(person.sign_in("supervisor") == 201);
    REQUIRE(officer.sign_in("officer-system") == 201);
    clock.pass(16min);
    CHECK(officer.get("/api/v1/sessions/current").status == 401);
    CHECK(person.get("/api/v1/sessions/current").status == 200);
    for (int i = 0; i < 23; ++i) {
      clock.pass(29min);
      CHECK(person.get("/api/v1/sessions/current").status == 200);
    }
    clock.pass(1h);
    CHECK(person.get("/api/v1/sessions/current").status == 401);
  });
}

TEST_CASE("sessions and API tokens outlive a restart") {
  in_house([](store::Store& store, House& house, MovableClock& clock) {
    Client client(house.router);
    REQUIRE(client.sign_in("supervisor") == 201);
    auto const made = client.post("/api/v1/api-tokens", json::object{{"name", "backup"}});
    REQUIRE(made.status == 201);
    Client program(house.router);
    program.bearer = text_of(object_of(made), "token");
    CHECK(program.get("/api/v1/sessions/current").status == 200);
    CHECK(program.post("/api/v1/api-tokens", json::object{{"name", "child"}}).status == 403);

    auto again = Access::make(store, standard_roles(), quick_options()).value();
    http::Router router;
    again->add_routes(router);
    Client later(router);
    later.cookie = client.cookie;
    CHECK(later.get("/api/v1/sessions/current").status == 200);
    later.cookie.clear();
    later.bearer = program.bearer;
    CHECK(later.get("/api/v1/sessions/current").status == 200);
    clock.pass(24h * 91);
    CHECK(later.get("/api/v1/sessions/current").status == 401);
  });
}

TEST_CASE("an API token ends at once when it is removed, by its owner only") {
  in_house([](store::Store&, House& house, MovableClock&) {
    Client client(house.router);
    Client other(house.router);
    REQUIRE(client.sign_in("supervisor") == 201);
    REQUIRE(other.sign_in("officer-audit") == 201);
    auto const made = object_of(client.post("/api/v1/api-tokens", json::object{{"name", "backup"}}));
    Client program(house.router);
    program.bearer = text_of(made, "token");
    auto const path = "/api/v1/api-tokens/" + text_of(made, "id");
    CHECK(other.send(http::Method::remove, path).status == 404);
    CHECK(client.send(http::Method::remove, path).status == 204);
    CHECK(program.get("/api/v1/sessions/current").status == 401);
  });
}

TEST_CASE("guessing is slowed down per account and address and leaves its trace") {
  in_house([](store::Store& store, House& house, MovableClock& clock) {
    Client client(house.router);
    for (int i = 0; i < 5; ++i) CHECK(client.sign_in("supervisor", "wrong password") == 401);
    CHECK(client.sign_in("supervisor", "wrong password") == 429);
    CHECK(client.sign_in("supervisor") == 429);
    CHECK(entries(store, "session.refuse") == 6);
    clock.pass(30s);
    CHECK(client.sign_in("supervisor") == 201);
    Client elsewhere(house.router);
    elsewhere.remote = "::1";
    for (int i = 0; i < 5; ++i)
      CHECK(elsewhere.sign_in("nobody" + std::to_string(i), "wrong password") == 401);
    CHECK(elsewhere.sign_in("officer-audit") == 429);
  });
}

TEST_CASE("signing in many times is no guessing") {
  in_house([](store::Store&, House& house, MovableClock&) {
    Client client(house.router);
    for (int i = 0; i < 30; ++i) CHECK(client.sign_in("supervisor") == 201);
    CHECK(house.access->sessions().count() == 20);
  });
}

TEST_CASE("credentials do not travel in clear, but on this machine when it is allowed") {
  in_house([](store::Store&, House& house, MovableClock&) {
    Client client(house.router);
    client.remote = "192.0.2.7";
    CHECK(client.sign_in("supervisor") == 403);
    client.secure = true;
    CHECK(client.sign_in("supervisor") == 201);
    CHECK(client.cookie.starts_with("__Host-yunzhi="));
    CHECK(client.get("/api/v1/sessions/current").status == 200);
  });
}

TEST_CASE("the system officer makes accounts, the security officer grants roles, nobody to oneself") {
  in_house([](store::Store&, House& house, MovableClock&) {
    Client system(house.router);
    Client security(house.router);
    REQUIRE(system.sign_in("officer-system") == 201);
    REQUIRE(security.sign_in("officer-security") == 201);
    json::object form{{"account", "zhangwei"},
                      {"name", "张伟"},
                      {"password", "initial secret 1"},
                      {"roles", json::array{"system_operator"}}};
    CHECK(system.post("/api/v1/accounts", form).status == 403);
    form.erase("roles");
    auto const made = system.post("/api/v1/accounts", form);
    REQUIRE(made.status == 201);
    CHECK(system.post("/api/v1/accounts", form).status == 409);
    auto const path = "/api/v1/accounts/" + text_of(object_of(made), "id");
    json::object const grant{{"roles", json::array{"system_operator"}}};
    CHECK(system.send(http::Method::patch, path, grant).status == 403);

    Client zhang(house.router);
    REQUIRE(zhang.sign_in("zhangwei", "initial secret 1") == 201);
    CHECK(security.send(http::Method::patch, path, grant).status == 200);
    CHECK(zhang.get("/api/v1/sessions/current").status == 401);
    REQUIRE(zhang.sign_in("zhangwei", "initial secret 1") == 201);
    CHECK(object_of(zhang.get("/api/v1/sessions/current"))
              .at("permissions")
              .as_object()
              .contains("incident.update"));

    json::object const clash{{"roles", json::array{"system_operator", "security_officer"}}};
    CHECK(security.send(http::Method::patch, path, clash).status == 422);
    auto const own = "/api/v1/accounts/" + account_id(security, "officer-security");
    CHECK(security.send(http::Method::patch, own, grant).status == 403);
    auto const audit = "/api/v1/accounts/" + account_id(security, "officer-audit");
    CHECK(system.send(http::Method::patch, audit, json::object{{"password", "taken over now"}}).status ==
          403);
    CHECK(system.send(http::Method::patch, path, json::object{{"disabled", true}}).status == 200);
    CHECK(zhang.get("/api/v1/sessions/current").status == 401);
    CHECK(zhang.sign_in("zhangwei", "initial secret 1") == 401);
    CHECK(system.send(http::Method::patch, path + "x", json::object{{"disabled", true}}).status == 404);
  });
}

TEST_CASE("changing the password ends every session and begins a new one") {
  in_house([](store::Store&, House& house, MovableClock&) {
    Client client(house.router);
    Client other(house.router);
    REQUIRE(client.sign_in("supervisor") == 201);
    REQUIRE(other.sign_in("supervisor") == 201);
    auto const change = [&](char const* old_password, char const* new_password) {
      return client.post("/api/v1/sessions/current/password",
                         json::object{{"old", old_password}, {"new", new_password}});
    };
    CHECK(change("not the old one", "another fine secret").status == 422);
    CHECK(change(test_password, "short").status == 422);
    auto const before = client.cookie;
    auto const reply = change(test_password, "another fine secret");
    CHECK(reply.status == 200);
    CHECK(client.cookie != before);
    CHECK(client.get("/api/v1/sessions/current").status == 200);
    CHECK(other.get("/api/v1/sessions/current").status == 401);
    CHECK(client.sign_in("supervisor") == 401);
    CHECK(client.sign_in("supervisor", "another fine secret") == 201);
  });
}

TEST_CASE("a command sent twice with one key is done once") {
  in_house([](store::Store& store, House& house, MovableClock& clock) {
    int runs = 0;
    add_echo(house, runs);
    Client client(house.router);
    REQUIRE(client.sign_in("supervisor") == 201);
    http::Headers const key{{"idempotency-key", "abc"}};
    auto const first = client.post("/echo", json::object{{"x", 1}}, key);
    auto const second = client.post("/echo", json::object{{"x", 1}}, key);
    CHECK(first.status == 201);
    CHECK(second.status == 201);
    CHECK(second.body == first.body);
    CHECK(runs == 1);
    CHECK(client.post("/echo", json::object{{"x", 2}}, key).status == 409);
    CHECK(client.post("/echo", json::object{{"x", 1}}, {{"idempotency-key", "with space"}}).status == 400);
    CHECK(client.post("/echo", json::object{{"refuse", 1}}, {{"idempotency-key", "r"}}).status == 409);
    CHECK(client.post("/echo", json::object{{"x", 1}}, {{"idempotency-key", "r"}}).status == 201);
    clock.pass(25h);
    REQUIRE(client.sign_in("supervisor") == 201);
    CHECK(client.post("/echo", json::object{{"x", 2}}, key).status == 201);
    CHECK(entries(store, "echo") == 3);
  });
}

TEST_CASE("a full disk answers 507 and stores nothing") {
  in_house([](store::Store& store, House& house, MovableClock&) {
    int runs = 0;
    add_echo(house, runs);
    Client client(house.router);
    REQUIRE(client.sign_in("supervisor") == 201);
    CHECK(client.post("/echo", json::object{{"full", 1}}).status == 507);
    CHECK(entries(store, "echo") == 0);
  });
}

TEST_CASE("people choose their language, others are answered in that of the request") {
  in_house([](store::Store&, House& house, MovableClock&) {
    http::Route route;
    route.path = "/language";
    route.operation.permission = std::string(signed_in);
    house.access->gate().read(house.router, std::move(route),
                              [](Call const& call, store::Reader&) -> Gate::Answer {
                                return http::Reply::text(call.actor.language, "text/plain");
                              });
    Client client(house.router);
    REQUIRE(client.sign_in("supervisor") == 201);
    auto const asked = [&](char const* language) {
      return client.send(http::Method::get, "/language", {}, {{"accept-language", language}}).body;
    };
    CHECK(asked("en") == "en");
    CHECK(asked("zh-TW") == "zh-TW");
    CHECK(client.send(http::Method::patch, "/api/v1/sessions/current", json::object{{"language", "en"}})
              .status == 204);
    CHECK(asked("zh-TW") == "en");
    CHECK(client.send(http::Method::patch, "/api/v1/sessions/current", json::object{{"language", "xx"}})
              .status == 422);
  });
}

TEST_CASE("malformed sign-ins are refused with their reason") {
  in_house([](store::Store&, House& house, MovableClock&) {
    Client client(house.router);
    CHECK(client.post("/api/v1/sessions", json::object{{"account", "x"}}).status == 422);
    CHECK(client.post("/api/v1/sessions", json::object{{"account", 5}, {"password", "x"}}).status == 422);
    CHECK(client.post("/api/v1/sessions", json::object{{"account", "x"}, {"password", "y"}, {"admin", true}})
              .status == 422);
    CHECK(
        client.post("/api/v1/sessions", json::object{{"account", "' or 1=1 --"}, {"password", "y"}}).status ==
        401);
  });
}

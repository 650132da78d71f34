#include "notify/deliverer.hpp"

#include <atomic>
#include <future>

#include <doctest/doctest.h>

#include "http/server.hpp"
#include "notify/inbox.hpp"
#include "notify/notifier.hpp"
#include "notify/outbox.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::notify;
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

void with_store(std::function<void(store::Store&, MovableClock&)> const& test) {
  MovableClock clock;
  store::for_each_database(
      store::migrations_of({"store", "notify"}), [&](store::Store& store) { test(store, clock); }, clock);
}

Message const assigned{"task.assigned", {"{} was assigned to you", {"INC-1"}}, {"", {}}, "/incidents/1"};

Contact contact_of(store::Reader&, std::string_view person) {
  return person == "li" ? Contact{"en", "li@hospital.test"} : Contact{"", ""};
}

void tell(store::Store& store, Notifier& notifier, std::vector<std::string> const& people) {
  auto const done = store.write([&](store::Edit& edit) -> Result<> {
    notifier.notify(edit, people, assigned);
    return {};
  });
  REQUIRE(done.has_value());
}

json::object listed(store::Store& store, Notifier const& notifier, std::string_view person,
                    std::vector<std::pair<std::string, std::string>> query = {}) {
  http::Request request;
  request.query = std::move(query);
  auto const reply = store.read(
      [&](store::Reader& reader) { return list(reader, notifier.catalogue(), person, "zh-CN", request); });
  REQUIRE(reply.has_value());
  return parse_json(reply->body).value().as_object();
}

json::object first_delivery(store::Store& store) {
  auto const reply = store.read([](store::Reader& reader) { return deliveries(reader, {}); });
  return parse_json(reply->body).value().at("items").at(0).as_object();
}

// A receiver on this machine that answers as it is told.
struct Receiver {
  http::Router router;
  std::unique_ptr<http::Server> server;
  std::vector<http::Request> got;
  int status = 200;
  std::string body = "{}";

  Receiver() {
    http::Route route;
    route.method = http::Method::post;
    route.path = "/hook";
    route.handler = [this](http::Request const& request, http::Respond const& respond) {
      got.push_back(request);
      respond(http::Reply::text(body, "application/json", status).with("Location", "/elsewhere"));
    };
    router.add(std::move(route));
    server = std::make_unique<http::Server>(http::ServerOptions{}, router, http::Handler());
    REQUIRE(server->start().has_value());
  }
  ~Receiver() { server->stop(); }
  [[nodiscard]] std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + "/hook";
  }
};

Channels with_webhook(std::string const& url) {
  Channels channels;
  channels.webhooks = {{"w", url, "secret"}};
  channels.base_url = "https://yunzhi.test";
  return channels;
}

double no_luck() {
  return 0.5;
}

}  // namespace

TEST_CASE("people find what they were told, in their language, until it is read") {
  with_store([](store::Store& store, MovableClock&) {
    Hub hub;
    Notifier notifier({}, Catalogue({{"zh-CN", {{"{} was assigned to you", "{}已分派给您"}}}}), contact_of,
                      hub);
    tell(store, notifier, {"zhang", "zhang", "li", "system:alert", ""});
    tell(store, notifier, {"zhang"});
    auto const all = listed(store, notifier, "zhang");
    CHECK(all.at("items").as_array().size() == 2);
    CHECK(all.at("unread").as_int64() == 2);
    auto const& item = all.at("items").at(0);
    CHECK(item.at("title").as_string() == "INC-1已分派给您");
    CHECK(item.at("href").as_string() == "/incidents/1");
    std::string const id(item.at("id").as_string());
    CHECK(store.write([&](store::Edit& edit) { return mark_read(edit, "li", id); }).has_error());
    CHECK(store.write([&](store::Edit& edit) { return mark_read(edit, "zhang", id); }).has_value());
    CHECK(listed(store, notifier, "zhang", {{"unread", "true"}}).at("items").as_array().size() == 1);
    CHECK(store.write([&](store::Edit& edit) { return mark_all_read(edit, "zhang"); }).has_value());
    CHECK(listed(store, notifier, "zhang").at("unread").as_int64() == 0);
    CHECK(listed(store, notifier, "li").at("unread").as_int64() == 1);
  });
}

TEST_CASE("a list goes on after its last item and refuses a limit that is none") {
  with_store([](store::Store& store, MovableClock&) {
    Hub hub;
    Notifier notifier({}, {}, contact_of, hub);
    for (int i = 0; i < 3; ++i) tell(store, notifier, {"zhang"});
    auto const page = listed(store, notifier, "zhang", {{"limit", "2"}});
    std::string const next(page.at("next").as_string());
    auto const rest = listed(store, notifier, "zhang", {{"limit", "2"}, {"after", next}});
    CHECK(rest.at("items").as_array().size() == 1);
    CHECK(rest.at("next").is_null());
    http::Request request;
    for (auto const* limit : {"0", "-1", "x", "201", "1x"}) {
      request.query = {{"limit", limit}};
      CHECK(store.read([&](store::Reader& reader) { return list(reader, {}, "zhang", "en", request); })
                .has_error());
    }
  });
}

TEST_CASE("a command that is refused leaves neither notification nor message") {
  with_store([](store::Store& store, MovableClock&) {
    Hub hub;
    Notifier notifier(with_webhook("http://127.0.0.1:1/"), {}, contact_of, hub);
    auto const refused = store.write([&](store::Edit& edit) -> Result<> {
      notifier.notify(edit, {"zhang"}, assigned);
      return refuse(Why::conflict, "", "no");
    });
    CHECK(refused.has_error());
    CHECK(listed(store, notifier, "zhang").at("items").as_array().empty());
    CHECK(store.read([](store::Reader& reader) { return next_due(reader); }) == std::nullopt);
  });
}

TEST_CASE("a webhook receives the signed message once") {
  with_store([](store::Store& store, MovableClock&) {
    Receiver receiver;
    Hub hub;
    auto const channels = with_webhook(receiver.url());
    Notifier notifier(channels, {}, contact_of, hub);
    tell(store, notifier, {"zhang", "li"});
    Deliverer deliverer(store, channels, no_luck);
    deliverer.deliver_due();
    deliverer.deliver_due();
    REQUIRE(receiver.got.size() == 1);
    CHECK(receiver.got[0].header("webhook-signature").starts_with("v1,"));
    CHECK(receiver.got[0].body.find("https://yunzhi.test/incidents/1") != std::string::npos);
    auto const delivery = first_delivery(store);
    CHECK(delivery.at("state").as_string() == "sent");
    CHECK(delivery.at("trace").at(0).at("text").as_string() == "attempt 1: the receiver answered 200");
  });
}

TEST_CASE("a failed delivery waits longer each time, keeps its trace and dies in the end") {
  with_store([](store::Store& store, MovableClock& clock) {
    Receiver receiver;
    receiver.status = 503;
    Hub hub;
    auto const channels = with_webhook(receiver.url());
    Notifier notifier(channels, {}, contact_of, hub);
    tell(store, notifier, {});
    Deliverer deliverer(store, channels, no_luck);
    deliverer.deliver_due();
    deliverer.deliver_due();
    CHECK(receiver.got.size() == 1);
    clock.pass(5s);
    deliverer.deliver_due();
    CHECK(receiver.got.size() == 2);
    CHECK(receiver.got[0].header("webhook-id") == receiver.got[1].header("webhook-id"));
    for (int i = 0; i < 20; ++i) {
      clock.pass(1h);
      deliverer.deliver_due();
    }
    CHECK(receiver.got.size() == 12);
    auto const delivery = first_delivery(store);
    CHECK(delivery.at("state").as_string() == "dead");
    CHECK(delivery.at("last_error").as_string() == "the receiver answered 503");
    CHECK(delivery.at("trace").as_array().size() == 12);
  });
}

TEST_CASE("redirects are not followed, long answers are cut off, 410 ends it") {
  with_store([](store::Store& store, MovableClock&) {
    Receiver receiver;
    Hub hub;
    auto const channels = with_webhook(receiver.url());
    Notifier notifier(channels, {}, contact_of, hub);
    Deliverer deliverer(store, channels, no_luck);
    receiver.status = 302;
    tell(store, notifier, {});
    deliverer.deliver_due();
    CHECK(first_delivery(store).at("last_error").as_string() == "the receiver answered 302");
    receiver.status = 200;
    receiver.body = std::string(100'000, 'x');
    tell(store, notifier, {});
    deliverer.deliver_due();
    CHECK(first_delivery(store).at("state").as_string() == "pending");
    receiver.body = "{}";
    receiver.status = 410;
    tell(store, notifier, {});
    deliverer.deliver_due();
    CHECK(first_delivery(store).at("state").as_string() == "dead");
  });
}

TEST_CASE("a robot that refuses with 200 is tried again and a channel that is gone ends") {
  with_store([](store::Store& store, MovableClock&) {
    Receiver receiver;
    receiver.body = R"({"errcode":93000,"errmsg":"invalid webhook url"})";
    Hub hub;
    Channels channels;
    channels.robots = {{"r", RobotKind::wecom, receiver.url(), ""}};
    Notifier notifier(channels, {}, contact_of, hub);
    tell(store, notifier, {});
    Deliverer(store, channels, no_luck).deliver_due();
    CHECK(first_delivery(store).at("last_error").as_string() == "the robot refused: invalid webhook url");
    tell(store, notifier, {});
    Deliverer(store, {}, no_luck).deliver_due();
    CHECK(first_delivery(store).at("state").as_string() == "dead");
  });
}

TEST_CASE("mail goes only to people with an address, in their language") {
  with_store([](store::Store& store, MovableClock&) {
    Hub hub;
    Channels channels;
    channels.smtp = Smtp{"smtp://127.0.0.1:1", "", "", "yunzhi@hospital.test", false, ""};
    Notifier notifier(channels, Catalogue({{"zh-CN", {{"{} was assigned to you", "{}已分派给您"}}}}),
                      contact_of, hub);
    tell(store, notifier, {"zhang", "li"});
    auto const waiting = store.read([](store::Reader& reader) {
      return due(reader, parse_instant("2030-01-01T00:00:00Z").value(), 10, 10);
    });
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].target == "li@hospital.test");
    CHECK(waiting[0].rendered.title == "INC-1 was assigned to you");
    Deliverer(store, channels, no_luck).deliver_due();
    CHECK(first_delivery(store).at("state").as_string() == "pending");
  });
}

TEST_CASE("one receiver's messages do not stand in the way of another's") {
  with_store([](store::Store& store, MovableClock& clock) {
    auto const filled = store.write([&](store::Edit& edit) -> Result<> {
      for (int i = 0; i < 50; ++i) put(edit, Channel::webhook, "slow", {});
      put(edit, Channel::webhook, "quick", {});
      return {};
    });
    REQUIRE(filled.has_value());
    auto const waiting =
        store.read([&](store::Reader& reader) { return due(reader, clock.present->load(), 10, 2); });
    REQUIRE(waiting.size() == 3);
    CHECK(waiting[2].target == "quick");
  });
}

TEST_CASE("the deliverer's own thread sends what a command leaves") {
  with_store([](store::Store& store, MovableClock&) {
    std::promise<void> arrived;
    http::Router router;
    http::Route route;
    route.method = http::Method::post;
    route.path = "/hook";
    route.handler = [&](http::Request const&, http::Respond const& respond) {
      respond(http::Reply::empty());
      arrived.set_value();
    };
    router.add(std::move(route));
    http::Server server(http::ServerOptions{}, router, http::Handler());
    REQUIRE(server.start().has_value());
    auto const channels = with_webhook("http://127.0.0.1:" + std::to_string(server.port()) + "/hook");
    Hub hub;
    Notifier notifier(channels, {}, contact_of, hub);
    Deliverer deliverer(store, channels, no_luck);
    notifier.on_outbox([&] { deliverer.wake(); });
    deliverer.start();
    tell(store, notifier, {});
    CHECK(arrived.get_future().wait_for(20s) == std::future_status::ready);
    deliverer.stop();
    server.stop();
  });
}

#include "http/server.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "http/testing.hpp"

namespace yunzhi::http {
namespace {

using testing::ask;
using testing::body;
using testing::get;
using testing::status;
using testing::Wire;

// A switch a test holds while handlers wait at it.
class Latch {
 public:
  void open() {
    std::lock_guard const lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void await_inside(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this, count] { return inside_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int inside_ = 0;
};

struct House {
  Router router;
  Latch latch;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Stream::Sink> sinks;
  Respond kept;
  std::atomic<int> served = 0;

  House() {
    add(Method::get, "/hello", Runs::on_loop,
        [](Request const&, Respond const& respond) { respond(Reply::text("hello", "text/plain")); });
    add(Method::get, "/worker", Runs::on_worker, [](Request const& request, Respond const& respond) {
      respond(Reply::text(request.id, "text/plain"));
    });
    add(Method::post, "/echo", Runs::on_worker, [](Request const& request, Respond const& respond) {
      respond(Reply::text(request.body, "text/plain"));
    });
    add(Method::get, "/slow", Runs::on_worker, [this](Request const&, Respond const& respond) {
      latch.pass();
      respond(Reply::empty());
    });
    add(Method::get, "/throws", Runs::on_worker,
        [](Request const&, Respond const&) { throw std::runtime_error("secret cause"); });
    add(Method::get, "/silent", Runs::on_worker, [](Request const&, Respond const&) {});
    add(Method::get, "/large", Runs::on_loop, [](Request const&, Respond const& respond) {
      respond(Reply::text(std::string(3'000'000, 'x'), "text/plain"));
    });
    add(Method::get, "/items/{id}", Runs::on_loop, [](Request const& request, Respond const& respond) {
      respond(Reply::text(request.capture("id"), "text/plain").with("X-Split", "a\r\nEvil: 1"));
    });
    add(Method::get, "/events", Runs::on_loop, [this](Request const&, Respond const& respond) {
      auto reply = Reply::text("", "text/event-stream");
      reply.stream = std::make_shared<Stream>();
      reply.stream->open = [this](Stream::Sink sink) { keep(std::move(sink)); };
      respond(std::move(reply));
    });
    add(Method::get, "/parts", Runs::on_worker, [](Request const&, Respond const& respond) {
      auto reply = Reply::text("", "text/csv");
      reply.stream = std::make_shared<Stream>();
      reply.stream->open = [](Stream::Sink const& sink) {
        sink("one,");
        sink("two");
      };
      respond(std::move(reply));
    });
  }

  void keep(Stream::Sink sink) {
    std::lock_guard const lock(mutex);
    sinks.push_back(std::move(sink));
    changed.notify_all();
  }

  Stream::Sink first_sink() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return !sinks.empty(); });
    return sinks.front();
  }

  void add(Method method, std::string path, Runs runs, Handler handler) {
    Route route;
    route.method = method;
    route.path = std::move(path);
    route.runs = runs;
    route.handler = std::move(handler);
    route.body_limit = 100'000;
    router.add(std::move(route));
  }

  std::unique_ptr<Server> serve(ServerOptions options = {}, Handler fallback = {}) {
    auto server = std::make_unique<Server>(std::move(options), router, std::move(fallback));
    server->words("zh-CN", {{"the path is malformed or ambiguous", "路径有歧义"}});
    server->observe([this](Served const&) { ++served; });
    REQUIRE(server->start().has_value());
    return server;
  }
};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST_CASE("one connection carries many requests") {
  House house;
  auto const server = house.serve();
  Wire wire(server->port());
  for (int i = 0; i < 3; ++i) {
    wire.send(get("/hello"));
    CHECK(body(wire.reply()) == "hello");
    wire.send(get("/worker"));
    CHECK(status(wire.reply()) == 200);
  }
}

TEST_CASE("pipelined requests are answered in their order") {
  House house;
  auto const server = house.serve();
  Wire wire(server->port());
  std::string many;
  for (int i = 0; i < 50; ++i) {
    auto const text = std::to_string(i);
    many += "POST /echo HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(text.size()) +
            "\r\n\r\n" + text;
    many += get("/items/" + text);
  }
  wire.send(many);
  for (int i = 0; i < 50; ++i) {
    CHECK(body(wire.reply()) == std::to_string(i));
    CHECK(body(wire.reply()) == std::to_string(i));
  }
}

TEST_CASE("a request may arrive byte by byte") {
  House house;
  auto const server = house.serve();
  Wire wire(server->port());
  for (auto const letter : std::string(
           "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
    wire.send({&letter, 1});
  }
  CHECK(body(wire.reply()) == "abc");
}

TEST_CASE("every reply carries the security headers and an id of our own") {
  House house;
  auto const server = house.serve();
  auto const reply = ask(server->port(), get("/hello", "X-Request-Id: mine\r\n"));
  for (auto const* header : {"Content-Security-Policy: default-src 'none'", "X-Content-Type-Options: nosniff",
                             "Referrer-Policy: no-referrer", "Cache-Control: no-store", "X-Request-Id: "}) {
    CHECK_MESSAGE(contains(reply, header), header);
  }
  CHECK_FALSE(contains(reply, "mine"));
  CHECK_FALSE(contains(reply, "Strict-Transport-Security"));
}

TEST_CASE("a header value cannot begin a line of its own") {
  House house;
  auto const server = house.serve();
  CHECK_FALSE(contains(ask(server->port(), get("/items/1")), "\nEvil"));
}

TEST_CASE("HEAD is GET without its body") {
  House house;
  auto const server = house.serve();
  Wire wire(server->port());
  wire.send("HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(contains(wire.reply(true), "Content-Length: 5\r\n"));
  wire.send(get("/hello"));
  CHECK(body(wire.reply()) == "hello");
}

TEST_CASE("a wrong method is told the right ones, an unknown one that it is unknown") {
  House house;
  auto const server = house.serve();
  auto const wrong = ask(server->port(), "DELETE /hello HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(status(wrong) == 405);
  CHECK(contains(wrong, "Allow: GET, HEAD, OPTIONS\r\n"));
  CHECK(status(ask(server->port(), "PROPFIND /hello HTTP/1.1\r\nHost: a\r\n\r\n")) == 501);
  CHECK(status(ask(server->port(), "TRACE /hello HTTP/1.1\r\nHost: a\r\n\r\n")) == 501);
  auto const options = ask(server->port(), "OPTIONS /echo HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(status(options) == 204);
  CHECK(contains(options, "Allow: POST, OPTIONS\r\n"));
}

TEST_CASE("an unknown path goes to the fallback when it is a GET") {
  House house;
  auto const server = house.serve(
      {}, [](Request const&, Respond const& respond) { respond(Reply::text("page", "text/html")); });
  auto const page = ask(server->port(), get("/anything"));
  CHECK(body(page) == "page");
  CHECK(contains(page, "script-src 'self'"));
  CHECK(status(ask(server->port(), "POST /anything HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")) ==
        404);
}

TEST_CASE("a problem from the server itself is in the reader's language") {
  House house;
  auto const server = house.serve();
  auto const reply = ask(server->port(), get("/a//b", "Accept-Language: zh-CN\r\n"));
  CHECK(status(reply) == 400);
  auto const document = json::parse(std::string(body(reply)));
  CHECK(document.at("detail").as_string() == "路径有歧义");
  CHECK_FALSE(document.at("request_id").as_string().empty());
}

TEST_CASE("100-continue is sent when the body is wanted") {
  House house;
  auto const server = house.serve();
  Wire wire(server->port());
  wire.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  CHECK(wire.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  wire.send("ok");
  CHECK(body(wire.reply()) == "ok");
  Wire other(server->port());
  other.send("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  CHECK(status(other.reply()) == 404);
  CHECK(other.closed());
}

TEST_CASE("a handler that throws or forgets to answer is a 500 that says nothing of the cause") {
  House house;
  auto const server = house.serve();
  Wire wire(server->port());
  wire.send(get("/throws"));
  auto const thrown = wire.reply();
  CHECK(status(thrown) == 500);
  CHECK_FALSE(contains(thrown, "secret"));
  wire.send(get("/silent"));
  CHECK(status(wire.reply()) == 500);
  wire.send(get("/hello"));
  CHECK(status(wire.reply()) == 200);
}

TEST_CASE("with all workers busy and the queue full a request is shed, while the loop still answers") {
  House house;
  ServerOptions options;
  options.workers = 1;
  options.queue = 1;
  auto const server = house.serve(options);
  Wire running(server->port());
  running.send(get("/slow"));
  house.latch.await_inside(1);
  // Two turns of the loop on a connection of its own: what was sent before them has been read by then.
  Wire queued(server->port());
  Wire shed_one(server->port());
  for (auto* wire : {&queued, &shed_one}) {
    wire->send(get("/hello"));
    CHECK(status(wire->reply()) == 200);
  }
  queued.send(get("/slow"));
  for (int turn = 0; turn < 2; ++turn) {
    shed_one.send(get("/hello"));
    CHECK(status(shed_one.reply()) == 200);
  }
  shed_one.send(get("/slow"));
  auto const shed = shed_one.reply();
  CHECK(status(shed) == 503);
  CHECK(contains(shed, "Retry-After: 1\r\n"));
  house.latch.open();
  CHECK(status(running.reply()) == 204);
  CHECK(status(queued.reply()) == 204);
}

TEST_CASE("a reply may come from any thread long after the handler returned") {
  House house;
  house.add(Method::get, "/later", Runs::on_loop, [&house](Request const&, Respond const& respond) {
    std::lock_guard const lock(house.mutex);
    house.kept = respond;
    house.changed.notify_all();
  });
  auto const server = house.serve();
  Wire wire(server->port());
  wire.send(get("/later"));
  {
    std::unique_lock lock(house.mutex);
    house.changed.wait(lock, [&house] { return house.kept != nullptr; });
    house.kept(Reply::text("late", "text/plain"));
    house.kept(Reply::text("twice", "text/plain"));
  }
  CHECK(body(wire.reply()) == "late");
}

TEST_CASE("a large reply arrives whole") {
  House house;
  auto const server = house.serve();
  Wire wire(server->port());
  wire.send(get("/large"));
  CHECK(body(wire.reply()).size() == 3'000'000);
}

TEST_CASE("an event stream sends pieces, comments in silence, and ends with its reader") {
  House house;
  ServerOptions options;
  options.heartbeat_ms = 100;
  auto const server = house.serve(options);
  auto wire = std::make_unique<Wire>(server->port());
  wire->send(get("/events"));
  auto const sink = house.first_sink();
  CHECK(sink("data: 1\n\n"));
  CHECK(contains(wire->until("data: 1\n\n"), "Transfer-Encoding: chunked"));
  CHECK(contains(wire->until(":\n\n"), ":\n\n"));
  wire.reset();
  bool alive = true;
  for (int attempt = 0; attempt < 5000 && alive; ++attempt) {
    alive = sink("data: 2\n\n");
    std::this_thread::yield();
  }
  CHECK_FALSE(alive);
}

TEST_CASE("a reader that leaves a silent stream is noticed") {
  House house;
  ServerOptions options;
  options.header_timeout_ms = 100;
  auto const server = house.serve(options);
  auto wire = std::make_unique<Wire>(server->port());
  wire->send(get("/events"));
  auto const sink = house.first_sink();
  wire.reset();
  auto const patience = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  bool alive = true;
  while (alive && std::chrono::steady_clock::now() < patience) {
    alive = sink("");
    std::this_thread::yield();
  }
  CHECK_FALSE(alive);
}

TEST_CASE("a reader too slow for its stream loses it") {
  House house;
  ServerOptions options;
  options.stream_bytes = 10'000;
  auto const server = house.serve(options);
  Wire wire(server->port());
  wire.send(get("/events"));
  auto const sink = house.first_sink();
  bool taken = true;
  for (int i = 0; i < 100'000 && taken; ++i) taken = sink(std::string(5000, 'x'));
  CHECK_FALSE(taken);
}

TEST_CASE("a stream whose producer is through ends in good order") {
  House house;
  auto const server = house.serve();
  Wire wire(server->port());
  wire.send(get("/parts"));
  auto const reply = wire.reply();
  CHECK(contains(reply, "one,"));
  CHECK(reply.ends_with("0\r\n\r\n"));
  wire.send(get("/hello"));
  CHECK(status(wire.reply()) == 200);
}

TEST_CASE("stop lets a running request end and tells idle peers to go") {
  House house;
  auto server = house.serve();
  Wire idle(server->port());
  idle.send(get("/hello"));
  CHECK(status(idle.reply()) == 200);
  Wire running(server->port());
  running.send(get("/slow"));
  house.latch.await_inside(1);
  std::thread stopper([&server] { server->stop(); });
  CHECK(idle.closed());
  house.latch.open();
  auto const reply = running.reply();
  CHECK(status(reply) == 204);
  CHECK(contains(reply, "Connection: close\r\n"));
  stopper.join();
}

TEST_CASE("streams and replies that outlive the server do no harm") {
  House house;
  house.add(Method::get, "/later", Runs::on_loop, [&house](Request const&, Respond const& respond) {
    std::lock_guard const lock(house.mutex);
    house.kept = respond;
    house.changed.notify_all();
  });
  auto server = house.serve();
  Wire events(server->port());
  events.send(get("/events"));
  auto const sink = house.first_sink();
  server->stop();
  server.reset();
  CHECK_FALSE(sink("data: 1\n\n"));
}

TEST_CASE("a port that is taken is refused with its number") {
  House house;
  auto const server = house.serve();
  ServerOptions options;
  options.port = server->port();
  Server second(options, house.router, {});
  auto const started = second.start();
  REQUIRE(started.has_error());
  CHECK(contains(started.error().english(), std::to_string(options.port)));
}

TEST_CASE("two loops share the connections") {
  House house;
  ServerOptions options;
  options.loops = 2;
  auto const server = house.serve(options);
  std::vector<std::unique_ptr<Wire>> wires;
  wires.reserve(20);
  for (int i = 0; i < 20; ++i) wires.push_back(std::make_unique<Wire>(server->port()));
  for (auto const& wire : wires) wire->send(get("/worker"));
  for (auto const& wire : wires) CHECK(status(wire->reply()) == 200);
  server->stop();
  CHECK(house.served == 20);
}

}  // namespace
}  // namespace yunzhi::http

#include "http/assets.hpp"

#include <doctest/doctest.h>

#include "http/testing.hpp"

namespace yunzhi::http {
namespace {

constexpr Asset table[] = {
    {"/index.html", "text/html; charset=utf-8", "11", "<html>", "", ""},
    {"/assets/a-1f.js", "text/javascript", "22", "plain", "brotli", "gzip"},
};

Reply ask(Handler const& handler, std::string path, Headers headers = {}) {
  Request request;
  request.path = std::move(path);
  request.headers = std::move(headers);
  Reply result;
  handler(request, [&result](Reply reply) { result = std::move(reply); });
  return result;
}

std::string header(Reply const& reply, std::string_view name) {
  for (auto const& [key, value] : reply.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST_CASE("a file is sent in the best coding the reader takes") {
  auto const handler = serve_assets(table);
  CHECK(ask(handler, "/assets/a-1f.js").lasting == "plain");
  CHECK(ask(handler, "/assets/a-1f.js", {{"accept-encoding", "gzip, deflate, br"}}).lasting == "brotli");
  CHECK(ask(handler, "/assets/a-1f.js", {{"accept-encoding", "br;q=0, GZIP;q=0.5"}}).lasting == "gzip");
  CHECK(ask(handler, "/assets/a-1f.js", {{"accept-encoding", "br;q=0.0,gzip;q=0"}}).lasting == "plain");
}

TEST_CASE("hashed names never change, the page is asked for anew") {
  auto const handler = serve_assets(table);
  CHECK(header(ask(handler, "/assets/a-1f.js"), "Cache-Control") == "public, max-age=31536000, immutable");
  CHECK(header(ask(handler, "/"), "Cache-Control") == "no-cache");
}

TEST_CASE("an unchanged file is answered with 304, each coding with a tag of its own") {
  auto const handler = serve_assets(table);
  auto const tag = header(ask(handler, "/assets/a-1f.js", {{"accept-encoding", "br"}}), "ETag");
  CHECK(ask(handler, "/assets/a-1f.js", {{"accept-encoding", "br"}, {"if-none-match", "\"x\", W/" + tag}})
            .status == 304);
  CHECK(ask(handler, "/assets/a-1f.js", {{"if-none-match", tag}}).status == 200);
}

TEST_CASE("the interface's own addresses get its page, missing files and operations do not") {
  auto const handler = serve_assets(table);
  CHECK(ask(handler, "/incidents/7").lasting == "<html>");
  CHECK(ask(handler, "/healthy").lasting == "<html>");
  for (auto const* path : {"/assets/b-2f.js", "/api/v1/nothing", "/api", "/health/other"}) {
    CHECK(ask(handler, path).status == 404);
  }
}

TEST_CASE("without files a page says that the interface was not built") {
  auto const handler = serve_assets({});
  auto const reply = ask(handler, "/");
  CHECK(reply.status == 200);
  CHECK(reply.body.find("not built") != std::string::npos);
}

TEST_CASE("a 304 over the wire has no body and leaves the connection in step") {
  Router router;
  Server server({}, router, serve_assets(table));
  REQUIRE(server.start().has_value());
  testing::Wire wire(server.port());
  wire.send(testing::get("/assets/a-1f.js"));
  CHECK(testing::body(wire.reply()) == "plain");
  wire.send(testing::get("/assets/a-1f.js", "If-None-Match: \"22\"\r\n"));
  CHECK(testing::status(wire.reply()) == 304);
  wire.send(testing::get("/"));
  CHECK(testing::body(wire.reply()) == "<html>");
}

TEST_CASE("a page with a mark for it gets a new nonce each time, in the page and in its policy") {
  static constexpr Asset marked[] = {
      {"/index.html", "text/html; charset=utf-8", "1", "<meta content=\"__NONCE__\">", "b", "g"}};
  auto const handler = serve_assets(marked);
  auto const first = ask(handler, "/faults/1", {{"accept-encoding", "br"}});
  auto const nonce = first.body.substr(15, first.body.size() - 17);
  CHECK(nonce.size() >= 20);
  CHECK(header(first, "Content-Security-Policy").find("'nonce-" + nonce + "'") != std::string::npos);
  CHECK(header(first, "Content-Security-Policy").find("unsafe") == std::string::npos);
  CHECK(ask(handler, "/").body != first.body);
}

}  // namespace
}  // namespace yunzhi::http

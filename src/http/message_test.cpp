#include "http/message.hpp"

#include <doctest/doctest.h>

#include "http/status.hpp"
#include "http/words.hpp"

namespace yunzhi::http {
namespace {

Request request_with(Headers headers, std::string body = "") {
  Request request;
  request.headers = std::move(headers);
  request.body = std::move(body);
  request.id = "r1";
  return request;
}

TEST_CASE("the language follows the weights, with Chinese as the rule") {
  CHECK(request_with({}).language() == "zh-CN");
  CHECK(request_with({{"accept-language", "en-GB"}}).language() == "en");
  CHECK(request_with({{"accept-language", "fr, en;q=0.5, zh-TW;q=0.9"}}).language() == "zh-TW");
  CHECK(request_with({{"accept-language", "zh-Hant-HK"}}).language() == "zh-TW");
  CHECK(request_with({{"accept-language", "zh;q=0.8,en;q=0.7"}}).language() == "zh-CN");
  CHECK(request_with({{"accept-language", "en;q=0, zh-TW;q=x"}}).language() == "zh-CN");
  CHECK(request_with({{"accept-language", ";;;q=,,=,"}}).language() == "zh-CN");
}

TEST_CASE("a cookie is found by its whole name") {
  auto const request = request_with({{"cookie", "other=1; __Host-sid=abc=; sid=2"}});
  CHECK(request.cookie("__Host-sid") == "abc=");
  CHECK(request.cookie("sid") == "2");
  CHECK(request.cookie("Host-sid").empty());
}

TEST_CASE("a JSON body needs its media type and must be an object") {
  CHECK(request_with({{"content-type", "application/json; charset=utf-8"}}, "{\"a\":1}")
            .json_body()
            .has_value());
  CHECK(request_with({{"content-type", "Application/Merge-Patch+JSON"}}, "{}").json_body().has_value());
  auto const untyped = request_with({{"content-type", "text/plain"}}, "{}").json_body();
  REQUIRE(untyped.has_error());
  CHECK(status_of(untyped.error()) == 415);
  auto const list = request_with({{"content-type", "application/json"}}, "[]").json_body();
  REQUIRE(list.has_error());
  CHECK(status_of(list.error()) == 400);
}

TEST_CASE("a problem speaks the reader's language") {
  Words words;
  words.add("zh-TW", {{"must have at most {} characters", "最多 {} 個字元"}});
  auto request = request_with({{"accept-language", "zh-TW"}});
  request.words = &words;
  auto const refusal = refuse(Why::invalid, "/title", "must have at most {} characters", 200);
  auto const reply = Reply::problem(refusal, request);
  CHECK(reply.status == 422);
  auto const document = json::parse(reply.body);
  CHECK(document.at("title").as_string() == "內容不符合要求");
  CHECK(document.at("errors").at(0).at("pointer").as_string() == "/title");
  CHECK(document.at("errors").at(0).at("detail").as_string() == "最多 200 個字元");
  CHECK(document.at("request_id").as_string() == "r1");
  auto const english = json::parse(Reply::problem(refusal, request_with({{"accept-language", "en"}})).body);
  CHECK(english.at("detail").as_string() == "must have at most 200 characters");
}

TEST_CASE("a problem of the whole has a detail and no pointers") {
  auto const reply = Reply::problem(refuse(Why::busy, "", "try again later"), request_with({}));
  CHECK(reply.status == 503);
  auto const document = json::parse(reply.body);
  CHECK(document.at("errors").as_array().empty());
  CHECK(document.at("detail").as_string() == "try again later");
}

TEST_CASE("every kind of refusal has a status with a title in each language") {
  for (int why = 0; why <= static_cast<int>(Why::full); ++why) {
    auto const status = status_of(static_cast<Why>(why));
    CHECK_FALSE(reason_of(status).empty());
    for (auto const* language : {"zh-CN", "zh-TW", "en"}) CHECK_FALSE(status_title(status, language).empty());
  }
}

}  // namespace
}  // namespace yunzhi::http

#include "notify/hub.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::notify;

namespace {

// A page that keeps what it is told until it closes.
struct Page {
  std::shared_ptr<std::vector<std::string>> heard = std::make_shared<std::vector<std::string>>();
  std::shared_ptr<std::atomic<bool>> closed = std::make_shared<std::atomic<bool>>(false);

  Result<> open(Hub& hub, Listener listener) {
    auto const reply = hub.subscribe(std::move(listener));
    if (!reply) return reply.error();
    reply->stream->open([heard = heard, closed = closed](std::string piece) {
      if (*closed) return false;
      heard->push_back(std::move(piece));
      return true;
    });
    return {};
  }
};

}  // namespace

TEST_CASE("an event reaches the people it names and nobody else") {
  Hub hub;
  Page zhang;
  Page li;
  CHECK(zhang.open(hub, {"zhang", {}, {}}).has_value());
  CHECK(li.open(hub, {"li", {}, {}}).has_value());
  hub.publish({"task", {{"id", "1"}}, {"zhang"}, {}, {}, {}});
  hub.drain();
  REQUIRE(zhang.heard->size() == 2);
  CHECK(zhang.heard->back() == "event: task\ndata: {\"id\":\"1\"}\n\n");
  CHECK(li.heard->size() == 1);
}

TEST_CASE("an event for everybody asks each listener whether it may be heard") {
  Hub hub;
  Page reader;
  Page other;
  CHECK(reader.open(hub, {"a", [](Event const& event) { return event.verb == "incident.read"; }, {}})
            .has_value());
  CHECK(other.open(hub, {"b", [](Event const&) { return false; }, {}}).has_value());
  hub.publish({"record", {}, {}, "incident.read", {}, {}});
  hub.drain();
  CHECK(reader.heard->size() == 2);
  CHECK(other.heard->size() == 1);
}

TEST_CASE("a page that left or whose session ended is forgotten") {
  Hub hub;
  Page left;
  Page ended;
  auto const alive = std::make_shared<std::atomic<bool>>(true);
  CHECK(left.open(hub, {"a", {}, {}}).has_value());
  CHECK(ended.open(hub, {"b", {}, [alive] { return alive->load(); }}).has_value());
  CHECK(hub.listeners() == 2);
  *left.closed = true;
  *alive = false;
  hub.publish({"alert", {}, {}, {}, {}, {}});
  hub.drain();
  CHECK(hub.listeners() == 0);
  CHECK(ended.heard->size() == 1);
}

TEST_CASE("one person keeps a few pages, the house a bounded number") {
  Hub hub({3, 2, 100});
  Page pages[4];
  for (int i = 0; i < 3; ++i) CHECK(pages[i].open(hub, {"a", {}, {}}).has_value());
  CHECK(hub.listeners() == 2);
  CHECK(pages[3].open(hub, {"b", {}, {}}).has_value());
  CHECK(pages[0].open(hub, {"c", {}, {}}).has_error());
}

#include "notify/outbox.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::notify;
using namespace std::chrono_literals;

TEST_CASE("waits double, are spread by luck, bounded, and end") {
  CHECK(wait_after(1, 0.5) == Milliseconds{5s});
  CHECK(wait_after(2, 0.5) == Milliseconds{10s});
  CHECK(wait_after(1, 0.0) == Milliseconds{2500ms});
  CHECK(wait_after(11, 0.99) <= Milliseconds{90min});
  CHECK_FALSE(wait_after(12, 0.5));
}

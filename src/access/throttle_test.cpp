#include "access/throttle.hpp"

#include <doctest/doctest.h>

using namespace yunzhi;
using namespace yunzhi::access;
using namespace std::chrono_literals;

namespace {
Instant const start = from_ms(1'800'000'000'000);
}

TEST_CASE("the sixth failure within a minute waits, and the wait doubles up to its bound") {
  Throttle throttle({5, 12s, 60s});
  for (int i = 0; i < 5; ++i) CHECK_FALSE(throttle.attempt("a", start));
  CHECK(throttle.attempt("a", start) == 12s);
  CHECK(throttle.waiting("a", start + 11s));
  CHECK(throttle.attempt("a", start + 11s) == 1s);
  CHECK_FALSE(throttle.attempt("a", start + 12s));
  CHECK(throttle.attempt("a", start + 12s) == 24s);
  CHECK_FALSE(throttle.attempt("a", start + 36s));
  CHECK_FALSE(throttle.attempt("a", start + 36s));
  CHECK(throttle.attempt("a", start + 36s) == 48s);
  for (int i = 0; i < 6; ++i) throttle.attempt("a", start + 90s);
  CHECK(throttle.attempt("a", start + 90s) == 60s);
}

TEST_CASE("keys do not know each other and success takes the attempt back") {
  Throttle throttle({5, 12s, 60s});
  for (int i = 0; i < 50; ++i) {
    CHECK_FALSE(throttle.attempt("a", start));
    throttle.forgive("a");
  }
  for (int i = 0; i < 6; ++i) throttle.attempt("a", start);
  CHECK_FALSE(throttle.attempt("b", start));
  throttle.clear("a");
  CHECK_FALSE(throttle.attempt("a", start));
}

TEST_CASE("after a quiet quarter of an hour a key starts afresh") {
  Throttle throttle({1, 12s, 600s});
  for (int i = 0; i < 2; ++i) throttle.attempt("a", start);
  CHECK_FALSE(throttle.attempt("a", start + 20min));
  CHECK(throttle.attempt("a", start + 20min) == 12s);
}

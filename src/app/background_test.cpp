#include "app/background.hpp"

#include <future>
#include <memory>

#include <doctest/doctest.h>

#include "base/log.hpp"

using namespace yunzhi;
using namespace yunzhi::app;

TEST_CASE("a job with more to do runs again at once, and one that throws does not stop the others") {
  log::quiet();
  std::promise<void> reached;
  int left = 5;
  Background background(
      {{"throws", 1000, []() -> bool { throw std::runtime_error("no"); }}, {"counts", 3'600'000, [&] {
                                                                              if (--left == 0)
                                                                                reached.set_value();
                                                                              return left > 0;
                                                                            }}});
  background.start();
  CHECK(reached.get_future().wait_for(std::chrono::seconds{10}) == std::future_status::ready);
  background.stop();
}

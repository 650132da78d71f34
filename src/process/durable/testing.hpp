// What the tests of kept processes share: a house with a database whose clock the test moves.
#pragma once

#include <functional>
#include <memory>

#include "process/durable/processes.hpp"
#include "store/testing.hpp"

namespace yunzhi::process {

class TestHouse {
 public:
  /// Tells the story on each database. Working time is `slowness` times as long as the wall's.
  void each(std::function<void()> const& story, int slowness = 1) {
    store::for_each_database(
        store::migrations_of({"store", "process/durable"}),
        [&](store::Store& store) {
          store_ = &store;
          now = from_ms(1'800'000'000'000);
          processes =
              std::make_unique<Processes>([slowness](Instant from, Milliseconds working, std::string_view) {
                return from + working * slowness;
              });
          story();
        },
        [this] { return now; });
  }

  template <class Do>
  auto command(Do&& act) {
    return store_->write([&](store::Edit& edit) {
      auto result = act(edit);
      edit.record({"tester", "process.test", "", {}, ""});
      return result;
    });
  }
  template <class Do>
  auto look(Do&& act) {
    return store_->read(act);
  }

  Instant now = from_ms(1'800'000'000'000);
  std::unique_ptr<Processes> processes;

 private:
  store::Store* store_ = nullptr;
};

}  // namespace yunzhi::process

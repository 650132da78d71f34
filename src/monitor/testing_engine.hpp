// A whole engine in a folder of its own, at a moment that stands still. For tests.
#pragma once

#include <filesystem>
#include <memory>

#include "base/id.hpp"
#include "monitor/monitor.hpp"

namespace yunzhi::monitor {

constexpr std::int64_t now_ms = 1'700'000'000'000;

struct TestEngine {
  explicit TestEngine(Options given = {}) {
    given.folder = folder;
    given.clock = [] { return from_ms(now_ms); };
    monitor = *Monitor::open(std::move(given));
  }
  ~TestEngine() {
    monitor = nullptr;
    std::filesystem::remove_all(folder);
  }
  TestEngine(TestEngine const&) = delete;
  TestEngine& operator=(TestEngine const&) = delete;

  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("yunzhi-engine-" + new_id(wall_clock()));
  std::unique_ptr<Monitor> monitor;
};

}  // namespace yunzhi::monitor

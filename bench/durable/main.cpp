// The durable process engine under many waiting instances: start -> user task -> gateway of three -> user
// task -> end on SQLite. Fills a database with waiting instances, then measures what a page of the inbox,
// the next timers and one step cost, the disk an instance takes, and whole instances per second.
#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "process/durable/processes.hpp"
#include "process/durable/task_rows.hpp"
#include "store/testing.hpp"

using namespace yunzhi;
using namespace yunzhi::process;

namespace {

using Steady = std::chrono::steady_clock;

constexpr char const* model =
    R"(<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:yunzhi="https://yunzhi.dev/bpmn" id="d">
<process id="p" isExecutable="true" yunzhi:record="thing"><startEvent id="s"/>
<userTask id="a" yunzhi:role="r1"/><boundaryEvent id="late" attachedToRef="a" cancelActivity="false">
<timerEventDefinition><timeDuration>P30D</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="le"/>
<exclusiveGateway id="g"/><userTask id="x" yunzhi:role="r2"/><userTask id="y" yunzhi:role="r2"/>
<userTask id="z" yunzhi:role="r2"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="g"/>
<sequenceFlow id="f0" sourceRef="late" targetRef="le"/>
<sequenceFlow id="f3" sourceRef="g" targetRef="x"><conditionExpression>kind = 1</conditionExpression></sequenceFlow>
<sequenceFlow id="f4" sourceRef="g" targetRef="y"><conditionExpression>kind = 2</conditionExpression></sequenceFlow>
<sequenceFlow id="f5" sourceRef="g" targetRef="z"><conditionExpression>kind = 3</conditionExpression></sequenceFlow>
<sequenceFlow id="f6" sourceRef="x" targetRef="e"/><sequenceFlow id="f7" sourceRef="y" targetRef="e"/>
<sequenceFlow id="f8" sourceRef="z" targetRef="e"/></process></definitions>)";

class Bench {
  template <class Do>
  auto command(Do&& act) {
    return store_
        ->write([&](store::Edit& edit) {
          auto result = act(edit);
          edit.record({"bench", "process.step", "", {}, ""});
          return result;
        })
        .value();
  }

 public:
  explicit Bench(std::string const& folder)
      : processes_([](Instant from, Milliseconds working, std::string_view) { return from + working; }) {
    store::Options options;
    options.data = folder;
    store_ = store::Store::open(options, store::migrations_of({"store", "process/durable"})).value();
    command([&](store::Edit& edit) { return processes_.definitions().deploy(edit, "p.bpmn", model); });
  }

  void fill(std::size_t count) {
    constexpr std::size_t together = 500;
    while (filled_ < count) {
      store_
          ->write([&](store::Edit& edit) -> Result<> {
            for (std::size_t i = 0; i < together && filled_ < count; ++i, ++filled_)
              if (auto const made = start(edit); !made) return made.error();
            edit.record({"bench", "process.fill", "", {}, ""});
            return {};
          })
          .value();
    }
  }

  void report(std::filesystem::path const& folder, std::size_t base_bytes) {
    auto const page = time_ms(200, [&] {
      store_->read([](store::Reader& reader) { return inbox(reader, {"nobody", {"r1"}}, "", 50); });
    });
    auto const timers = time_ms(200, [&] {
      store_->read(
          [&](store::Reader& reader) { return processes_.due_timers(reader, store_->clock()(), 100); });
    });
    auto const tasks = store_->read([](store::Reader& reader) {
      return inbox(reader, {"nobody", {"r1"}}, "", 200);
    });
    std::size_t next = 0;
    auto const step = time_ms(200, [&] { finish(tasks.at(next++).id); });
    filled_ -= 200;
    auto const bytes = disk(folder) - base_bytes;
    fmt::print(
        "{:>9} waiting: inbox page {:.3f} ms, due timers {:.3f} ms, one step {:.3f} ms (median), "
        "{} bytes of disk each\n",
        filled_ + 200, page, timers, step, bytes / (filled_ + 200));
  }

  void throughput(unsigned clients, double seconds) {
    std::atomic<bool> stop{false};
    std::atomic<std::size_t> done{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < clients; ++i)
      threads.emplace_back([&] {
        while (!stop) {
          whole();
          ++done;
        }
      });
    auto const begun = Steady::now();
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    auto const counted = done.load();
    auto const elapsed = std::chrono::duration<double>(Steady::now() - begun).count();
    stop = true;
    for (auto& thread : threads) thread.join();
    fmt::print("{} clients: {:.0f} whole instances/s (three commits each)\n", clients,
               static_cast<double>(counted) / elapsed);
  }

  static std::size_t disk(std::filesystem::path const& folder) {
    std::size_t bytes = 0;
    for (auto const& file : std::filesystem::recursive_directory_iterator(folder))
      if (file.is_regular_file() && !file.path().string().ends_with("-wal")) bytes += file.file_size();
    return bytes;
  }

 private:
  Result<Outcome> start(store::Edit& edit) {
    auto const number = ++records_;
    return processes_.start(edit, "p", "thing", "record-" + std::to_string(number), {{"kind", 1}}, "bench");
  }
  Outcome finish(std::string const& task) {
    return command([&](store::Edit& edit) {
      return processes_.complete(edit, task, "system:bench", {{"kind", 2}});
    });
  }
  void whole() {
    auto const started = command([&](store::Edit& edit) { return start(edit); });
    auto const first = finish(started.created.at(0).id);
    finish(first.created.at(0).id);
  }
  template <class Do>
  static double time_ms(int times, Do&& act) {
    std::vector<double> all;
    for (int i = 0; i < times; ++i) {
      auto const begun = Steady::now();
      act();
      all.push_back(std::chrono::duration<double, std::milli>(Steady::now() - begun).count());
    }
    std::nth_element(all.begin(), all.begin() + times / 2, all.end());
    return all[static_cast<std::size_t>(times / 2)];
  }

  std::unique_ptr<store::Store> store_;
  Processes processes_;
  std::size_t filled_ = 0;
  std::atomic<std::size_t> records_{0};
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("The durable process engine with many waiting instances, on SQLite");
  std::size_t waiting = 1'000'000;
  unsigned clients = 32;
  double seconds = 10;
  app.add_option("--waiting", waiting, "instances to fill")->check(CLI::Range(1'000, 10'000'000));
  app.add_option("--clients", clients, "threads that run whole instances");
  app.add_option("--seconds", seconds, "measured time of the throughput");
  CLI11_PARSE(app, argc, argv);
  store::TemporaryFolder const folder;
  Bench bench(folder.path());
  auto const base = Bench::disk(folder.path());
  bench.throughput(clients, seconds);
  auto const before = Bench::disk(folder.path());
  for (std::size_t size = 1'000; size <= waiting; size *= 10) {
    bench.fill(size);
    bench.report(folder.path(), size == 1'000 ? base : before);
  }
  bench.throughput(clients, seconds);
  return 0;
}

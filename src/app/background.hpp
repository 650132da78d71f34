// What happens without anybody asking: timers of processes, service clocks, the search index, availability,
// and the first monitored system.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace yunzhi::app {

/// One job that is run again and again. `run` says whether there is more to do at once.
struct Job {
  std::string name;
  int every_ms = 1000;
  std::function<bool()> run;
};

class Background {
 public:
  explicit Background(std::vector<Job> jobs) : jobs_(std::move(jobs)) {}
  ~Background();
  Background(Background const&) = delete;
  Background& operator=(Background const&) = delete;

  void start();
  void stop();

 private:
  void loop();

  std::vector<Job> jobs_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace yunzhi::app

// The targets of all jobs at this moment: those written down, those of files, and those that an address tells
// of. What a file or an address said last stands while it cannot be read.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "monitor/scrape/job.hpp"

namespace yunzhi::monitor {

class Discovery {
 public:
  explicit Discovery(std::vector<std::shared_ptr<ScrapeJob const>> jobs);
  ~Discovery();
  Discovery(Discovery const&) = delete;
  Discovery& operator=(Discovery const&) = delete;

  /// Reads files whose time has changed; never waits for an address, which a thread of its own asks.
  [[nodiscard]] std::vector<Target> targets();

 private:
  struct KnownFile {
    std::filesystem::file_time_type changed;
    std::vector<TargetGroup> groups;
  };
  std::vector<TargetGroup> const& groups_of_file(std::filesystem::path const& path);
  void ask_loop();
  void ask(HttpDiscovery const& from);

  std::vector<std::shared_ptr<ScrapeJob const>> const jobs_;
  std::map<std::string, KnownFile> files_;
  std::mutex guard_;
  std::condition_variable wake_;
  std::map<std::string, std::vector<TargetGroup>> told_;  ///< by URL
  bool stopping_ = false;
  std::thread asking_;
};

/// The files that a path with '*' in its last part names, sorted.
std::vector<std::filesystem::path> files_matching(std::filesystem::path const& pattern);

}  // namespace yunzhi::monitor

#include "monitor/scrape/discovery.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <boost/asio/io_context.hpp>
#include <fnmatch.h>

#include "base/log.hpp"
#include "monitor/scrape/fetch.hpp"

namespace yunzhi::monitor {
namespace {

// scheme://address/path
Target target_at(HttpDiscovery const& from) {
  Target target;
  auto rest = std::string_view(from.url);
  auto settings = from.settings ? *from.settings : ScrapeSettings{};
  if (auto const colon = rest.find("://"); colon != rest.npos) {
    settings.scheme = rest.substr(0, colon);
    rest.remove_prefix(colon + 3);
  }
  target.address = rest.substr(0, rest.find('/'));
  rest.remove_prefix(target.address.size());
  target.path = rest.empty() ? "/" : std::string(rest);
  target.settings = std::make_shared<ScrapeSettings const>(std::move(settings));
  return target;
}

}  // namespace

std::vector<std::filesystem::path> files_matching(std::filesystem::path const& pattern) {
  std::vector<std::filesystem::path> result;
  auto const last = pattern.filename().string();
  if (last.find('*') == std::string::npos) return {pattern};
  std::error_code ignored;
  for (auto const& entry : std::filesystem::directory_iterator(pattern.parent_path(), ignored)) {
    if (::fnmatch(last.c_str(), entry.path().filename().c_str(), FNM_PERIOD) == 0)
      result.push_back(entry.path());
  }
  std::sort(result.begin(), result.end());
  return result;
}

Discovery::Discovery(std::vector<std::shared_ptr<ScrapeJob const>> jobs) : jobs_(std::move(jobs)) {
  bool const asks =
      std::any_of(jobs_.begin(), jobs_.end(), [](auto const& job) { return !job->urls.empty(); });
  if (asks) asking_ = std::thread([this] { ask_loop(); });
}

Discovery::~Discovery() {
  {
    std::lock_guard const lock(guard_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (asking_.joinable()) asking_.join();
}

std::vector<Target> Discovery::targets() {
  std::vector<Target> result;
  for (auto const& job : jobs_) {
    auto const before = result.size();
    auto add = [&](std::vector<TargetGroup> const& groups) {
      for (auto const& group : groups) {
        auto found = targets_of(*job, group);
        std::move(found.begin(), found.end(), std::back_inserter(result));
      }
    };
    add(job->groups);
    for (auto const& pattern : job->files) {
      for (auto const& path : files_matching(pattern)) add(groups_of_file(path));
    }
    for (auto const& url : job->urls) {
      std::lock_guard const lock(guard_);
      add(told_[url.url]);
    }
    if (job->target_limit > 0 && result.size() - before > job->target_limit) {
      log::error("monitor.too_many_targets", {{"job", job->name}});
      result.resize(before + job->target_limit);
    }
  }
  return result;
}

std::vector<TargetGroup> const& Discovery::groups_of_file(std::filesystem::path const& path) {
  auto& known = files_[path.string()];
  std::error_code missing;
  auto const changed = std::filesystem::last_write_time(path, missing);
  if (missing || changed == known.changed) return known.groups;
  known.changed = changed;
  std::ifstream file(path, std::ios::binary);
  std::string const text((std::istreambuf_iterator<char>(file)), {});
  auto groups = read_target_groups(text);
  if (groups) {
    known.groups = std::move(*groups);
  } else {
    log::error("monitor.targets_unreadable", {{"file", path.string()}, {"reason", groups.error().english()}});
  }
  return known.groups;
}

void Discovery::ask_loop() {
  std::map<std::string, std::chrono::steady_clock::time_point> due;
  while (true) {
    auto next = std::chrono::steady_clock::now() + std::chrono::hours(1);
    for (auto const& job : jobs_) {
      for (auto const& each : job->urls) {
        auto& at = due[each.url];
        if (at <= std::chrono::steady_clock::now()) {
          ask(each);
          at = std::chrono::steady_clock::now() + each.refresh;
        }
        next = std::min(next, at);
      }
    }
    std::unique_lock lock(guard_);
    if (wake_.wait_until(lock, next, [this] { return stopping_; })) return;
  }
}

void Discovery::ask(HttpDiscovery const& from) {
  boost::asio::io_context context(1);
  fetch(context, target_at(from), ScrapeLimits{}, [this, &from](Result<FetchedPage> const& page) {
    auto groups = page ? read_target_groups(page->body) : Result<std::vector<TargetGroup>>(page.error());
    if (groups) {
      std::lock_guard const lock(guard_);
      told_[from.url] = std::move(*groups);
    } else {
      log::error("monitor.targets_unreadable", {{"url", from.url}, {"reason", groups.error().english()}});
    }
  });
  context.run();
}

}  // namespace yunzhi::monitor

// Another server that queries and rules read from.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "monitor/remote.hpp"
#include "monitor/scrape/target.hpp"

namespace yunzhi::monitor {

struct ReadingPlace {
  std::string url;  ///< http://host:port and the path before /api/v1
  std::shared_ptr<ScrapeSettings const> settings;
  Milliseconds timeout{60'000};
  bool read_recent = false;     ///< also asked for the time that the own store has
  bool external_labels = true;  ///< the own external labels narrow what is asked for
  std::vector<std::pair<std::string, std::string>> required_matchers;  ///< asked only when a query has them

  [[nodiscard]] Remote remote() const { return {url, {}, timeout, settings}; }
};

}  // namespace yunzhi::monitor

// What a target answered.
#pragma once

#include <string>

namespace yunzhi::monitor {

struct FetchedPage {
  std::string body;  ///< unpacked
  bool open_metrics = false;
};

}  // namespace yunzhi::monitor

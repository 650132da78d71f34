// What a target answered.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace yunzhi::monitor {

struct FetchedPage {
  std::string body;  ///< unpacked
  bool open_metrics = false;
  int status = 200;                     ///< of HTTP
  std::int64_t certificate_end = 0;     ///< of the first certificate to end, in seconds since 1970; 0: no TLS
  std::optional<Refusal> failure = {};  ///< why the probe that made this page failed; none: it did not
};

}  // namespace yunzhi::monitor

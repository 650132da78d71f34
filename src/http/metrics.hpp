// The server's own figures, for /metrics: requests and their durations by route, in Prometheus' text format.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "http/server.hpp"

namespace yunzhi::http {

class Metrics {
 public:
  /// Counts one answered request; from any thread. Give it to Server::observe. The route's text must stay
  /// where it is, as it does in a Router.
  void count(Served const& served);

  /// yunzhi_http_requests_total and yunzhi_http_request_duration_seconds.
  [[nodiscard]] std::string text() const;

 private:
  static constexpr std::size_t buckets_count = 12;
  struct Durations {
    std::array<std::uint64_t, buckets_count + 1> buckets{};  ///< the last one: longer than all bounds
    double sum = 0;
  };
  using Key = std::tuple<std::string_view, Method>;  ///< route and method
  struct Series {
    std::map<int, std::uint64_t> by_status;
    Durations durations;
  };
  // One part per network thread, nearly: threads do not wait for each other, and a reading adds the parts up.
  struct Part {
    mutable std::mutex mutex;
    std::map<Key, Series> series;
  };
  [[nodiscard]] std::map<Key, Series> sum() const;

  static constexpr std::size_t parts_count = 8;
  std::array<Part, parts_count> parts_;
};

}  // namespace yunzhi::http

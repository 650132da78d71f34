#include "http/metrics.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <thread>

#include <fmt/format.h>

namespace yunzhi::http {
namespace {

constexpr std::array<double, 12> bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                        0.05,   0.1,   0.25,   0.5,   1,    5};

std::string labels(std::string_view route, Method method) {
  return fmt::format("route=\"{}\",method=\"{}\"", route.empty() ? "other" : route, name_of(method));
}

}  // namespace

void Metrics::count(Served const& served) {
  auto const place = std::lower_bound(bounds.begin(), bounds.end(), served.seconds) - bounds.begin();
  auto const part = std::hash<std::thread::id>()(std::this_thread::get_id()) % parts_count;
  std::lock_guard const lock(parts_[part].mutex);
  auto& series = parts_[part].series[Key(served.route, served.request->method)];
  ++series.by_status[served.status];
  ++series.durations.buckets[static_cast<std::size_t>(place)];
  series.durations.sum += served.seconds;
}

std::map<Metrics::Key, Metrics::Series> Metrics::sum() const {
  std::map<Key, Series> total;
  for (auto const& part : parts_) {
    std::lock_guard const lock(part.mutex);
    for (auto const& [key, series] : part.series) {
      auto& into = total[key];
      for (auto const& [status, number] : series.by_status) into.by_status[status] += number;
      for (std::size_t i = 0; i <= buckets_count; ++i) {
        into.durations.buckets[i] += series.durations.buckets[i];
      }
      into.durations.sum += series.durations.sum;
    }
  }
  return total;
}

std::string Metrics::text() const {
  auto const total = sum();
  std::string text =
      "# HELP yunzhi_http_requests_total Answered requests.\n# TYPE yunzhi_http_requests_total counter\n";
  auto out = std::back_inserter(text);
  for (auto const& [key, series] : total) {
    auto const names = labels(std::get<0>(key), std::get<1>(key));
    for (auto const& [status, number] : series.by_status) {
      fmt::format_to(out, "yunzhi_http_requests_total{{{},status=\"{}\"}} {}\n", names, status, number);
    }
  }
  text +=
      "# HELP yunzhi_http_request_duration_seconds From the request's head to the end of the reply.\n"
      "# TYPE yunzhi_http_request_duration_seconds histogram\n";
  constexpr std::string_view name = "yunzhi_http_request_duration_seconds";
  for (auto const& [key, series] : total) {
    auto const names = labels(std::get<0>(key), std::get<1>(key));
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < buckets_count; ++i) {
      below += series.durations.buckets[i];
      fmt::format_to(out, "{}_bucket{{{},le=\"{}\"}} {}\n", name, names, bounds[i], below);
    }
    below += series.durations.buckets[buckets_count];
    fmt::format_to(out, "{}_bucket{{{},le=\"+Inf\"}} {}\n", name, names, below);
    fmt::format_to(out, "{}_sum{{{}}} {}\n{}_count{{{}}} {}\n", name, names, series.durations.sum, name,
                   names, below);
  }
  return text;
}

}  // namespace yunzhi::http

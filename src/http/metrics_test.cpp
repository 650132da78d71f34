#include "http/metrics.hpp"

#include <thread>

#include <doctest/doctest.h>

namespace yunzhi::http {
namespace {

TEST_CASE("requests are counted by route, method and status, and their durations by route") {
  Metrics metrics;
  Request request;
  for (double const seconds : {0.0004, 0.02, 30.0}) metrics.count({&request, "/hello/{id}", 200, seconds});
  metrics.count({&request, "", 404, 0.001});
  auto const text = metrics.text();
  auto const has = [&text](std::string_view line) { return text.find(line) != std::string::npos; };
  CHECK(has("yunzhi_http_requests_total{route=\"/hello/{id}\",method=\"GET\",status=\"200\"} 3\n"));
  CHECK(has("yunzhi_http_requests_total{route=\"other\",method=\"GET\",status=\"404\"} 1\n"));
  CHECK(has("_bucket{route=\"/hello/{id}\",method=\"GET\",le=\"0.0005\"} 1\n"));
  CHECK(has("_bucket{route=\"/hello/{id}\",method=\"GET\",le=\"5\"} 2\n"));
  CHECK(has("_bucket{route=\"/hello/{id}\",method=\"GET\",le=\"+Inf\"} 3\n"));
  CHECK(has("_count{route=\"/hello/{id}\",method=\"GET\"} 3\n"));
}

TEST_CASE("counts of several threads add up") {
  Metrics metrics;
  auto const work = [&metrics] {
    Request const request;
    for (int i = 0; i < 1000; ++i) metrics.count({&request, "/a", 200, 0.001});
  };
  std::thread one(work);
  std::thread two(work);
  one.join();
  two.join();
  CHECK(metrics.text().find("status=\"200\"} 2000\n") != std::string::npos);
}

}  // namespace
}  // namespace yunzhi::http

// Pushes scraped pages that were kept, from standard input, by remote_write 1.0: each is a line
// `scrape MILLISECONDS BYTES` and then so many bytes in the Prometheus text format.
#include <cstdio>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "connection.hpp"
#include "monitor/ingest/remote_write_message.hpp"
#include "monitor/scrape/exposition.hpp"

using namespace yunzhi::monitor;

namespace {

constexpr std::size_t pages_per_request = 100;

// Series with their samples since the last request.
class Pages {
 public:
  void add(std::int64_t at, std::string const& page) {
    auto const read = parse_exposition(page, at, {});
    if (!read) throw std::runtime_error("a page cannot be read: " + read.error().english());
    for (auto const& point : read->points) {
      auto labels = point.labels;
      labels.set("instance", "recorded:9100");
      labels.set("job", "node");
      series_[std::move(labels)].push_back(point.sample);
    }
    ++pages_;
  }
  [[nodiscard]] bool full() const { return pages_ >= pages_per_request; }

  /// The number of samples sent.
  std::size_t send(Connection& connection) {
    std::string message;
    std::size_t count = 0;
    for (auto const& [labels, samples] : series_) {
      put_remote_series(message, labels, samples);
      count += samples.size();
    }
    series_.clear();
    pages_ = 0;
    if (count > 0 && connection.post(message) >= 300) throw std::runtime_error("the receiver refused");
    return count;
  }

 private:
  std::map<Labels, std::vector<Sample>> series_;
  std::size_t pages_ = 0;
};

std::size_t run(Connection& connection, std::int64_t shift) {
  Pages pages;
  std::size_t sent = 0;
  std::string word;
  std::int64_t at = 0;
  std::size_t bytes = 0;
  while (std::cin >> word >> at >> bytes) {
    std::string page(bytes, '\0');
    std::cin.get();
    std::cin.read(page.data(), static_cast<std::streamsize>(bytes));
    pages.add(at + shift, page);
    if (pages.full()) sent += pages.send(connection);
  }
  return sent + pages.send(connection);
}

}  // namespace

int main(int count, char** words) {
  std::string host = "127.0.0.1";
  std::string path = "/api/v1/write";
  int port = 9090;
  std::int64_t shift = 0;
  CLI::App app{"Pushes scraped pages by remote_write", "yunzhi-push-recorded"};
  app.add_option("--host", host)->capture_default_str();
  app.add_option("--port", port)->capture_default_str();
  app.add_option("--path", path)->capture_default_str();
  app.add_option("--shift", shift, "Milliseconds added to all times")->capture_default_str();
  CLI11_PARSE(app, count, words);
  try {
    Connection connection(host, port, path);
    std::printf("%zu\n", run(connection, shift));
    return 0;
  } catch (std::exception const& problem) {
    std::fprintf(stderr, "yunzhi-push-recorded: %s\n", problem.what());
    return 1;
  }
}

#include "monitor/sending/remote_writer.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/log.hpp"
#include "monitor/ingest/remote_write_message.hpp"
#include "monitor/ingest/snappy.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t queue_samples = 500'000;
constexpr std::size_t batch_samples = 5'000;
constexpr std::chrono::milliseconds gathering{500};
constexpr std::chrono::milliseconds first_pause{500};
constexpr std::chrono::milliseconds longest_pause{30'000};

std::string message_of(std::vector<Point> const& batch) {
  std::unordered_map<Labels, std::vector<Sample>, LabelsHash> series;
  for (auto const& point : batch) series[point.labels].push_back(point.sample);
  std::string message;
  for (auto& [labels, samples] : series) {
    std::stable_sort(samples.begin(), samples.end(),
                     [](auto const& a, auto const& b) { return a.at < b.at; });
    put_remote_series(message, labels, samples);
  }
  return message;
}

}  // namespace

RemoteWriter::RemoteWriter(Destination destination, Labels external)
    : destination_(std::move(destination)), external_(std::move(external)), thread_([this] { run(); }) {}

RemoteWriter::~RemoteWriter() {
  {
    std::lock_guard const lock(guard_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void RemoteWriter::take(std::span<Point const> points) {
  std::lock_guard const lock(guard_);
  bool const enough = queue_.size() >= batch_samples;
  for (auto const& point : points) {
    auto labels = point.labels;
    add_external(labels, external_);
    if (!relabel(destination_.relabel, labels)) continue;
    if (queue_.size() == queue_samples) {
      queue_.pop_front();
      ++given_up_;
    }
    queue_.push_back({std::move(labels), point.sample});
  }
  if (!enough && queue_.size() >= batch_samples) wake_.notify_all();
}

RemoteWriter::Counts RemoteWriter::counts() const {
  std::lock_guard const lock(guard_);
  return {sent_, given_up_, queue_.size()};
}

std::vector<Point> RemoteWriter::next_batch() {
  std::unique_lock lock(guard_);
  wake_.wait_for(lock, gathering, [this] { return stopping_ || queue_.size() >= batch_samples; });
  auto const count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), batch_samples));
  std::vector<Point> batch(std::make_move_iterator(queue_.begin()),
                           std::make_move_iterator(queue_.begin() + count));
  queue_.erase(queue_.begin(), queue_.begin() + count);
  return batch;
}

// What the destination refuses for good is given up, as the specification asks; all else is tried again.
bool RemoteWriter::send(std::vector<Point> const& batch) {
  auto const body = snap(message_of(batch));
  auto pause = first_pause;
  while (true) {
    auto const done = remote_write(destination_.remote(), body);
    if (done) return true;
    if (done.error().why == Why::invalid) {
      log::warning("monitor.samples_refused",
                   {{"url", destination_.url}, {"reason", done.error().english()}});
      return false;
    }
    log::warning("monitor.samples_not_sent", {{"url", destination_.url}, {"reason", done.error().english()}});
    std::unique_lock lock(guard_);
    if (wake_.wait_for(lock, pause, [this] { return stopping_; })) return false;
    pause = std::min(pause * 2, longest_pause);
  }
}

// When it stops, what waits is still sent, until the destination does not take a batch.
void RemoteWriter::run() {
  while (true) {
    auto const batch = next_batch();
    bool const taken = batch.empty() || send(batch);
    std::lock_guard const lock(guard_);
    (taken ? sent_ : given_up_) += batch.size();
    if (stopping_ && (queue_.empty() || !taken)) return;
  }
}

}  // namespace yunzhi::monitor

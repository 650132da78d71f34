#include "monitor/query/budget.hpp"

namespace yunzhi::monitor {

Result<> Budget::time() {
  if (limits_.cancelled && limits_.cancelled->load(std::memory_order_relaxed))
    return refuse(Why::busy, "", "the query was ended");
  // The clock costs more than a short row: it is asked at every sixteenth call.
  if (asked_++ % 16 != 0 || std::chrono::steady_clock::now() < deadline_) return {};
  return refuse(Why::busy, "", "the query took longer than {} ms", limits_.time.count());
}

Result<> Budget::samples(std::size_t count) {
  samples_ += count;
  if (samples_ > limits_.samples)
    return refuse(Why::too_large, "", "the query would read more than {} samples", limits_.samples);
  return time();
}

Result<> Budget::bytes(std::size_t count) {
  bytes_ += count;
  if (bytes_ > limits_.bytes)
    return refuse(Why::too_large, "", "the query would hold more than {} bytes", limits_.bytes);
  return time();
}

}  // namespace yunzhi::monitor

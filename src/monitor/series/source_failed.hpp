// A source that could not be read. select() has no result to refuse with, and a part of the samples must not
// pass for all of them.
#pragma once

#include <stdexcept>

#include "base/result.hpp"

namespace yunzhi::monitor {

class SourceFailed : public std::runtime_error {
 public:
  explicit SourceFailed(Refusal refusal)
      : std::runtime_error(refusal.english()), refusal_(std::move(refusal)) {}
  [[nodiscard]] Refusal const& refusal() const { return refusal_; }

 private:
  Refusal refusal_;
};

/// What the work gives, or the refusal when a source failed below it.
template <class T, class Work>
Result<T> unless_source_fails(Work const& work) {
  try {
    return work();
  } catch (SourceFailed const& failed) {
    return failed.refusal();
  }
}

}  // namespace yunzhi::monitor

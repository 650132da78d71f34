// Gathers what is wrong with a process file, so that its author sees all of it at once.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"

namespace yunzhi::process {

/// How much a file must say. To run, its elements must be ones the engine runs. To be deployed it must
/// besides name who does a step and what a service does, and hold nothing that would be ignored.
enum class Strictness { run, deploy };

class Problems {
 public:
  explicit Problems(Strictness strictness = Strictness::deploy) : strictness_(strictness) {}

  [[nodiscard]] bool strict() const { return strictness_ == Strictness::deploy; }

  template <class... A>
  void add(std::string_view at, std::string_view text, A const&... arguments) {
    if (refusal_.faults.size() < limits::bpmn_problems)
      refusal_.faults.push_back(refuse(Why::invalid, at, text, arguments...).faults.front());
  }
  /// What keeps a file from being deployed, but not from being run.
  template <class... A>
  void note(std::string_view at, std::string_view text, A const&... arguments) {
    auto& faults = strict() ? refusal_.faults : notes_;
    if (faults.size() < limits::bpmn_problems)
      faults.push_back(refuse(Why::invalid, at, text, arguments...).faults.front());
  }
  [[nodiscard]] bool empty() const { return refusal_.faults.empty(); }
  [[nodiscard]] Refusal take() { return std::move(refusal_); }
  [[nodiscard]] std::vector<Fault> take_notes() { return std::move(notes_); }

 private:
  Strictness strictness_;
  Refusal refusal_;
  std::vector<Fault> notes_;
};

}  // namespace yunzhi::process

// Gathers what is wrong with a process file, so that its author sees all of it at once.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"

namespace yunzhi::process {

class Problems {
 public:
  template <class... A>
  void add(std::string_view at, std::string_view text, A const&... arguments) {
    if (refusal_.faults.size() < limits::bpmn_problems)
      refusal_.faults.push_back(refuse(Why::invalid, at, text, arguments...).faults.front());
  }
  [[nodiscard]] bool empty() const { return refusal_.faults.empty(); }
  [[nodiscard]] Refusal take() { return std::move(refusal_); }

 private:
  Refusal refusal_;
};

}  // namespace yunzhi::process

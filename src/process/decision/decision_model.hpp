// A decision model (DMN 1.3, chapters 6 and 7): decisions, the input data and knowledge they require, and
// decision services. Read once from XML; evaluated often and from any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "process/expression/evaluation.hpp"

namespace yunzhi::process {

struct DecisionGraph;

class DecisionModel {
 public:
  /// DMN 1.1 to 1.5. Refusals carry `line:column` of the element.
  static Result<DecisionModel> read(std::string_view xml);
  /// Takes null for each expression that is wrong, as the compatibility kit asks.
  static Result<DecisionModel> read_tolerantly(std::string_view xml);

  /// Names in the order of the file.
  [[nodiscard]] std::vector<std::string> decisions() const;
  /// The input data that all its decisions together read.
  [[nodiscard]] std::vector<std::string> inputs() const;

  /// The result of the decision or decision service of that name or id, with the variables as input data by
  /// name. Missing when there is none; refused when the evaluation goes beyond the limits.
  [[nodiscard]] Result<Value> decide(std::string_view name, Value const& variables,
                                     Moment const& moment) const;
  [[nodiscard]] Result<json::value> decide(std::string_view name, json::object const& variables,
                                           Moment const& moment) const;

 private:
  explicit DecisionModel(std::shared_ptr<DecisionGraph const> graph) : graph_(std::move(graph)) {}
  static Result<DecisionModel> read(std::string_view xml, bool tolerant);
  std::shared_ptr<DecisionGraph const> graph_;
};

}  // namespace yunzhi::process

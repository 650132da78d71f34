// The deployed decision models: versions by the id of their file, asked by the decisions in them.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "process/decision.hpp"
#include "store/store.hpp"

namespace yunzhi::process {

class Decisions {
 public:
  struct Row {
    std::string id;
    std::string key;
    std::int64_t version = 0;
  };
  /// A new version of the model; the active one when its file is the same. Its key is the file's name
  /// without its ending. The refusal's fields read `file:line:column`.
  Result<Row> deploy(store::Edit& edit, std::string_view file, std::string_view xml);

  /// The result of a decision of that name or id, of the active version of whichever model holds it. Missing
  /// when none does.
  Result<json::value> decide(store::Reader& reader, std::string_view decision, json::object const& variables,
                             Moment const& moment);

 private:
  std::shared_ptr<DecisionModel const> get(store::Reader& reader, std::string const& id);

  std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<DecisionModel const>> read_;
};

}  // namespace yunzhi::process

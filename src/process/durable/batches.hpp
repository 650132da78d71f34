// One verb for all running instances of a version, in many small commands with a progress that can be
// watched. What an instance refuses is kept with its reason, and the others go on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "store/store.hpp"

namespace yunzhi::process {

struct Batch {
  std::string id;
  std::string kind;        ///< migrate, suspend, resume, cancel
  std::string definition;  ///< whose running instances
  json::object parameters;
  std::string state;  ///< running, done
  std::int64_t total = 0;
  std::int64_t done = 0;
  std::int64_t refused = 0;
  json::array problems;  ///< {"instance","text"} of the first that refused
  std::string cursor;    ///< the last instance looked at
  std::string created_by;
  Instant created_at;
};

Batch add_batch(store::Edit& edit, std::string_view kind, std::string_view definition,
                json::object const& parameters, std::string_view actor);
std::optional<Batch> find_batch(store::Reader& reader, std::string_view id);
/// The newest first.
std::vector<Batch> batches(store::Reader& reader, std::size_t limit);
/// The batch to go on with, and its next instances; none of them: it is over.
std::optional<Batch> running_batch(store::Reader& reader);
std::vector<std::string> next_instances(store::Reader& reader, Batch const& batch, std::size_t limit);
/// In the command that did it, or in one of its own when the instance refused and says why.
void count_in_batch(store::Edit& edit, std::string const& batch, std::string_view instance,
                    std::string_view problem);
void end_batch(store::Edit& edit, std::string const& batch);

}  // namespace yunzhi::process

// Work done outside the database: an outbox. The job is written with the token that asks for it, a worker
// runs it between two commands, and its result is a command of its own. The id of the job is the key under
// which the other side can know it again. A job that was running when the server died is run again only
// when its action may be; otherwise its outcome is unknown, and a person settles it.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "process/engine/instance.hpp"
#include "store/store.hpp"

namespace yunzhi::process {

struct Job {
  std::string id;
  std::string instance;
  TokenId token = 0;
  std::string element;
  std::string action;
  std::string state;  ///< waiting, running, failed, unknown
  std::int64_t attempts = 0;
  Instant due_at;
  std::string problem;  ///< of the last attempt
  std::string record_kind;
  std::string record;
};

/// What the house can do for a service task, by name.
class Action {
 public:
  virtual ~Action() = default;
  /// Whether doing it twice is as good as once.
  [[nodiscard]] virtual bool idempotent() const = 0;
  /// Does it; refused when it did not happen. Runs outside any transaction, and may block for a while.
  virtual Result<> run(Job const& job, json::object const& record) = 0;
};
using Actions = std::map<std::string, std::unique_ptr<Action>, std::less<>>;

void insert_job(store::Edit& edit, std::string_view instance, TokenId token, std::string_view element,
                std::string_view action);
/// The next jobs that are due, oldest first.
std::vector<Job> due_jobs(store::Reader& reader, Instant now, std::size_t limit);
/// Jobs that need a person, behind the id `after`.
std::vector<Job> troubled_jobs(store::Reader& reader, std::string_view after, std::size_t limit);
std::optional<Job> find_job(store::Reader& reader, std::string_view id);
/// Takes a waiting job for running; false when somebody else has it, or it is gone.
bool begin_job(store::Edit& edit, std::string_view id);
/// Deletes it before its result is told to the process; false when it is gone.
bool end_job(store::Edit& edit, std::string_view id);
/// Tries again later, each time after twice as long; after the last attempt it is failed. Whether it is.
bool fail_job(store::Edit& edit, Job const& job, std::string_view problem);
/// A person wants it tried again. Refused when it is not failed or unknown.
Result<> retry_job(store::Edit& edit, std::string_view id);
/// After a start: what was running when the server stopped. The number of jobs whose outcome is unknown.
std::size_t recover_jobs(store::Edit& edit, Actions const& actions);

}  // namespace yunzhi::process

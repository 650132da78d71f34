// Running processes as rows. One outside trigger runs to the next wait states inside the caller's
// command: tasks, timers, history and the instance's state are written, the rest comes back as an Outcome
// for the caller to apply in the same transaction.
//
// `fields` is always the record as it is after the act that triggers the step: the variables of a process
// are the fields of its record.
#pragma once

#include <functional>

#include "process/durable/definitions.hpp"
#include "process/durable/outcome.hpp"
#include "process/engine/advance.hpp"

namespace yunzhi::process {

/// When so much working time has passed; `calendar` is empty for the organisation's own.
using WorkingTime = std::function<Instant(Instant from, Milliseconds working, std::string_view calendar)>;

struct DueTimer {
  std::string id;
  std::string instance;
  std::string element;
  std::string record_kind;
  std::string record;
  Instant due_at;
};

/// A task with the drawing it stands in, for its form.
struct OpenStep {
  Task task;
  std::shared_ptr<Definition const> definition;
  Node const* node = nullptr;
};

class Processes {
 public:
  explicit Processes(WorkingTime working_time, std::chrono::minutes utc_offset = {})
      : working_time_(std::move(working_time)), utc_offset_(utc_offset) {}

  [[nodiscard]] Definitions& definitions() { return definitions_; }

  /// Starts the active version of `key` for a record.
  Result<Outcome> start(store::Edit& edit, std::string_view key, std::string_view record_kind,
                        std::string_view record, json::object fields, std::string_view actor,
                        std::string_view message = {});

  /// The task with its form. Missing when there is none with this id.
  Result<OpenStep> step(store::Reader& reader, std::string_view task);
  /// Finishes an open task. Refused when it is not open, or somebody else holds it.
  Result<Outcome> complete(store::Edit& edit, std::string_view task, std::string_view person,
                           json::object fields);

  /// Takes an open task that nobody holds; gives it back to those with the role; hands it to a person.
  Result<Task> claim(store::Edit& edit, std::string_view task, std::string_view person);
  Result<Task> release(store::Edit& edit, std::string_view task, std::string_view person);
  Result<Task> assign(store::Edit& edit, std::string_view task, std::string_view to);

  /// Timers whose time has come, the oldest first, and when the next one comes.
  [[nodiscard]] std::vector<DueTimer> due_timers(store::Reader& reader, Instant now, std::size_t limit) const;
  [[nodiscard]] std::optional<Instant> next_timer(store::Reader& reader) const;
  /// Fires a due timer, at most once. Refused (conflict) when it is gone.
  Result<Outcome> fire(store::Edit& edit, std::string_view timer, json::object fields);

  /// The service of a token has done its work, or failed with a code.
  Result<Outcome> called(store::Edit& edit, std::string_view instance, TokenId token, json::object fields,
                         std::string_view actor);
  Result<Outcome> failed(store::Edit& edit, std::string_view instance, TokenId token, std::string_view code,
                         json::object fields, std::string_view actor);
  Result<Outcome> message(store::Edit& edit, std::string_view instance, std::string_view name,
                          json::object fields, std::string_view actor);
  /// Sends a token to another step: to an earlier one, or past one.
  Result<Outcome> move(store::Edit& edit, std::string_view instance, TokenId token, std::string_view element,
                       json::object fields, std::string_view actor);
  /// Goes on after somebody has mended what a Trouble named.
  Result<Outcome> retry(store::Edit& edit, std::string_view instance, TokenId token, json::object fields,
                        std::string_view actor);
  Result<Outcome> cancel(store::Edit& edit, std::string_view instance, json::object fields,
                         std::string_view actor);

 private:
  struct Running;

  Result<Running> load(store::Edit& edit, std::string_view instance);
  Result<Outcome> tell(store::Edit& edit, std::string_view instance, Event event);
  Result<Outcome> go_on(store::Edit& edit, Running running, Event event);

  WorkingTime working_time_;
  std::chrono::minutes utc_offset_;
  Definitions definitions_;
};

}  // namespace yunzhi::process

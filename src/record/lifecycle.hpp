// A record's way through people's hands: its process instance and the tasks it waits in. Completing a task
// is a checked edit of the record, the move of the process, the ledger entry and the messages, in one
// command.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "access/directory.hpp"
#include "process/durable/processes.hpp"
#include "process/durable/task_rows.hpp"
#include "record/kernel.hpp"

namespace yunzhi::record {

/// What the lifecycle needs of the pack beside the settings of records.
struct LifecycleSettings {
  access::Rota rota;
  std::map<std::string, json::object> forms;  ///< JSON Schema by "<process>.<element>"
};

/// A message to people: an English template with its arguments, translated for each receiver, and where it
/// leads.
struct Message {
  std::string title;
  std::vector<std::string> arguments;
  std::string href;
};
using Messenger = std::function<void(store::Edit&, std::vector<std::string> const& people, Message const&)>;

class Lifecycle {
 public:
  Lifecycle(Kernel& kernel, process::Processes& processes, Messenger messenger, LifecycleSettings settings);

  /// Creates a record and starts its process. Gives the record as it stands then.
  Result<json::object> open(store::Edit& edit, access::Actor const& actor, Module const& module,
                            json::object const& given);

  /// A page of tasks: `mine` are those assigned to the actor or open to one of the actor's roles.
  struct TaskQuery {
    bool mine = true;
    bool done = false;
    std::size_t limit = 50;
    std::string after;
  };
  json::object tasks(store::Reader& reader, access::Actor const& actor, TaskQuery const& query) const;
  /// Open tasks of one record.
  json::array open_tasks(store::Reader& reader, access::Actor const& actor, std::string const& record) const;
  /// One task with its form and its record.
  Result<json::object> task(store::Reader& reader, access::Actor const& actor, std::string const& id) const;

  Result<json::object> claim(store::Edit& edit, access::Actor const& actor, std::string const& id);
  Result<json::object> release(store::Edit& edit, access::Actor const& actor, std::string const& id);
  /// Gives the record as it stands after the step.
  struct Completed {
    json::object record;
    json::object change;  ///< for the ledger
    std::string subject;
    std::string element;
  };
  Result<Completed> complete(store::Edit& edit, access::Actor const& actor, std::string const& id,
                             json::object const& fields);

  /// {xml, active, visited, flows} of a record's process.
  Result<json::object> diagram(store::Reader& reader, std::string const& record) const;

  /// Fires what is due at `now`: timers of processes, one command each; the number fired.
  std::size_t fire_timers(store::Store& store, std::size_t most);
  /// Marks clocks whose target has passed, tells the people; the number marked.
  std::size_t sound_clocks(store::Store& store, std::size_t most);

 private:
  Result<json::object> follow(store::Edit& edit, access::Actor const& actor, Module const& module,
                              json::object const& before, json::object prepared,
                              process::Outcome const& outcome);
  void tell(store::Edit& edit, Module const& module, json::object const& record,
            process::Outcome const& outcome);
  Result<> check_form(process::OpenStep const& step, json::object const& record) const;
  Result<process::OpenStep> own_step(store::Reader& reader, access::Actor const& actor,
                                     std::string const& id) const;
  Result<bool> fire_timer(store::Edit& edit, process::DueTimer const& timer);
  void sound_clock(store::Edit& edit, std::string const& kind, std::string const& record,
                   std::string const& clock);

  Kernel& kernel_;
  process::Processes& processes_;
  Messenger messenger_;
  LifecycleSettings settings_;
};

}  // namespace yunzhi::record

// A record's way through people's hands: its process instance and the tasks it waits in. Completing a task
// is a checked edit of the record, the move of the process, the ledger entry and the messages, in one
// command.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "access/directory.hpp"
#include "process/durable/batches.hpp"
#include "process/durable/jobs.hpp"
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

struct RecordRef {
  std::string kind;
  std::string id;
};

class Lifecycle {
 public:
  Lifecycle(Kernel& kernel, process::Processes& processes, Messenger messenger, LifecycleSettings settings);

  /// Creates a record and starts its process: the version in force, or another one by who may operate
  /// processes. Gives the record as it stands then.
  Result<json::object> open(store::Edit& edit, access::Actor const& actor, Module const& module,
                            json::object const& given, process::Which const& which = {});

  /// A page of tasks: `mine` are those assigned to the actor or open to one of the actor's roles.
  struct TaskQuery {
    bool mine = true;  ///< else everybody's, for who may assign tasks
    bool done = false;
    std::size_t limit = 50;
    std::string after;
  };
  json::object tasks(store::Reader& reader, access::Actor const& actor, TaskQuery const& query) const;
  /// What a list shows of the records it tells of, by id, as far as the actor may read them.
  std::map<std::string, json::object> shown(store::Reader& reader, access::Actor const& actor,
                                            std::vector<RecordRef> const& refs) const;
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
                             json::object const& fields, process::Vote vote = process::Vote::none);

  // lifecycle_verbs.cpp: what else people do with a step. Each is refused as missing when the actor may not
  // read the record, and as forbidden when the step is somebody else's.
  /// Lends it (委派) or gives it away (转办) to a person who can see the record.
  Result<json::object> delegate(store::Edit& edit, access::Actor const& actor, std::string const& id,
                                std::string const& person, std::string const& note);
  Result<json::object> hand_over(store::Edit& edit, access::Actor const& actor, std::string const& id,
                                 std::string const& person, std::string const& note);
  /// Presses for a step of a record the actor can see (催办): whoever has it is told.
  Result<json::object> urge(store::Edit& edit, access::Actor const& actor, std::string const& id,
                            std::string const& note);
  /// Shows it to others (抄送): they are told, and find it among their copies.
  Result<json::object> copy_to(store::Edit& edit, access::Actor const& actor, std::string const& id,
                               std::vector<std::string> const& people, std::string const& note);
  Result<Completed> add_sign(store::Edit& edit, access::Actor const& actor, std::string const& id,
                             process::Seat::Place place, std::vector<std::string> const& people);
  /// By who asked for the signature, or by who may assign tasks.
  Result<Completed> remove_sign(store::Edit& edit, access::Actor const& actor, std::string const& id);
  Result<Completed> send_back(store::Edit& edit, access::Actor const& actor, std::string const& id,
                              std::string const& element, bool straight_back, std::string const& reason);
  Result<Completed> withdraw(store::Edit& edit, access::Actor const& actor, std::string const& id);
  Result<json::array> earlier_steps(store::Reader& reader, access::Actor const& actor,
                                    std::string const& id) const;
  json::object copies(store::Reader& reader, access::Actor const& actor, std::size_t limit,
                      std::string const& after) const;

  // lifecycle_instances.cpp: what a supervisor does with whole processes
  struct Moved {
    json::object record;
    std::string subject;
  };
  using InstanceVerb = std::function<Result<process::Outcome>(json::object const& record)>;
  /// Performs a verb on the instance and applies what it means to its record.
  Result<Moved> with_instance(store::Edit& edit, access::Actor const& actor, std::string const& instance,
                              InstanceVerb const& verb, int depth = 0);
  /// The record was edited beside its steps: processes that wait for a condition look at it again, and those
  /// whose condition becomes true begin. Gives the record as it stands then.
  Result<json::object> edited(store::Edit& edit, access::Actor const& actor, Module const& module,
                              json::object const& before, json::object record);
  /// A record was made, or edited where none of its processes waits for a condition: processes whose start
  /// has a condition that becomes true by it begin. `before` is empty when it was made. Whether any began.
  Result<bool> begin_by_condition(store::Edit& edit, Module const& module, json::object const& before,
                                  json::object const& after, int depth = 0);
  // lifecycle_messages.cpp: what processes, and others, say to processes
  /// What became of a message: taken by whoever waited for it, the beginning of a process, or kept for
  /// whoever comes to wait for it.
  enum class Delivery { taken, began, kept };
  /// `about` names the record that a process may begin for; empty when there is none.
  struct About {
    std::string kind;
    std::string record;
  };
  Result<Delivery> deliver(store::Edit& edit, process::Sent const& message, About const& about,
                           int depth = 0);
  /// The number of processes that took the signal or were begun by it.
  Result<std::size_t> broadcast(store::Edit& edit, process::Thrown const& signal, About const& about,
                                int depth = 0);
  [[nodiscard]] process::Processes& processes() const { return processes_; }
  /// Goes on with the running batch; the number of instances it looked at.
  std::size_t run_batch(store::Store& store, std::size_t most);
  /// Runs the jobs that are due, one after the other, outside any command; the number run.
  std::size_t run_jobs(store::Store& store, process::Actions const& actions, std::size_t most);

  /// {xml, active, visited, flows} of a record's process; of the one its family follows before any other.
  Result<json::object> diagram(store::Reader& reader, Module const& module, std::string const& record) const;

  /// Fires what is due at `now`: timers of processes, one command each; the number fired.
  std::size_t fire_timers(store::Store& store, std::size_t most);
  /// Opens a record for each process that a timer begins, one command each; the number seen to.
  std::size_t begin_timed(store::Store& store, std::size_t most);
  /// Marks clocks whose target has passed, tells the people; the number marked.
  /// Tells who has a step that it will soon be due, and then that it is overdue: the supervisor with them.
  /// The number of steps seen to.
  std::size_t remind(store::Store& store, std::size_t most);
  std::size_t sound_clocks(store::Store& store, std::size_t most);

 private:
  Result<> may_choose(access::Actor const& actor, Module const& module, process::Which const& which) const;
  Result<json::object> follow(store::Edit& edit, access::Actor const& actor, Module const& module,
                              json::object const& before, json::object prepared,
                              process::Outcome const& outcome, int depth = 0);
  Result<json::object> after_making(store::Edit& edit, Module const& module, json::object const& made,
                                    json::object record);
  Result<bool> pass_on(store::Edit& edit, process::Outcome const& outcome, int depth);
  Result<> begin(store::Edit& edit, process::Processes::Beginning const& beginning, About const& about,
                 json::object variables, std::string_view by, int depth);
  void tell(store::Edit& edit, Module const& module, json::object const& record,
            process::Outcome const& outcome);
  [[nodiscard]] json::object const* schema_of(process::OpenStep const& step) const;
  Result<> check_form(process::OpenStep const& step, json::object const& record) const;
  Result<process::OpenStep> own_step(store::Reader& reader, access::Actor const& actor,
                                     std::string const& id) const;
  Result<process::Task> seen_step(store::Reader& reader, access::Actor const& actor, std::string const& id,
                                  json::object& record) const;
  Result<Completed> after_verb(store::Edit& edit, access::Actor const& actor, process::Task const& task,
                               json::object const& before, Result<process::Outcome> const& outcome);
  Result<json::object> give_to(store::Edit& edit, access::Actor const& actor, std::string const& id,
                               std::string const& person, std::string_view sentence,
                               std::function<Result<process::Task>()> const& act);
  void tell_about(store::Edit& edit, process::Task const& task, json::object const& record,
                  std::vector<std::string> const& people, std::string_view sentence);
  Result<bool> fire_timer(store::Edit& edit, process::DueTimer const& timer);
  Result<> begin_timed(store::Edit& edit, process::TimedStart const& start);
  void remind_of(store::Edit& edit, process::Task const& task);
  void sound_clock(store::Edit& edit, std::string const& kind, std::string const& record,
                   std::string const& clock);

  Kernel& kernel_;
  process::Processes& processes_;
  Messenger messenger_;
  LifecycleSettings settings_;
};

}  // namespace yunzhi::record

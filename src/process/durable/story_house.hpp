// Stories of processes (tests/process/*.story) told to the kept engine, for tests: every command is a
// transaction, and after each the rows are held against the tokens.
#pragma once

#include <deque>
#include <map>

#include "process/durable/deputies.hpp"
#include "process/durable/jobs.hpp"
#include "process/durable/processes.hpp"
#include "process/durable/task_rows.hpp"
#include "process/simulation/story_file.hpp"

namespace yunzhi::process {

/// A process file as it must be to be deployed: stories leave out which record is moved, who does a step and
/// which action a service is.
std::string deployable(std::string const& xml);

class StoryHouse : public StoryTeller {
 public:
  StoryHouse(store::Store& store, Instant& now);

  std::string add(std::string const& xml) override;
  void decide_by(std::string const& xml) override;
  json::object tell(json::object const& command) override;
  std::vector<StoryTask> tasks() override;
  bool check(std::string const& line) override;

 private:
  using Act = std::function<Result<Outcome>(store::Edit&)>;
  struct Row {
    std::string id;
    std::string definition;
    std::string record;
    bool over = false;
    Instance instance;
    json::object variables;
  };
  struct Place {
    Row row;
    TokenId token = no_token;
    Node const* node = nullptr;
  };

  // story_test.cpp: what every command has in common
  Result<> command(Act const& act);
  Result<> apply(store::Edit& edit, Result<Outcome> const& outcome, int depth = 0);
  Result<> deliver(store::Edit& edit, Sent const& message, int depth);
  Result<> broadcast(store::Edit& edit, std::string const& name, std::string const& from, int depth);
  Result<> begin(store::Edit& edit, Processes::Beginning const& beginning, std::string const& record,
                 json::object const& variables, int depth);
  [[nodiscard]] std::string new_record() const { return "r-" + std::to_string(records_.size() + 1); }
  void settle(Instant until);
  bool fire_one(Instant until);
  bool begin_timed(Instant due);
  bool run_job();
  bool remind_one(Instant until);

  // story_rows_test.cpp: what stands in the rows
  json::object answer();
  void check_rows(std::vector<Row> const& rows);
  std::vector<Row> rows();
  std::vector<Task> open_rows();
  std::shared_ptr<Definition const> definition_of(Row const& row);
  [[nodiscard]] json::object& record_of(Row const& row) { return records_[row.record]; }

  // story_commands_test.cpp
  Result<> obey(json::object const& command);
  Result<> start(json::object const& command);
  Result<> complete(json::object const& command);
  Result<> complete_task(json::object const& command, Task const& task);
  Result<> sign_for_all(json::object const& command, Place const& place);
  Result<> fail(json::object const& command);
  Result<> retry(json::object const& command);
  Result<> message(json::object const& command);
  Result<> advance(json::object const& command);
  Result<> set(json::object const& command);
  Result<> of_task(json::object const& command);
  Result<> withdraw(json::object const& command);
  Result<> of_instance(json::object const& command);
  Result<> by_hand(json::object const& command);
  Result<> migrate(json::object const& command);
  Result<> deputy(json::object const& command);
  Result<Place> find_open(json::object const& command, std::string_view name, Token::State state);
  Result<Place> find_any(json::object const& command, std::string_view name);
  Result<Task> find_own_task(json::object const& command, std::string_view name);
  Result<Row> find_running(std::string const& key);

  store::Store& store_;
  Instant& now_;
  Processes processes_;
  std::map<std::string, json::object> records_;
  std::map<std::string, std::int64_t> seen_;  ///< events of an instance that were told
  json::object scripted_;
  json::object holders_;
  std::string main_;  ///< the instance started last by a command
  int files_ = 0;
  // Of the command in hand.
  std::string trouble_;
  std::vector<std::string> reminded_;
};

}  // namespace yunzhi::process

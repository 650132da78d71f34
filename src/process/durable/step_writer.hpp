// Writes what one step of the engine changed, and gathers what the house has to do.
#pragma once

#include "process/durable/processes.hpp"
#include "process/engine/perform.hpp"

namespace yunzhi::process {

struct InstanceRow {
  std::string id;
  std::string definition;
  std::string record_kind;
  std::string record;
  std::string state;
  std::string status;       ///< running, incident, ended, cancelled; `new` before its first step
  std::int64_t events = 0;  ///< rows of its history
  std::string caller;       ///< the instance that called it; empty: nobody
  TokenId caller_token = no_token;
  json::object variables;  ///< its own, beside the fields of the record
};

/// `locking` is added to the statement.
std::optional<InstanceRow> read_instance(store::Reader& reader, std::string_view id,
                                         std::string_view locking);

class StepWriter {
 public:
  /// `record` as it was before the step: new values of its fields are for the record, others are kept here.
  StepWriter(store::Edit& edit, Definition const& definition, InstanceRow const& row,
             WorkingTime const& working_time, json::object const& record);

  struct Written {
    Outcome outcome;
    Consequences consequences;
    json::object variables;  ///< of its own, after the step
  };
  Written write(Performed const& performed, std::string const& actor);

 private:
  void open(OpenSeat const& seat);
  void close(CloseSeat const& seat);
  void give(Task task);
  [[nodiscard]] Task task_of(TokenId token, Node const& node) const;
  void end_jobs(json::object const& delta);
  void apply(CreateTask const& create);
  void apply(CancelTask const& cancel);
  void apply(SetState const& set);
  void apply(SetField const& set);
  void apply(StartTimer const& start);
  void apply(CancelTimers const& cancel);
  void apply(Call const& call);
  void apply(Tell const& tell);
  void apply(Subscribe const& subscribe);
  void apply(Unsubscribe const& unsubscribe);
  void apply(Send const& sent);
  void apply(Broadcast const& signal);
  void apply(CallProcess const& call);
  void apply(CancelCalled const& cancel);
  void apply(Escalate const& escalation);
  void apply(Incident const& incident);
  void apply(Ended const& ended);

  [[nodiscard]] Instant due(TimerMoment const& when, TimerRule const& rule) const;
  void set_due(Task& task, TimerMoment const& moment, StepForm const& form) const;
  void divide_values(Performed const& performed);
  void write_history(Performed const& performed, json::object delta, std::string const& actor);
  void write_row(std::string_view kind, Node const* node, json::object const& data, std::string const& actor);
  void write_instance(Performed const& performed, std::string const& state);

  store::Edit& edit_;
  Definition const& definition_;
  InstanceRow const& row_;
  WorkingTime const& working_time_;
  json::object const& record_;
  std::optional<std::string> unit_;
  std::int64_t seq_ = 0;
  json::object set_;        ///< own variables with new values
  json::object variables_;  ///< all of them, after the step
  Outcome outcome_;
  Consequences consequences_;
};

}  // namespace yunzhi::process

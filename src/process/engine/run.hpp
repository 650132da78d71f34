// One advance of one instance: takes the event, moves tokens until all of them wait.
#pragma once

#include "process/engine/effect.hpp"
#include "process/engine/event.hpp"

namespace yunzhi::process {

class Run {
 public:
  Run(Definition const& definition, Instance& instance, Event event)
      : definition_(definition), given_(instance), event_(std::move(event)) {
    step_.instance = std::move(instance);
  }

  Result<Step> go();

 private:
  /// Somebody stands before a node; no token yet.
  struct Arrival {
    Index node;
    Index flow;
    TokenId scope;
    TokenId owner = no_token;  ///< the compensation it is a handler of
  };

  // run_events.cpp: what came from outside
  Result<> begin();
  Result<> start();
  Result<> complete();
  Result<> called();
  Result<> fail_work();
  void take_back(Node const& call);
  void take_back_around(TokenId call);
  Result<> escalated();
  Result<> terminated();
  void end_everything();
  Result<> retry();
  Result<> cancel_all();
  void start_at(Index number);

  // run_modify.cpp: changed by hand
  Result<> put_in();
  Result<> take_out();
  void forget_run(TokenId container);
  Result<> come_over();
  Result<TokenId> running_scope(Index scope);

  // run_triggers.cpp: events that a token waits for
  Result<> fire();
  Result<> receive();
  Result<> signal();
  bool signal_all(std::string const& name);
  void throw_signal(Arrival const& arrival);
  Result<> change();
  [[nodiscard]] bool awaits(TokenId token, Index event) const;
  bool trigger(TokenId token, Index event);
  void fire_boundary(TokenId host, Index boundary);
  void fire_after_gateway(TokenId token, Index target);
  void fire_event_sub(TokenId scope, Index start);
  bool trigger_named(TokenId token, Trigger kind, std::string const& name);
  bool check_conditions();
  bool check_conditions_of(TokenId token);
  bool turned_true(TokenId token, Index event, bool arming);
  bool sees_change(Wait& wait, TokenId token);

  // run_move.cpp: sent elsewhere
  Result<> move();
  [[nodiscard]] NodeSet rerun_from(Index target, Index current) const;

  // run.cpp: going on
  void settle();
  void arrive(Arrival const& arrival);
  void leave(Index node, TokenId scope);
  void take(Index flow, TokenId scope);
  void take_all(Node const& node, TokenId scope);
  void choose_one(Index node, TokenId scope);
  void choose_some(Index node, TokenId scope);
  void throw_event(Arrival const& arrival);
  void finish(Arrival const& arrival);
  bool complete_scopes();
  void report_stuck();
  void forget_passing();

  // run_joins.cpp
  void join_all(Arrival const& arrival);
  bool join_some();
  bool join_in(TokenId scope);
  [[nodiscard]] bool ready(Index join, NodeSet const& standing, std::vector<TokenId> const& filled) const;

  // run_activities.cpp: entering and leaving them
  void enter(Arrival const& arrival);
  void begin_work(TokenId token);
  void wait_for_person(TokenId token);
  void call_process(TokenId token);
  void enter_scope(TokenId token);
  void enter_ad_hoc(TokenId token);
  void compute(TokenId token);
  void complete_activity(TokenId token);
  void send(Index node, TokenId token);
  void after_ad_hoc(TokenId scope);
  void check_ad_hoc(TokenId scope);
  [[nodiscard]] bool can_be_undone(Token const& token) const;
  [[nodiscard]] Done done_record(Token const& token) const;

  // run_loops.cpp: activities that run several times
  void enter_loop(TokenId container);
  Result<LoopState> count_instances(TokenId container);
  void begin_instance(TokenId run);
  void instance_done(TokenId instance);
  void next_run(TokenId container);
  Result<bool> loop_goes_on(TokenId container);
  void end_loop(TokenId container);
  [[nodiscard]] json::object counters(LoopState const& loop, bool parallel) const;

  // run_compensation.cpp
  void compensate(Arrival const& arrival);
  void undo_next(TokenId holder);
  void undo(TokenId holder, Done done);
  [[nodiscard]] TokenId scope_around(Index activity, TokenId inside) const;
  void undone(TokenId holder);
  void cancel_transaction(Arrival const& arrival);
  [[nodiscard]] std::vector<TokenId> compensated_scopes(Arrival const& arrival) const;

  // run_waits.cpp: waiting and removing
  TokenId wait(Arrival const& arrival, Token::State state);
  void wait_for_event(Arrival const& arrival);
  Result<> arm(TokenId token, Index event);
  void arm_all(TokenId token, std::vector<Index> const& events, bool report_faults);
  void disarm(TokenId token, std::vector<Index> const& events);
  void count_cycle(TokenId token, Index event);
  [[nodiscard]] json::value correlation_key(Node const& node, TokenId token);
  void remove(TokenId id);
  void cancel(TokenId id);
  void cancel_scope(TokenId scope);
  void disarm_token(Token const& token);

  // run_faults.cpp: errors, escalations and incidents
  void fail(Arrival const& arrival, Fault fault);
  void report(TokenId token, Index node, Fault fault);
  bool raise(TokenId from, Trigger kind, std::string const& code);
  void raise_error(Arrival const& from, std::string const& code);
  void end_with_error(std::string const& code);
  void escalate(Arrival const& from, std::string const& code);
  void keep_code(Index event, TokenId scope, std::string const& code);
  bool catch_on_border(TokenId token, Trigger kind, std::string const& code);
  bool catch_inside(TokenId scope, Trigger kind, std::string const& code, Index inside = nowhere);
  [[nodiscard]] Index catcher(std::vector<Index> const& events, Trigger kind, std::string const& code,
                              Index inside = nowhere) const;

  // run_variables.cpp
  json::object const& view(TokenId token);
  void hide();
  void assign(TokenId from, std::string_view name, json::value value, Index node);
  void bring_changes(TokenId token);
  void keep_conversation(Node const& message, json::object const& carried);
  void set_locals(TokenId token, std::vector<Mapping> const& mappings);
  void set_outputs(Token const& token);
  json::value value_of(Expression const& expression, TokenId token);
  Result<bool> decide(Expression const& expression, TokenId token);

  [[nodiscard]] Node const& node(Index number) const { return definition_.nodes[number]; }
  [[nodiscard]] Token* find(TokenId id) { return step_.instance.find(id); }
  [[nodiscard]] Token const* find(TokenId id) const { return step_.instance.find(id); }
  [[nodiscard]] Tokens& tokens() { return step_.instance.tokens; }
  [[nodiscard]] Tokens const& tokens() const { return step_.instance.tokens; }
  [[nodiscard]] bool repeats(Token const& token) const { return repetition(step_.instance, token); }
  /// Whether the token stands for all runs of a repeated activity.
  [[nodiscard]] bool contains_runs(Token const& token) const {
    return runs_inside(definition_, step_.instance, token);
  }
  /// The token whose border the boundary events of an activity stand on.
  [[nodiscard]] TokenId carrier(TokenId token) const;
  [[nodiscard]] std::vector<Index> const& awaited_inside(TokenId token) const;
  void touch(TokenId scope);
  void tell(HistoryRow::Kind kind, Index at, std::string text = {});

  Definition const& definition_;
  Instance& given_;  // gets the instance back when the event is refused
  Event event_;
  Step step_;
  std::vector<Arrival> arrivals_;
  std::vector<Index> path_;
  std::vector<TokenId> touched_;  // scopes that may be over
  std::vector<TokenId> to_join_;  // scopes whose inclusive joins may be due
  struct Shown {
    std::string name;
    std::optional<json::value> before;
  };
  std::vector<Shown> shown_;  // locals laid over the variables for the moment
  std::size_t steps_ = 0;
  std::size_t looked_at_ = 0;
  bool overflow_ = false;
  bool changed_ = false;  // variables, since conditions were last looked at
  std::string error_;     // the code that ends the process
  bool failed_ = false;
  bool everything_ = false;  // ends, with those that call it
};

}  // namespace yunzhi::process

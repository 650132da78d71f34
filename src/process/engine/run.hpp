// One advance of one instance: takes the event, moves tokens until all of them wait.
#pragma once

#include "process/engine/effect.hpp"
#include "process/engine/event.hpp"

namespace yunzhi::process {

class Run {
 public:
  Run(Definition const& definition, Instance instance, Event event)
      : definition_(definition), event_(std::move(event)) {
    step_.instance = std::move(instance);
  }

  Result<Step> go();

 private:
  /// Somebody stands before a node; no token yet.
  struct Arrival {
    Index node;
    Index flow;
    TokenId scope;
  };

  // run_events.cpp: what came from outside
  Result<> begin();
  Result<> start();
  Result<> complete();
  Result<> fire();
  Result<> receive();
  Result<> called();
  Result<> fail_service();
  Result<> move();
  Result<> retry();
  Result<> cancel_all();
  void fire_boundary(TokenId host, Index boundary);
  void fire_after_gateway(TokenId token, Index target);
  bool receive_at(TokenId id);
  [[nodiscard]] Index awaited_target(Index gateway, std::string_view message) const;
  [[nodiscard]] NodeSet rerun_from(Index target, Index current) const;

  // run.cpp: going on
  void settle();
  void arrive(Arrival const& arrival);
  void leave(Index node, TokenId scope);
  void take(Index flow, TokenId scope);
  void take_all(Node const& node, TokenId scope);
  void choose_one(Index node, TokenId scope);
  void choose_some(Index node, TokenId scope);
  void join_all(Arrival const& arrival);
  bool join_some();
  [[nodiscard]] bool ready(Token const& at_join) const;
  void finish(Arrival const& arrival);
  bool complete_scopes();
  void compute(Arrival const& arrival);
  void report_stuck();

  // run_waits.cpp: waiting, failing and removing
  TokenId wait(Arrival const& arrival, Token::State state);
  void wait_for_person(Arrival const& arrival);
  void wait_for_service(Arrival const& arrival);
  void wait_for_event(Arrival const& arrival);
  void wait_at_event_gateway(Arrival const& arrival);
  void enter_sub_process(Arrival const& arrival);
  Result<> arm(TokenId token, Index node);
  void arm_boundary(TokenId token);
  void count_cycle(TokenId host, Index boundary);
  void fail(Arrival const& arrival, Fault fault);
  void report(TokenId token, Index node, Fault fault);
  void raise(Arrival const& from, std::string const& code);
  [[nodiscard]] Index catcher(Index activity, std::string const& code) const;
  void remove(TokenId id);
  void cancel(TokenId id);
  void cancel_scope(TokenId scope);
  [[nodiscard]] bool has_timers(Index node) const;

  [[nodiscard]] Node const& node(Index number) const { return definition_.nodes[number]; }
  [[nodiscard]] Token* find(TokenId id) { return step_.instance.find(id); }
  void tell(HistoryRow::Kind kind, Index at, std::string text = {});

  Definition const& definition_;
  Event event_;
  Step step_;
  std::vector<Arrival> arrivals_;
  std::vector<Index> path_;
  std::size_t steps_ = 0;
  bool overflow_ = false;
};

}  // namespace yunzhi::process

// One act and what it asks of the other instances that move the same record: processes it calls, the callers
// of those that end, decisions. All of it is one step for whoever acts, in one transaction.
#pragma once

#include <deque>
#include <functional>

#include "process/durable/running.hpp"

namespace yunzhi::process {

class Processes::Chain {
 public:
  Chain(Processes& processes, store::Edit& edit, json::object record, std::string actor)
      : processes_(processes), edit_(edit), record_(std::move(record)), actor_(std::move(actor)) {}

  /// Refused, with nothing to be kept, when the verb or a consequence of it is.
  Result<Outcome> run(Running running, Verb verb);

 private:
  Result<StepWriter::Written> step(Running& running, Verb verb);
  void take(Outcome&& outcome);
  void plan(Running const& running, StepWriter::Written&& written);
  Result<> tell(std::string const& instance, Event event);
  Result<> call(std::string const& caller, Calling const& calling);
  Result<> decide(std::string const& instance, Deciding const& deciding, json::object const& own);
  Result<> fail(std::string const& instance, TokenId token, std::string code, Refusal const& reason);
  Result<> give_up(std::string const& caller, TokenId token);
  [[nodiscard]] Event to(TokenId token, Event::Kind kind) const;
  [[nodiscard]] std::optional<std::string> version_of(std::string const& caller, Calling const& calling);

  Processes& processes_;
  store::Edit& edit_;
  json::object record_;  ///< as it stands after the steps so far
  std::string actor_;
  Outcome total_;
  std::deque<std::function<Result<>()>> waiting_;
};

}  // namespace yunzhi::process

// The tasks of people in a simulation: whose each is, and what was done that could be taken back.
#pragma once

#include <functional>
#include <map>
#include <tuple>
#include <vector>

#include "process/engine/holding.hpp"
#include "process/engine/perform.hpp"

namespace yunzhi::process {

/// A task that is open for one person, or for whoever holds its role.
struct SimulatedTask {
  std::int64_t instance = 0;
  TokenId token = no_token;
  SeatId seat = sole_seat;
  std::string element;
  Holding holding;
  bool touched = false;  ///< claimed by somebody
  std::string place;     ///< of a signature; empty when one person does the task
  std::optional<Instant> due;
};

/// A task that a person has finished, with what that changed in the instance.
struct FinishedTask {
  SimulatedTask task;
  std::string person;
  json::object delta;
};

class SimulatedTasks {
 public:
  void open(SimulatedTask task);
  void close(std::int64_t instance, TokenId token, SeatId seat);
  /// All signatures of a token.
  void close(std::int64_t instance, TokenId token);
  void finish(SimulatedTask const& task, std::string_view person, json::object delta);
  /// Takes what the person finished last at the element out of what can be taken back.
  void forget(FinishedTask const& finished);

  /// Null when it is not open.
  [[nodiscard]] SimulatedTask* find(std::int64_t instance, TokenId token, SeatId seat);
  /// The first task of the token that is open; null when there is none.
  [[nodiscard]] SimulatedTask const* first_of(std::int64_t instance, TokenId token) const;
  /// What the person finished last at the element; null when there is nothing.
  [[nodiscard]] FinishedTask const* finished(std::string_view element, std::string_view person) const;
  /// Who holds the open tasks of an instance.
  [[nodiscard]] std::map<TokenId, std::string> holders(std::int64_t instance) const;
  using Key = std::tuple<std::int64_t, TokenId, SeatId>;
  [[nodiscard]] std::map<Key, SimulatedTask> const& all() const { return open_; }
  /// An instance migrates: its elements have other names, and some of its tokens other ids.
  void rename(std::int64_t instance, std::function<std::string(std::string const&)> const& name,
              std::map<TokenId, TokenId> const& renumbered);

  [[nodiscard]] json::object save() const;
  /// False when it is no such state.
  bool restore(json::value const& saved);

 private:
  std::map<Key, SimulatedTask> open_;
  std::vector<FinishedTask> finished_;
};

/// As a simulation's answer shows it.
json::object shown(SimulatedTask const& task);

}  // namespace yunzhi::process

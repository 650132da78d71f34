// Keeps the evidence of every control fresh and says how each clause stands.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "access/gate.hpp"
#include "regulation/control_check.hpp"

namespace yunzhi::regulation {

/// How a clause stands. No control, or no fresh evidence, is never shown as held.
enum class Standing { held, violated, stale, no_control };
std::string_view name_of(Standing standing);

class Compliance {
 public:
  using Told = std::function<void(std::string const& clause)>;

  /// `told` is called after a clause's standing changed.
  Compliance(store::Store& store, Pack const& pack, Signals signals, Told told);
  ~Compliance();
  Compliance(Compliance const&) = delete;
  Compliance& operator=(Compliance const&) = delete;

  /// Begins to check in the background: each control once its interval has passed.
  void start();
  void stop();
  /// Something was written: controls over records are due again soon, not only after their interval.
  void touch() { touched_ = true; }
  /// Checks every control that is due at `now`, or all; the number checked.
  std::size_t check(Instant now, bool all);

  void routes(http::Router& router, access::Gate& gate);
  /// {held, violated, stale, no_control} over all clauses, for the overview.
  json::object counts(store::Reader& reader) const;

 private:
  struct Kept;
  void loop();
  [[nodiscard]] bool is_due(Control const& control, Instant now, bool touched) const;
  [[nodiscard]] std::map<std::string, Kept> kept(store::Reader& reader) const;
  [[nodiscard]] Standing standing_of(Clause const& clause, std::map<std::string, Kept> const& kept,
                                     Instant now) const;
  void keep(Control const& control, Outcome const& outcome, Instant now);
  [[nodiscard]] json::object control_json(Control const& control, Kept const* last, store::Reader& reader,
                                          access::Actor const& actor) const;
  Result<http::Reply> list(access::Call const& call, store::Reader& reader) const;
  Result<http::Reply> detail(access::Call const& call, store::Reader& reader) const;

  store::Store& store_;
  Pack const& pack_;
  Signals signals_;
  Told told_;
  std::multimap<std::string, Control const*> controls_;  ///< by clause
  /// When a control was checked last, and how long that took.
  struct Last {
    Instant at;
    Milliseconds took{};
  };
  std::map<std::string, Last> checked_;
  std::atomic<bool> touched_{false};
  std::mutex checking_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace yunzhi::regulation

// Everybody who is signed in, in memory, so that admitting a request costs a hash and a lookup. The database
// keeps a copy (of the token only its SHA-256) to survive a restart; it is read once, when the server
// starts. API tokens live here as well: they are sessions without idle limit that a person named.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "access/actor.hpp"
#include "access/roles.hpp"
#include "base/instant.hpp"
#include "store/store.hpp"

namespace yunzhi::access {

struct SessionLimits {
  Milliseconds idle = std::chrono::minutes{30};
  Milliseconds idle_officer = std::chrono::minutes{15};
  Milliseconds absolute = std::chrono::hours{12};
  std::size_t per_person = 20;  ///< the oldest ends when one more begins
};

enum class SessionKind { cookie, bearer, api_token };

struct Session {
  std::string id;
  std::string person;
  std::string language;  ///< of the browser that signed in, for people who chose none
  SessionKind kind = SessionKind::cookie;
  Milliseconds idle{0};  ///< zero: no idle limit
  Instant expires;
  std::atomic<std::int64_t> seen_ms{0};
  std::atomic<std::int64_t> saved_ms{0};  ///< what the database knows of seen_ms
  std::atomic<bool> ended{false};         ///< signed out, or ended by a change of rights

  /// Whether it may still be used; for work that outlasts its request, as a live stream.
  [[nodiscard]] bool holds(Instant now) const { return !ended && now < expires; }
};

/// A session that has just begun; the token is told once and never kept.
struct Opened {
  std::string id;
  std::string token;
  Instant expires;
};

struct Found {
  std::shared_ptr<Session> session;
  std::shared_ptr<Actor const> actor;
  bool language_chosen = false;  ///< by the person, so the browser's does not count
};

class Sessions {
 public:
  Sessions(Roles const& roles, SessionLimits limits) : roles_(roles), limits_(limits) {}

  /// Reads what is still valid.
  void load(store::Reader& reader, Instant now);

  /// Begins a session; it can be used once the command is committed. Nothing when the person may not sign
  /// in (any more).
  std::optional<Opened> open(store::Edit& edit, std::string_view person, SessionKind kind,
                             std::string_view language, std::string_view address);
  /// Begins to honour an API token whose row the caller has written.
  void adopt(store::Edit& edit, std::string const& id, std::string const& token_hash, std::string_view person,
             Instant expires);

  /// Who comes with this token, or nobody. Extends the idle limit.
  [[nodiscard]] std::optional<Found> find(std::string_view token, Instant now) const;
  /// Whether the session was seen so long after the database was last told that it is due again; true once.
  static bool due_for_saving(Session& session, Instant now);
  static void save(store::Edit& edit, Session const& session);

  /// Ends one session or API token.
  void end(store::Edit& edit, std::string const& id);
  /// Ends all sessions of a person; with `tokens` the API tokens as well.
  void end_of(store::Edit& edit, std::string const& person, bool tokens);
  /// Takes over what changed of a person (name, unit, roles); who may not sign in any more is out.
  void refresh(store::Edit& edit, std::string const& person);
  /// Takes over a change that touches many, as a move of a unit.
  void refresh_all(store::Edit& edit);

  [[nodiscard]] std::size_t count() const;

 private:
  using Table = std::unordered_map<std::string, Found>;  // by SHA-256 of the token
  void add(std::string hash, Found found, Instant now);
  void drop(std::function<bool(Session const&)> const& which);
  void replace_actor(std::string const& person, std::shared_ptr<Actor const> const& actor);
  [[nodiscard]] std::vector<std::string> people() const;
  void keep_few(store::Edit& edit, std::string_view person);

  Roles const& roles_;
  SessionLimits limits_;
  mutable std::shared_mutex mutex_;
  Table table_;
  Instant cleaned_;
};

/// The CSRF token that belongs to a session's token. It needs no place: only who holds the cookie's value can
/// derive it, and scripts cannot read the cookie.
std::string csrf_of(std::string_view token);

}  // namespace yunzhi::access

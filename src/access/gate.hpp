// The door every request of the API comes through: who is it (cookie with CSRF proof, or bearer token), is
// the operation granted at all, and then the work itself, a read on a worker or a command on the writing
// thread. What concerns single records is asked by the work, with may().
#pragma once

#include <functional>
#include <string>

#include "access/sessions.hpp"
#include "http/router.hpp"
#include "store/store.hpp"

namespace yunzhi::access {

struct Call {
  http::Request const& request;
  Actor const& actor;
  std::shared_ptr<Session const> session = nullptr;  ///< for look(): what a live stream must ask now and then
};

struct GateOptions {
  /// Plain HTTP is served to clients of this machine; everybody else needs HTTPS.
  bool allow_plain_loopback = false;
  /// "https://yunzhi.example.org": what Origin must be. Empty: it must name the host the request went to.
  std::string origin;
};

class Gate {
 public:
  using Answer = Result<http::Reply>;
  using Read = std::function<Answer(Call const&, store::Reader&)>;
  using Write = std::function<Answer(Call const&, store::Edit&)>;
  using Look = std::function<Answer(Call const&)>;

  Gate(store::Store& store, Sessions& sessions, GateOptions options)
      : store_(store), sessions_(sessions), options_(std::move(options)) {}

  /// Adds a route whose work reads. The route's operation.permission must be granted with any scope.
  void read(http::Router& router, http::Route route, Read work);
  /// Whether the reply to an Idempotency-Key may be kept; never when request or reply carry a secret.
  enum class Keeps { reply, nothing };
  /// Adds a route whose work is one command. A refusal stores nothing. With an Idempotency-Key the reply is
  /// kept for a day and given again to the same person for the same request.
  void write(http::Router& router, http::Route route, Write work, Keeps keeps = Keeps::reply);
  /// Adds a route whose work needs no database (live streams). It runs on the network loop.
  void look(http::Router& router, http::Route route, Look work);
  /// Adds a reading route that is open to everybody.
  void open(http::Router& router, http::Route route, Read work);

  /// Who makes the request, when the permission is granted; for routes that answer in their own way.
  [[nodiscard]] Result<Found> admit(http::Request const& request, std::string_view permission) const;
  /// Runs one command for an admitted request and responds after the commit. Never blocks.
  void command(http::Request const& request, std::shared_ptr<Actor const> actor, http::Respond respond,
               Write work, Keeps keeps = Keeps::reply) const;

  /// Whether credentials may travel on this connection.
  [[nodiscard]] Result<> check_transport(http::Request const& request) const;
  /// Whether the request was made by our own pages: Sec-Fetch-Site and Origin.
  [[nodiscard]] Result<> check_origin(http::Request const& request) const;

  /// The session's cookie, and the header that takes it away again.
  static std::string cookie(http::Request const& request, std::string_view token, Milliseconds lifetime);
  static std::string_view cookie_token(http::Request const& request);
  static std::string_view bearer_token(http::Request const& request);

 private:
  void touch(Session& session, Instant now) const;

  store::Store& store_;
  Sessions& sessions_;
  GateOptions options_;
};

/// The ledger entry of a command made by a request.
store::Entry entry(Call const& call, std::string_view action, std::string_view subject,
                   json::value change = {});

/// The answer to work that ended with an exception: 507, 409, 503, or 500 with a line in the log.
http::Reply answer_to(std::exception_ptr const& thrown, http::Request const& request);

}  // namespace yunzhi::access

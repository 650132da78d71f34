// One request and one reply, as every room above sees them. Nothing here knows sockets.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"

namespace yunzhi::http {

class Words;

enum class Method { get, post, put, patch, remove };

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  std::string path;                                          ///< decoded, normalised, begins with '/'
  std::map<std::string, std::string, std::less<>> captures;  ///< from the route's {name} parts
  std::vector<std::pair<std::string, std::string>> query;    ///< decoded, in order, repeats kept
  Headers headers;                                           ///< names in lower case
  std::string body;
  std::string remote;            ///< the peer's address without port
  std::string id;                ///< request id, for the ledger and the log
  bool secure = false;           ///< came over TLS
  Words const* words = nullptr;  ///< translations of problem sentences; the server's

  /// The header's first value, or empty. The name is given in lower case.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  /// The parameter's first value, or nothing.
  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view name) const;
  /// The captured path part; it exists when the route names it.
  [[nodiscard]] std::string const& capture(std::string_view name) const;
  /// The cookie's value, or empty.
  [[nodiscard]] std::string_view cookie(std::string_view name) const;
  /// zh-CN, zh-TW or en, from Accept-Language; zh-CN by default.
  [[nodiscard]] std::string_view language() const;
  /// The fault in that language; English when there are no words for it.
  [[nodiscard]] std::string sentence(Fault const& fault) const;
  /// The body as a JSON object; refused when Content-Type is not application/json.
  [[nodiscard]] Result<json::object> json_body() const;
};

/// A body that is sent piece by piece (server-sent events). The server calls `open` once with a sink; the
/// sink may be called from any thread until it returns false (the peer is gone).
struct Stream {
  using Sink = std::function<bool(std::string piece)>;
  std::function<void(Sink)> open;
};

struct Reply {
  int status = 200;
  Headers headers;
  std::string body;
  std::string_view lasting;        ///< instead of body: bytes that live as long as the program
  std::shared_ptr<Stream> stream;  ///< instead of body

  static Reply json(json::value const& value, int status = 200);
  static Reply text(std::string body, std::string_view type, int status = 200);
  static Reply empty(int status = 204);
  /// RFC 9457 problem document in the request's language, with `errors[]` of pointer and detail.
  static Reply problem(Refusal const& refusal, Request const& request);
  static Reply problem(int status, Refusal const& refusal, Request const& request);
  Reply&& with(std::string_view name, std::string_view value) &&;
};

/// Finishes one request; called exactly once, from any thread.
using Respond = std::function<void(Reply)>;

/// HTTP status of a kind of refusal.
int status_of(Why why);
/// HTTP status of a refusal: what breaks a rule is 422 when its fields are pointers into the body, 415 when
/// the field is Content-Type, and 400 otherwise.
int status_of(Refusal const& refusal);

}  // namespace yunzhi::http

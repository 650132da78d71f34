// The routes of this room, one file for each family of them.
#pragma once

#include "access/access.hpp"

namespace yunzhi::access {

void add_setup_routes(http::Router& router, Parts& parts);
void add_session_routes(http::Router& router, Parts& parts);
void add_token_routes(http::Router& router, Parts& parts);
void add_account_routes(http::Router& router, Parts& parts);

/// A request that waits for a password to be hashed.
struct Pending {
  http::Request request;
  http::Respond respond;
};

/// Runs the work on a hashing thread; answers 429 at once when too many wait, and for exceptions what
/// answer_to says.
void hash_later(Parts& parts, http::Request const& request, http::Respond const& respond,
                std::function<void(std::shared_ptr<Pending> const&)> work);

/// Counts an attempt to guess for the address and, when it is not empty, the account. The answer to give when
/// there were too many; `first` tells whether this is the first refusal of a run.
struct TooMany {
  http::Reply reply;
  bool first = false;
};
std::optional<TooMany> too_many_attempts(Parts& parts, http::Request const& request,
                                         std::string const& account);
/// The attempt was none: it succeeded.
void attempt_succeeded(Parts& parts, http::Request const& request, std::string const& account);

/// Schemas of answers, for openapi.json.
json::object object_schema(json::object properties, std::vector<std::string_view> const& required = {});
json::object list_schema(json::object item);
json::object type_schema(std::string_view type);

}  // namespace yunzhi::access

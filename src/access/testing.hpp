// For tests of this and higher rooms: an organisation that is set up, and requests sent through the router
// as the server would send them.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "access/access.hpp"

namespace yunzhi::access {

/// The roles of the standard pack.
std::vector<Role> standard_roles();

/// Hashes passwords in no time and serves plain HTTP; a test may change them before.
Options quick_options();

/// The accounts officer-system, officer-security, officer-audit and supervisor, all with this password.
inline constexpr char const* test_password = "correct horse battery";

/// Someone's browser or program: sends requests, keeps cookie, CSRF token and bearer token.
class Client {
 public:
  explicit Client(http::Router const& router) : router_(router) {}

  http::Reply send(http::Method method, std::string const& path, json::value const& body = {},
                   http::Headers headers = {});
  http::Reply get(std::string const& path) { return send(http::Method::get, path); }
  http::Reply post(std::string const& path, json::value const& body, http::Headers headers = {}) {
    return send(http::Method::post, path, body, std::move(headers));
  }
  /// Signs in; the status.
  int sign_in(std::string const& account, std::string const& password = test_password, bool bearer = false);

  std::string cookie;
  std::string csrf;
  std::string bearer;
  std::string remote = "127.0.0.1";
  bool secure = false;

 private:
  http::Router const& router_;
};

/// The body of a reply as JSON.
json::object object_of(http::Reply const& reply);

/// An Access on a store, set up, with its routes.
struct House {
  explicit House(store::Store& store, Options options = quick_options());
  std::unique_ptr<Access> access;
  http::Router router;
};

}  // namespace yunzhi::access

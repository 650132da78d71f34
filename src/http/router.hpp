// The table of operations: which handler answers which method and path, and what OpenAPI says of it.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "http/message.hpp"

namespace yunzhi::http {

struct Parameter {
  std::string name;
  std::string description;
  json::object schema;
  bool required = false;
};

/// What is told of an operation in openapi.json; each member may be left out.
struct Operation {
  std::string id = {};  ///< camelCase, unique
  std::string tag = {};
  std::string summary = {};
  std::string permission = {};             ///< empty: open to everybody
  std::vector<Parameter> parameters = {};  ///< of the query; path parameters follow from the path
  json::object request = {};               ///< JSON Schema of the body; empty: no body
  std::string request_type = "application/json";
  json::object response = {};  ///< JSON Schema of the success body; empty: no body
  std::string response_type = "application/json";
  int success = 200;
  std::string binary_type = {};  ///< of the success body when who asks gets it in a binary form; empty: never
};

/// Where a handler runs: on the network loop (must not block), or on the worker pool.
enum class Runs { on_loop, on_worker };

using Handler = std::function<void(Request const&, Respond)>;

struct Route {
  Method method = Method::get;
  std::string path;  ///< "/api/v1/incidents/{id}"; a last part "{name...}" takes the rest of the path
  Operation operation;
  Handler handler;
  Runs runs = Runs::on_worker;
  std::size_t body_limit = 0;  ///< bytes; 0: limits::body_bytes
  bool takes_packed = false;   ///< the handler unpacks what Content-Encoding names itself
};

/// A route whose handler is given when it is added.
Route make_route(Method method, std::string path, Operation operation);

class Router {
 public:
  /// Adds a route; a second one for the same method and path is a programmer's error (throws).
  void add(Route route);

  struct Match {
    Route const* route = nullptr;  ///< nullptr: see path_known
    bool path_known = false;       ///< true with no route: 405
    std::vector<Method> allowed;   ///< for the Allow header
    std::map<std::string, std::string, std::less<>> captures;
  };
  /// Literal parts win over captures. The path is normalised and decoded before.
  [[nodiscard]] Match find(Method method, std::string_view path) const;

  [[nodiscard]] std::vector<Route> const& routes() const { return routes_; }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  using PerMethod = std::array<std::size_t, 5>;  ///< a route's position, or none

  // A tree over the parts of the paths. Nodes name each other by position, so a Router can be copied.
  struct Node {
    std::map<std::string, std::size_t, std::less<>> literals;
    std::size_t capture = none;
    PerMethod here{none, none, none, none, none};
    PerMethod rest{none, none, none, none, none};
  };
  struct Found {
    PerMethod const* routes = nullptr;
    std::vector<std::string_view> values;
  };

  void place(std::string_view path, Method method, std::size_t route);
  bool search(std::size_t node, std::string_view path, Found& found) const;
  [[nodiscard]] std::map<std::string, std::string, std::less<>> name_values(std::size_t route,
                                                                            Found const& found) const;

  std::vector<Route> routes_;
  std::vector<std::vector<std::string>> names_;  ///< of each route's captures, in order
  std::vector<Node> nodes_{1};
};

/// "GET", "POST", "PUT", "PATCH" or "DELETE".
std::string_view name_of(Method method);

/// The names of a path's {parts}, in order.
std::vector<std::string> names_in(std::string_view path);

/// The OpenAPI 3.1 document of all routes. Every operation also names the problem answers it can give.
json::object openapi(Router const& router, std::string_view title, std::string_view version);

}  // namespace yunzhi::http

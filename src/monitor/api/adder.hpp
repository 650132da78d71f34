// Adds routes that answer in the shape of Prometheus' HTTP API.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "http/router.hpp"
#include "monitor/api/form.hpp"
#include "monitor/prometheus_api.hpp"

namespace yunzhi::monitor {

using Answer = std::function<Result<json::value>(Form const&, http::Request const&)>;
/// The whole body as text.
using TextAnswer = std::function<Result<std::string>(Form const&, http::Request const&)>;

class Adder {
 public:
  /// Borrows the router and the guard for its own life.
  Adder(http::Router& router, Guard const& guard, std::string prefix, std::string permission)
      : router_(router),
        guard_(guard),
        prefix_(std::move(prefix) + "/api/v1/"),
        permission_(std::move(permission)) {}

  void get(std::string const& path, std::string const& id, std::string const& summary, Answer const& answer,
           std::vector<std::string> const& parameters = {});
  /// Long queries come as forms.
  void get_and_post(std::string const& path, std::string const& id, std::string const& summary,
                    Answer const& answer, std::vector<std::string> const& parameters);
  void queries(std::string const& path, std::string const& id, std::string const& summary,
               TextAnswer const& answer, std::vector<std::string> const& parameters);
  void post(std::string const& path, std::string const& id, std::string const& summary, Answer const& answer,
            std::vector<std::string> const& parameters = {});

 private:
  using Replier = std::function<http::Reply(Form const&, http::Request const&)>;
  void add(http::Method method, std::string const& path, std::string const& id, std::string const& summary,
           Replier const& replier, std::vector<std::string> const& parameters);

  http::Router& router_;
  Guard const& guard_;
  std::string prefix_;
  std::string permission_;
};

/// metadata, targets, rules and alerts, with Prometheus' filters.
void add_states(Adder& adder, Monitor& monitor);
/// format_query, parse_query, explain and the running queries.
void add_query_tools(Adder& adder, Monitor& monitor);
/// What clients ask of the server itself.
void add_status(Adder& adder, Monitor& monitor, ServerFacts const& facts);

}  // namespace yunzhi::monitor

#include "access/testing.hpp"

#include <future>
#include <stdexcept>

#include "access/role_file.hpp"

namespace yunzhi::access {

std::vector<Role> standard_roles() {
  return load_roles(std::string(YUNZHI_SOURCE) + "/packs/standard/roles.yaml").value();
}

Options quick_options() {
  Options options;
  options.cost = {8192, 1};
  options.gate.allow_plain_loopback = true;
  options.setup_code = "code";
  options.version = "test";
  return options;
}

http::Reply Client::send(http::Method method, std::string const& path, json::value const& body,
                         http::Headers headers) {
  http::Request request;
  request.method = method;
  request.path = path.substr(0, path.find('?'));
  if (auto const mark = path.find('?'); mark != std::string::npos) {
    auto const pair = path.substr(mark + 1);
    request.query.emplace_back(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
  }
  request.headers = std::move(headers);
  request.headers.emplace_back("host", "yunzhi.test");
  if (!cookie.empty()) request.headers.emplace_back("cookie", cookie);
  if (!csrf.empty()) request.headers.emplace_back("x-csrf-token", csrf);
  if (!bearer.empty()) request.headers.emplace_back("authorization", "Bearer " + bearer);
  if (!body.is_null()) {
    request.headers.emplace_back("content-type", "application/json");
    request.body = json::serialize(body);
  }
  request.remote = remote;
  request.secure = secure;
  request.id = "request";
  auto match = router_.find(method, request.path);
  if (match.route == nullptr) return http::Reply::empty(match.path_known ? 405 : 404);
  request.captures = std::move(match.captures);
  std::promise<http::Reply> answered;
  match.route->handler(request, [&](http::Reply reply) { answered.set_value(std::move(reply)); });
  auto reply = answered.get_future().get();
  for (auto const& [name, value] : reply.headers)
    if (name == "Set-Cookie") cookie = value.substr(0, value.find(';'));
  return reply;
}

int Client::sign_in(std::string const& account, std::string const& password, bool with_bearer) {
  json::object form{{"account", account}, {"password", password}};
  if (with_bearer) form["bearer"] = true;
  auto const reply = post("/api/v1/sessions", form);
  if (reply.status != 201) return reply.status;
  auto const answer = object_of(reply);
  csrf = with_bearer ? "" : text_of(answer, "csrf");
  bearer = text_of(answer, "token");
  return reply.status;
}

json::object object_of(http::Reply const& reply) {
  auto const value = parse_json(reply.body);
  return value && value->is_object() ? value->as_object() : json::object();
}

House::House(store::Store& store, Options options) {
  access = Access::make(store, standard_roles(), std::move(options)).value();
  access->add_routes(router);
  json::array accounts;
  for (auto const* role : {"system_officer", "security_officer", "audit_officer", "operations_supervisor"}) {
    std::string const name(role);
    auto const account = name == supervisor ? "supervisor" : "officer-" + name.substr(0, name.find('_'));
    accounts.push_back(json::object{
        {"account", account}, {"name", account}, {"password", test_password}, {"roles", json::array{role}}});
  }
  auto const done = access->setup({{"organisation", "Hospital"}, {"accounts", std::move(accounts)}});
  if (!done) throw std::logic_error(done.error().english());
}

}  // namespace yunzhi::access

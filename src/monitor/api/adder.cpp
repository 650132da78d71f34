#include "monitor/api/adder.hpp"

namespace yunzhi::monitor {
namespace {

http::Reply success(json::value data) {
  return http::Reply::json(json::object{{"status", "success"}, {"data", std::move(data)}});
}

// Prometheus' own statuses: 400 bad data, 422 execution, 503 timeout.
http::Reply failure(Refusal refusal) {
  bool const timeout = refusal.why == Why::busy;
  bool const execution = refusal.why == Why::too_large || refusal.why == Why::conflict;
  int const status = timeout ? 503 : execution ? 422 : refusal.why == Why::missing ? 404 : 400;
  // The place in the query tells what to mend only where it is the query that is wrong.
  if (execution)
    for (auto& fault : refusal.faults) fault.field.clear();
  json::object body{{"status", "error"},
                    {"errorType", timeout         ? "timeout"
                                  : execution     ? "execution"
                                  : status == 404 ? "not_found"
                                                  : "bad_data"},
                    {"error", refusal.english()}};
  return http::Reply::json(body, status);
}

std::function<http::Reply(Form const&, http::Request const&)> replier_of(Answer const& answer) {
  return [answer](Form const& form, http::Request const& request) {
    auto data = answer(form, request);
    return data ? success(std::move(*data)) : failure(data.error());
  };
}

}  // namespace

void Adder::get(std::string const& path, std::string const& id, std::string const& summary,
                Answer const& answer, std::vector<std::string> const& parameters) {
  add(http::Method::get, path, id, summary, replier_of(answer), parameters);
}

void Adder::post(std::string const& path, std::string const& id, std::string const& summary,
                 Answer const& answer, std::vector<std::string> const& parameters) {
  add(http::Method::post, path, id, summary, replier_of(answer), parameters);
}

void Adder::queries(std::string const& path, std::string const& id, std::string const& summary,
                    TextAnswer const& answer, std::vector<std::string> const& parameters) {
  auto const replier = [answer](Form const& form, http::Request const& request) {
    auto body = answer(form, request);
    return body ? http::Reply::text(std::move(*body), "application/json") : failure(body.error());
  };
  add(http::Method::get, path, id, summary, replier, parameters);
  add(http::Method::post, path, id + "ByForm", summary, replier, parameters);
}

void Adder::get_and_post(std::string const& path, std::string const& id, std::string const& summary,
                         Answer const& answer, std::vector<std::string> const& parameters) {
  get(path, id, summary, answer, parameters);
  post(path, id + "ByForm", summary, answer, parameters);
}

void Adder::add(http::Method method, std::string const& path, std::string const& id,
                std::string const& summary, Replier const& replier,
                std::vector<std::string> const& parameters) {
  http::Route route;
  route.method = method;
  route.path = prefix_ + path;
  route.operation.id = id;
  route.operation.tag = "prometheus";
  route.operation.summary = summary;
  route.operation.permission = permission_;
  json::object const text{{"type", "string"}};
  if (method == http::Method::post) {
    json::object properties;
    for (auto const& name : parameters) properties[name] = text;
    route.operation.request = {{"type", "object"}, {"properties", std::move(properties)}};
    route.operation.request_type = "application/x-www-form-urlencoded";
  } else {
    for (auto const& name : parameters) route.operation.parameters.push_back({name, "", text, false});
  }
  route.operation.response = {{"type", "object"},
                              {"properties", {{"status", text}, {"data", json::object()}}}};
  http::Handler const handler = [replier](http::Request const& request, http::Respond const& respond) {
    respond(replier(Form(request), request));
  };
  route.handler = guard_ ? guard_(handler) : handler;
  router_.add(std::move(route));
}

}  // namespace yunzhi::monitor

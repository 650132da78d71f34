#include "monitor/api/adder.hpp"

namespace yunzhi::monitor {
namespace {

// Warnings and remarks about a query stand beside its data, not within.
http::Reply success(json::value data) {
  json::object body{{"status", "success"}, {"data", nullptr}};
  for (auto const* beside : {"warnings", "infos"}) {
    auto* object = data.if_object();
    if (object != nullptr && !object->contains("resultType")) break;
    auto* list = object == nullptr ? nullptr : object->if_contains(beside);
    if (list == nullptr || !list->is_array()) continue;
    body[beside] = std::move(*list);
    object->erase(beside);
  }
  body["data"] = std::move(data);
  return http::Reply::json(body);
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

}  // namespace

void Adder::get(std::string const& path, std::string const& id, std::string const& summary,
                Answer const& answer, std::vector<std::string> const& parameters) {
  add(http::Method::get, path, id, summary, answer, parameters);
}

void Adder::post(std::string const& path, std::string const& id, std::string const& summary,
                 Answer const& answer, std::vector<std::string> const& parameters) {
  add(http::Method::post, path, id, summary, answer, parameters);
}

void Adder::get_and_post(std::string const& path, std::string const& id, std::string const& summary,
                         Answer const& answer, std::vector<std::string> const& parameters) {
  get(path, id, summary, answer, parameters);
  post(path, id + "ByForm", summary, answer, parameters);
}

void Adder::add(http::Method method, std::string const& path, std::string const& id,
                std::string const& summary, Answer const& answer,
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
  http::Handler const handler = [answer](http::Request const& request, http::Respond const& respond) {
    auto data = answer(Form(request), request);
    respond(data ? success(std::move(*data)) : failure(data.error()));
  };
  route.handler = guard_ ? guard_(handler) : handler;
  router_.add(std::move(route));
}

}  // namespace yunzhi::monitor

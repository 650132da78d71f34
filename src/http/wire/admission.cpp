#include "http/wire/admission.hpp"

#include <utility>

#include "base/limits.hpp"
#include "http/wire/target.hpp"
#include "http/wire/text.hpp"

namespace yunzhi::http {
namespace {

constexpr Method methods[] = {Method::get, Method::post, Method::put, Method::patch, Method::remove};

std::optional<Method> method_named(std::string_view name) {
  for (auto const method : methods) {
    if (name_of(method) == name) return method;
  }
  return std::nullopt;
}

std::string allow_header(std::vector<Method> const& allowed) {
  std::string text;
  for (auto const method : allowed) {
    text += name_of(method);
    text += method == Method::get ? ", HEAD, " : ", ";
  }
  return text + "OPTIONS";
}

Reply options_reply(Router const& router, std::string_view path) {
  std::vector<Method> allowed;
  for (auto const method : methods) {
    if (router.find(method, path).route) allowed.push_back(method);
  }
  if (allowed.empty()) allowed.push_back(Method::get);
  return Reply::empty(204).with("Allow", allow_header(allowed));
}

Reply wrong_method(std::vector<Method> const& allowed, Request const& request) {
  auto const refusal = refuse(Why::invalid, "", "this address does not take this method");
  return Reply::problem(405, refusal, request).with("Allow", allow_header(allowed));
}

// What the head alone forbids, whatever the route.
std::optional<Reply> head_problem(Request const& request, Admission& admission) {
  auto const expect = request.header("expect");
  if (expect.empty()) return std::nullopt;
  if (!same_ignoring_case(expect, "100-continue")) return framing_problem(417, request);
  admission.continues = true;
  return std::nullopt;
}

std::optional<Reply> packing_problem(Request const& request) {
  auto const encoding = request.header("content-encoding");
  if (encoding.empty() || same_ignoring_case(encoding, "identity")) return std::nullopt;
  return Reply::problem(415, refuse(Why::invalid, "Content-Encoding", "the body must not be compressed"),
                        request);
}

void choose_handler(Router const& router, Handler const& fallback, Request& request, Admission& admission) {
  auto match = router.find(request.method, request.path);
  if (!match.route || !match.route->takes_packed) admission.reply = packing_problem(request);
  if (admission.reply) return;
  if (match.route) {
    request.captures = std::move(match.captures);
    admission.handler = &match.route->handler;
    admission.runs = match.route->runs;
    admission.route = match.route->path;
    if (match.route->body_limit > 0) admission.body_limit = match.route->body_limit;
  } else if (match.path_known) {
    admission.reply = wrong_method(match.allowed, request);
  } else if (request.method == Method::get && fallback) {
    admission.handler = &fallback;
  } else {
    admission.reply = Reply::problem(refuse(Why::missing, "", "there is nothing at this address"), request);
  }
}

}  // namespace

Admission admit(RequestParser& parser, Router const& router, Handler const& fallback, Request& request) {
  Admission admission;
  admission.body_limit = limits::body_bytes;
  request.headers = std::move(parser.headers);
  auto const& name = parser.method();
  admission.head_only = name == "HEAD";
  auto const method = admission.head_only ? Method::get : method_named(name);
  bool const asks_options = name == "OPTIONS";
  if (!method && !asks_options) {
    admission.reply = framing_problem(501, request);
    return admission;
  }
  if (asks_options && parser.target() == "*") {
    admission.reply = Reply::empty(204).with("Allow", allow_header({std::begin(methods), std::end(methods)}));
    return admission;
  }
  auto target = parse_target(parser.target());
  if (!target) {
    admission.reply = Reply::problem(400, target.error(), request);
    return admission;
  }
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  request.method = method.value_or(Method::get);
  admission.reply = head_problem(request, admission);
  if (admission.reply) return admission;
  if (asks_options) {
    admission.reply = options_reply(router, request.path);
  } else {
    choose_handler(router, fallback, request, admission);
  }
  return admission;
}

Reply framing_problem(int status, Request const& request) {
  switch (status) {
    case 413:
      return Reply::problem(413, refuse(Why::too_large, "", "the body is too large"), request);
    case 414:
      return Reply::problem(414, refuse(Why::too_large, "", "the address is too long"), request);
    case 417:
      return Reply::problem(417, refuse(Why::invalid, "", "the expectation is unknown"), request);
    case 431:
      return Reply::problem(431, refuse(Why::too_large, "", "the headers are too large"), request);
    case 501:
      return Reply::problem(501, refuse(Why::invalid, "", "the method or coding is unknown"), request);
    case 505:
      return Reply::problem(505, refuse(Why::invalid, "", "only HTTP/1.1 is spoken here"), request);
    default:
      return Reply::problem(400, refuse(Why::invalid, "", "the request is malformed"), request);
  }
}

}  // namespace yunzhi::http

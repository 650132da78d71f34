// Refusals as RFC 9457 problem documents, in the reader's language.
#include <algorithm>

#include "http/message.hpp"
#include "http/status.hpp"
#include "http/words.hpp"

namespace yunzhi::http {
namespace {

json::array errors_of(Refusal const& refusal, Request const& request) {
  json::array errors;
  for (auto const& fault : refusal.faults) {
    if (fault.field.empty()) continue;
    errors.push_back(json::object{{"pointer", fault.field}, {"detail", request.sentence(fault)}});
  }
  return errors;
}

}  // namespace

int status_of(Why why) {
  switch (why) {
    case Why::invalid:
      return 422;
    case Why::unauthenticated:
      return 401;
    case Why::forbidden:
      return 403;
    case Why::missing:
      return 404;
    case Why::conflict:
      return 409;
    case Why::stale:
      return 412;
    case Why::too_large:
      return 413;
    case Why::busy:
      return 503;
    case Why::full:
      return 507;
  }
  return 500;
}

int status_of(Refusal const& refusal) {
  if (refusal.why != Why::invalid) return status_of(refusal.why);
  auto const is_type = [](Fault const& fault) { return fault.field == "Content-Type"; };
  if (std::any_of(refusal.faults.begin(), refusal.faults.end(), is_type)) return 415;
  auto const points = [](Fault const& fault) { return fault.field.starts_with('/'); };
  return std::any_of(refusal.faults.begin(), refusal.faults.end(), points) ? 422 : 400;
}

Reply Reply::problem(Refusal const& refusal, Request const& request) {
  return problem(status_of(refusal), refusal, request);
}

Reply Reply::problem(int status, Refusal const& refusal, Request const& request) {
  auto const language = request.language();
  json::object document{
      {"type", "about:blank"}, {"title", status_title(status, language)}, {"status", status}};
  if (!refusal.faults.empty()) document["detail"] = request.sentence(refusal.faults.front());
  document["errors"] = errors_of(refusal, request);
  document["request_id"] = request.id;
  auto reply = text(boost::json::serialize(document), "application/problem+json", status);
  reply.headers.emplace_back("Content-Language", language);
  if (status == 503 || status == 429) reply.headers.emplace_back("Retry-After", "1");
  if (status == 401) reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return reply;
}

}  // namespace yunzhi::http

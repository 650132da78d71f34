#include "access/routes.hpp"

#include "base/log.hpp"

namespace yunzhi::access {
namespace {

bool exempt(Parts const& parts, http::Request const& request) {
  return parts.options.unthrottled_loopback &&
         (request.remote.starts_with("127.") || request.remote == "::1");
}

http::Reply wait_reply(http::Request const& request, std::chrono::seconds wait) {
  auto reply = http::Reply::problem(
      429, refuse(Why::busy, "", "too many attempts: please wait {} seconds", std::int64_t{wait.count()}),
      request);
  std::erase_if(reply.headers, [](auto const& header) { return header.first == "Retry-After"; });
  reply.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return reply;
}

}  // namespace

void hash_later(Parts& parts, http::Request const& request, http::Respond const& respond,
                std::function<void(std::shared_ptr<Pending> const&)> work) {
  auto const pending = std::make_shared<Pending>(Pending{request, respond});
  bool const taken = parts.hasher.post([pending, work = std::move(work)] {
    try {
      work(pending);
    } catch (...) {
      pending->respond(answer_to(std::current_exception(), pending->request));
    }
  });
  if (!taken)
    respond(http::Reply::problem(
        429, refuse(Why::busy, "", "too many people are signing in, please try again in a moment"), request));
}

std::optional<TooMany> too_many_attempts(Parts& parts, http::Request const& request,
                                         std::string const& account) {
  auto const now = parts.store.clock()();
  std::optional<TooMany> refused;
  auto const count = [&](Throttle& throttle, std::string const& key) {
    bool const waiting = throttle.waiting(key, now);
    if (auto const wait = throttle.attempt(key, now)) refused = TooMany{wait_reply(request, *wait), !waiting};
  };
  if (!exempt(parts, request)) count(parts.by_address, request.remote);
  if (!refused && !account.empty()) count(parts.by_account, account);
  return refused;
}

void attempt_succeeded(Parts& parts, http::Request const& request, std::string const& account) {
  parts.by_address.forgive(request.remote);
  if (!account.empty()) parts.by_account.clear(account);
}

json::object type_schema(std::string_view type) {
  return {{"type", type}};
}

json::object object_schema(json::object properties, std::vector<std::string_view> const& required) {
  json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = json::array(required.begin(), required.end());
  return schema;
}

json::object list_schema(json::object item) {
  return object_schema({{"items", json::object{{"type", "array"}, {"items", std::move(item)}}}}, {"items"});
}

}  // namespace yunzhi::access

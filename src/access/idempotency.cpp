#include "access/idempotency.hpp"

#include <algorithm>

#include "base/digest.hpp"

namespace yunzhi::access {
namespace {

constexpr auto kept = std::chrono::hours{24};

bool visible(std::string_view key) {
  return std::all_of(key.begin(), key.end(), [](char one) { return one > ' ' && one < '\x7f'; });
}

// What makes two requests the same: method, path and body; the query does not change what a POST does.
std::string digest_of(http::Request const& request) {
  return sha256_hex(std::to_string(static_cast<int>(request.method)) + "\n" + request.path + "\n" +
                    request.body);
}

json::array headers_to_json(http::Headers const& headers) {
  json::array list;
  for (auto const& [name, value] : headers) list.push_back(json::array{name, value});
  return list;
}

http::Reply stored_reply(std::int64_t status, std::string_view headers, std::string body) {
  http::Reply reply;
  reply.status = static_cast<int>(status);
  reply.body = std::move(body);
  auto const list = parse_json(headers).value();
  for (auto const& pair : list.as_array())
    reply.headers.emplace_back(pair.at(0).as_string().c_str(), pair.at(1).as_string().c_str());
  reply.headers.emplace_back("Idempotent-Replayed", "true");
  return reply;
}

}  // namespace

Gate::Answer once(Call const& call, store::Edit& edit, Gate::Write const& work) {
  auto const key = call.request.header("idempotency-key");
  if (key.empty() || call.request.method != http::Method::post) return work(call, edit);
  if (key.size() > idempotency_key_bytes || !visible(key))
    return refuse(Why::invalid, "Idempotency-Key", "a key has at most {} visible characters",
                  idempotency_key_bytes);
  auto const digest = digest_of(call.request);
  edit.run("delete from idempotency where stored_at < :old", edit.now() - kept);
  auto const stored = edit.row<std::string, std::int64_t, std::string, std::string>(
      "select digest, status, headers, body from idempotency where person = :person and idempotency_key = "
      ":key",
      call.actor.person, key);
  if (stored) {
    auto const& [known, status, headers, body] = *stored;
    if (known != digest)
      return refuse(Why::conflict, "Idempotency-Key", "this key was used for another request");
    return stored_reply(status, headers, body);
  }
  auto answer = work(call, edit);
  if (answer && answer->status < 300 && !answer->stream)
    edit.run(
        "insert into idempotency (person, idempotency_key, digest, status, headers, body, stored_at) "
        "values (:person, :key, :digest, :status, :headers, :body, :at)",
        call.actor.person, key, digest, answer->status, json::serialize(headers_to_json(answer->headers)),
        answer->body, edit.now());
  return answer;
}

}  // namespace yunzhi::access

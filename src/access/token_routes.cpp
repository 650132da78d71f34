// The own API tokens.
#include "access/body.hpp"
#include "access/routes.hpp"
#include "base/digest.hpp"
#include "base/id.hpp"
#include "base/random.hpp"

namespace yunzhi::access {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::int64_t tokens_most = 50;
constexpr auto usual_life = std::chrono::days{90};
constexpr auto longest_life = std::chrono::days{366};

Gate::Answer list_tokens(Call const& call, store::Reader& reader) {
  json::array items;
  for (auto const& [id, name, created, expires, used] :
       reader.rows<std::string, std::string, Instant, Instant, std::optional<Instant>>(
           "select id, name, created_at, expires_at, used_at from api_token where person = :person "
           "order by created_at desc",
           call.actor.person)) {
    items.push_back(json::object{{"id", id},
                                 {"name", name},
                                 {"created_at", format_instant(created)},
                                 {"expires_at", format_instant(expires)},
                                 {"used_at", used ? json::value(format_instant(*used)) : json::value()}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}});
}

Gate::Answer add_token(Parts& parts, Call const& call, store::Edit& edit) {
  auto const object = call.request.json_body();
  if (!object) return object.error();
  Body body(*object);
  auto const name = body.text("name");
  auto expires = edit.now() + usual_life;
  if (auto const wanted = body.optional_text("expires_at", 40)) {
    auto const at = parse_instant(*wanted);
    if (!at || *at <= edit.now() || *at > edit.now() + longest_life)
      body.fault("expires_at", refuse(Why::invalid, "", "must be a time within the next {} days", 366));
    else
      expires = *at;
  }
  if (auto ended = body.end(); !ended) return ended.error();
  // A token must not beget tokens, or it would outlive its own expiry.
  if (!edit.one<std::string>("select id from session where id = :id", call.actor.session))
    return refuse(Why::forbidden, "", "API tokens are made by people who are signed in");
  if (edit.one<std::int64_t>("select count(*) from api_token where person = :person", call.actor.person) >=
      tokens_most)
    return refuse(Why::conflict, "", "there are {} API tokens already", tokens_most);
  auto const id = new_id(edit.now());
  auto const token = "yz_" + random_token(token_bytes);
  edit.run(
      "insert into api_token (id, token_hash, person, name, created_at, expires_at) "
      "values (:id, :hash, :person, :name, :created, :expires)",
      id, sha256_hex(token), call.actor.person, name, edit.now(), expires);
  parts.sessions.adopt(edit, id, sha256_hex(token), call.actor.person, expires);
  edit.record(entry(call, "api_token.create", "api_token/" + id,
                    json::object{{"name", name}, {"expires_at", format_instant(expires)}}));
  return http::Reply::json(
      json::object{{"id", id}, {"name", name}, {"expires_at", format_instant(expires)}, {"token", token}},
      201);
}

Gate::Answer remove_token(Parts& parts, Call const& call, store::Edit& edit) {
  auto const& id = call.request.capture("id");
  if (!edit.one<std::string>("select id from api_token where id = :id and person = :person", id,
                             call.actor.person))
    return not_found();
  parts.sessions.end(edit, id);
  edit.record(entry(call, "api_token.remove", "api_token/" + id));
  return http::Reply::empty();
}

json::object token_schema() {
  auto const text = type_schema("string");
  auto const instant = json::object{{"type", "string"}, {"format", "date-time"}};
  return object_schema({{"id", text},
                        {"name", text},
                        {"created_at", instant},
                        {"expires_at", instant},
                        {"used_at", json::object{{"type", {"string", "null"}}}}});
}

}  // namespace

void add_token_routes(http::Router& router, Parts& parts) {
  auto const text = type_schema("string");
  auto const own = std::string(signed_in);
  auto list = http::make_route(http::Method::get, "/api/v1/api-tokens",
                               {.id = "listApiTokens",
                                .tag = "api-tokens",
                                .summary = "The own API tokens",
                                .permission = own,
                                .response = list_schema(token_schema())});
  parts.gate.read(router, std::move(list), list_tokens);
  auto add = http::make_route(
      http::Method::post, "/api/v1/api-tokens",
      {.id = "createApiToken",
       .tag = "api-tokens",
       .summary = "Makes an API token; it is shown once",
       .permission = own,
       .request = object_schema({{"name", text}, {"expires_at", text}}, {"name"}),
       .response = object_schema({{"id", text}, {"name", text}, {"expires_at", text}, {"token", text}}),
       .success = 201});
  parts.gate.write(
      router, std::move(add),
      [&parts](Call const& call, store::Edit& edit) { return add_token(parts, call, edit); },
      Gate::Keeps::nothing);
  auto remove = http::make_route(http::Method::remove, "/api/v1/api-tokens/{id}",
                                 {.id = "removeApiToken",
                                  .tag = "api-tokens",
                                  .summary = "Ends an API token at once",
                                  .permission = own,
                                  .success = 204});
  parts.gate.write(router, std::move(remove),
                   [&parts](Call const& call, store::Edit& edit) { return remove_token(parts, call, edit); });
}

}  // namespace yunzhi::access

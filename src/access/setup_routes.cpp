// The first run over HTTP: GET and POST /setup.
#include <openssl/crypto.h>

#include "access/body.hpp"
#include "access/routes.hpp"
#include "access/setup.hpp"

namespace yunzhi::access {
namespace {

bool same_code(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Result<http::Reply> setup_state(Parts const& parts, store::Reader& reader) {
  json::object answer{{"needed", setup_needed(reader)}, {"demo", parts.options.demo}};
  if (auto const name = reader.one<std::string>("select name from organisation"))
    answer["organisation"] = *name;
  return http::Reply::json(answer);
}

void finish_setup(Parts& parts, SetupInput& input, std::shared_ptr<Pending> const& pending) {
  hash_passwords(input, parts.options.cost, parts.options.pepper);
  auto const actor = std::make_shared<Actor const>(system_actor("setup"));
  parts.gate.command(
      pending->request, actor, pending->respond,
      [&parts, input](Call const& call, store::Edit& edit) -> Gate::Answer {
        auto done = setup(edit, parts.accounts, input, call.request.id);
        if (!done) return done.error();
        return http::Reply::json(json::object{{"organisation", input.organisation}}, 201);
      },
      Gate::Keeps::nothing);
}

Result<SetupInput> checked_input(Parts& parts, http::Request const& request) {
  if (auto fit = parts.gate.check_transport(request); !fit) return fit.error();
  if (auto fit = parts.gate.check_origin(request); !fit) return fit.error();
  if (!parts.store.read([](store::Reader& reader) { return setup_needed(reader); }))
    return refuse(Why::conflict, "", "the organisation is set up already");
  auto const body = request.json_body();
  if (!body) return body.error();
  if (!same_code(text_of(*body, "code"), parts.setup_code))
    return refuse(Why::forbidden, "/code", "this is not the set-up code the server printed");
  return read_setup(*body, parts.roles);
}

void begin_setup(Parts& parts, http::Request const& request, http::Respond const& respond) {
  if (auto refused = too_many_attempts(parts, request, "")) return respond(std::move(refused->reply));
  auto const checked = checked_input(parts, request);
  if (!checked) {
    // Only a wrong code is a guess; a form with a mistake may be corrected as often as needed.
    if (checked.error().why != Why::forbidden) attempt_succeeded(parts, request, "");
    return respond(http::Reply::problem(checked.error(), request));
  }
  attempt_succeeded(parts, request, "");
  hash_later(parts, request, respond,
             [&parts, input = *checked](std::shared_ptr<Pending> const& pending) mutable {
               finish_setup(parts, input, pending);
             });
}

json::object setup_schema() {
  auto const text = type_schema("string");
  auto const roles = json::object{{"type", "array"}, {"items", text}};
  auto account = object_schema({{"account", text}, {"name", text}, {"password", text}, {"roles", roles}},
                               {"account", "name", "password", "roles"});
  return object_schema({{"code", text},
                        {"organisation", text},
                        {"accounts", json::object{{"type", "array"}, {"items", std::move(account)}}}},
                       {"code", "organisation", "accounts"});
}

}  // namespace

void add_setup_routes(http::Router& router, Parts& parts) {
  auto state = http::make_route(http::Method::get, "/api/v1/setup",
                                {.id = "readSetup",
                                 .tag = "setup",
                                 .summary = "Whether the organisation still has to be set up",
                                 .response = object_schema({{"needed", type_schema("boolean")},
                                                            {"demo", type_schema("boolean")},
                                                            {"organisation", type_schema("string")}},
                                                           {"needed", "demo"})});
  parts.gate.open(router, std::move(state),
                  [&parts](Call const&, store::Reader& reader) { return setup_state(parts, reader); });
  auto begin =
      http::make_route(http::Method::post, "/api/v1/setup",
                       {.id = "completeSetup",
                        .tag = "setup",
                        .summary = "Names the organisation, its three officers and the first people, once",
                        .request = setup_schema(),
                        .response = object_schema({{"organisation", type_schema("string")}}),
                        .success = 201});
  begin.handler = [&parts](http::Request const& request, http::Respond const& respond) {
    begin_setup(parts, request, respond);
  };
  router.add(std::move(begin));
}

}  // namespace yunzhi::access

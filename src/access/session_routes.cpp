// Signing in and out, the own session, the own password and language.
#include "access/body.hpp"
#include "access/directory.hpp"
#include "access/routes.hpp"
#include "base/log.hpp"

namespace yunzhi::access {
namespace {

struct SignIn {
  std::string account;  // as kept: lower case
  std::string password;
  bool bearer = false;
};

struct Stored {
  std::string id;
  std::string person;
  std::string hash;
  bool disabled = false;
};

std::optional<Stored> find_account(store::Reader& reader, std::string_view name) {
  auto row = reader.row<std::string, std::string, std::string, bool>(
      "select id, person, password, disabled from account where name = :name", name);
  if (!row) return std::nullopt;
  return Stored{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row), std::get<3>(*row)};
}

json::object person_of(Actor const& actor, store::Reader& reader) {
  auto const post =
      reader.one<std::optional<std::string>>("select post from person where id = :id", actor.person);
  auto const unit = reader.one<std::string>("select name from unit where id = :id", actor.unit);
  json::object person{
      {"id", actor.person},       {"name", actor.name},
      {"account", actor.account}, {"roles", json::array(actor.roles.begin(), actor.roles.end())},
      {"unit", nullptr},          {"unit_name", nullptr},
      {"post", nullptr},          {"language", actor.language}};
  if (!actor.unit.empty()) person["unit"] = actor.unit;
  if (unit) person["unit_name"] = *unit;
  if (post && *post) person["post"] = **post;
  return person;
}

json::object session_answer(Parts const& parts, Actor const& actor, store::Reader& reader,
                            std::string_view csrf, Instant expires) {
  json::object permissions;
  for (auto const& [verb, granted] : actor.grants) permissions[verb] = scope_name(granted);
  json::object answer{{"person", person_of(actor, reader)},
                      {"permissions", std::move(permissions)},
                      {"csrf", csrf},
                      {"expires_at", format_instant(expires)},
                      {"demo", parts.options.demo},
                      {"version", parts.options.version}};
  if (auto const name = reader.one<std::string>("select name from organisation"))
    answer["organisation"] = *name;
  return answer;
}

// Begins the session inside a command and tells it.
Gate::Answer open_session(Parts& parts, http::Request const& request, store::Edit& edit,
                          std::string const& person, SessionKind kind, int status) {
  auto const opened = parts.sessions.open(edit, person, kind, request.language(), request.remote);
  if (!opened) return refuse(Why::unauthenticated, "", "the account or the password is wrong");
  auto actor = *load_actor(edit, parts.roles, person);
  actor.session = opened->id;
  if (actor.language.empty()) actor.language = request.language();
  auto answer = session_answer(parts, actor, edit, csrf_of(opened->token), opened->expires);
  if (kind == SessionKind::bearer) answer["token"] = opened->token;
  auto reply = http::Reply::json(answer, status);
  if (kind == SessionKind::cookie)
    reply.headers.emplace_back("Set-Cookie",
                               Gate::cookie(request, opened->token, parts.options.sessions.absolute));
  return reply;
}

// A refused sign-in is kept in the ledger before it is answered.
void refuse_sign_in(Parts& parts, std::shared_ptr<Pending> const& pending, std::string const& account_id,
                    std::string_view reason, http::Reply reply) {
  parts.store.submit(
      [pending, account_id, reason = std::string(reason)](store::Edit& edit) {
        auto const subject = account_id.empty() ? std::string() : "account/" + account_id;
        edit.record({"system:access", "session.refuse", subject,
                     json::object{{"reason", reason}, {"address", pending->request.remote}},
                     pending->request.id});
        return true;
      },
      [pending, reply = std::move(reply)](std::exception_ptr const& thrown) {
        pending->respond(thrown ? answer_to(thrown, pending->request) : reply);
      });
}

// The sign-in as a command. The hash is compared again: it may have changed while it was computed.
bool sign_in(Parts& parts, http::Request const& request, store::Edit& edit, Stored const& verified,
             std::string const& fresh_hash, bool bearer, http::Reply& reply) {
  auto const held =
      edit.one<std::string>("select password from account where id = :id and disabled = 0", verified.id);
  if (held != verified.hash) {
    reply = http::Reply::problem(refuse(Why::unauthenticated, "", "the account or the password is wrong"),
                                 request);
    return false;
  }
  auto const answer = open_session(parts, request, edit, verified.person,
                                   bearer ? SessionKind::bearer : SessionKind::cookie, 201);
  reply = answer ? *answer : http::Reply::problem(answer.error(), request);
  if (!answer) return false;
  edit.run("update account set last_login_at = :at where id = :id", edit.now(), verified.id);
  if (!fresh_hash.empty())
    edit.run("update account set password = :hash where id = :id", fresh_hash, verified.id);
  edit.record({verified.person, "session.open", "account/" + verified.id,
               json::object{{"address", request.remote}}, request.id});
  return true;
}

void verify_sign_in(Parts& parts, SignIn const& form, std::shared_ptr<Pending> const& pending) {
  auto const& options = parts.options;
  auto const stored =
      parts.store.read([&](store::Reader& reader) { return find_account(reader, form.account); });
  bool const fits = verify_password(stored ? stored->hash : "", form.password, options.cost, options.pepper);
  if (!stored || !fits || stored->disabled) {
    auto const reason = !stored ? "unknown" : !fits ? "password" : "disabled";
    return refuse_sign_in(
        parts, pending, stored ? stored->id : "", reason,
        http::Reply::problem(refuse(Why::unauthenticated, "", "the account or the password is wrong"),
                             pending->request));
  }
  auto const fresh = needs_rehash(stored->hash, options.cost)
                         ? hash_password(form.password, options.cost, options.pepper)
                         : std::string();
  auto const reply = std::make_shared<http::Reply>();
  parts.store.submit(
      [&parts, pending, reply, account = *stored, fresh, bearer = form.bearer](store::Edit& edit) {
        return sign_in(parts, pending->request, edit, account, fresh, bearer, *reply);
      },
      [&parts, pending, reply, account = form.account](std::exception_ptr const& thrown) {
        if (!thrown && reply->status < 300) attempt_succeeded(parts, pending->request, account);
        pending->respond(thrown ? answer_to(thrown, pending->request) : *reply);
      });
}

Result<SignIn> read_sign_in(Parts const& parts, http::Request const& request) {
  if (auto fit = parts.gate.check_transport(request); !fit) return fit.error();
  if (auto fit = parts.gate.check_origin(request); !fit) return fit.error();
  auto const object = request.json_body();
  if (!object) return object.error();
  Body body(*object);
  SignIn form;
  form.account = body.text("account");
  form.password = body.text("password", password_most);
  form.bearer = body.flag("bearer").value_or(false);
  if (auto ended = body.end(); !ended) return ended.error();
  // A text that cannot be an account is looked for all the same and not found.
  if (auto const name = account_name(form.account)) form.account = *name;
  return form;
}

void begin_sign_in(Parts& parts, http::Request const& request, http::Respond const& respond) {
  auto const form = read_sign_in(parts, request);
  if (!form) return respond(http::Reply::problem(form.error(), request));
  if (auto refused = too_many_attempts(parts, request, form->account)) {
    if (!refused->first) return respond(std::move(refused->reply));
    auto const pending = std::make_shared<Pending>(Pending{request, respond});
    return refuse_sign_in(parts, pending, "", "throttled", std::move(refused->reply));
  }
  hash_later(parts, request, respond, [&parts, form = *form](std::shared_ptr<Pending> const& pending) {
    verify_sign_in(parts, form, pending);
  });
}

Gate::Answer change_password(Parts& parts, Call const& call, store::Edit& edit, std::string const& old_hash,
                             std::string const& new_hash) {
  auto const changed = edit.run(
      "update account set password = :hash, password_changed_at = :at where person = :person and password = "
      ":old",
      new_hash, edit.now(), call.actor.person, old_hash);
  if (changed != 1) return refuse(Why::conflict, "", "the password was changed by somebody else meanwhile");
  auto const kind = Gate::bearer_token(call.request).empty() ? SessionKind::cookie : SessionKind::bearer;
  parts.sessions.end_of(edit, call.actor.person, false);
  edit.record(entry(call, "account.change_password", "person/" + call.actor.person));
  return open_session(parts, call.request, edit, call.actor.person, kind, 200);
}

void verify_change(Parts& parts, Found const& found, std::string const& old_password,
                   std::string const& new_password, std::shared_ptr<Pending> const& pending) {
  auto const& options = parts.options;
  auto const account = found.actor->account;
  auto const stored = parts.store.read([&](store::Reader& reader) { return find_account(reader, account); });
  if (!verify_password(stored ? stored->hash : "", old_password, options.cost, options.pepper))
    return pending->respond(http::Reply::problem(
        refuse(Why::invalid, "/old", "this is not the present password"), pending->request));
  attempt_succeeded(parts, pending->request, account);
  auto const hash = hash_password(new_password, options.cost, options.pepper);
  parts.gate.command(
      pending->request, found.actor, pending->respond,
      [&parts, hash, old = stored->hash](Call const& call, store::Edit& edit) {
        return change_password(parts, call, edit, old, hash);
      },
      Gate::Keeps::nothing);
}

void begin_change(Parts& parts, http::Request const& request, http::Respond const& respond) {
  auto const answer = [&](Refusal const& refusal) { respond(http::Reply::problem(refusal, request)); };
  auto const found = parts.gate.admit(request, signed_in);
  if (!found) return answer(found.error());
  auto const object = request.json_body();
  if (!object) return answer(object.error());
  Body body(*object);
  auto const old_password = body.text("old", password_most);
  auto const new_password = body.text("new", password_most);
  if (!new_password.empty())
    if (auto const fit = check_password(new_password, found->actor->account, ""); !fit)
      body.fault("new", fit.error());
  if (auto const ended = body.end(); !ended) return answer(ended.error());
  if (auto refused = too_many_attempts(parts, request, found->actor->account))
    return respond(std::move(refused->reply));
  hash_later(parts, request, respond, [=, &parts, found = *found](std::shared_ptr<Pending> const& pending) {
    verify_change(parts, found, old_password, new_password, pending);
  });
}

Gate::Answer read_current(Parts& parts, Call const& call, store::Reader& reader) {
  auto const bearer = Gate::bearer_token(call.request);
  auto const token = bearer.empty() ? Gate::cookie_token(call.request) : bearer;
  auto const found = parts.sessions.find(token, parts.store.clock()());
  if (!found) return refuse(Why::unauthenticated, "", "please sign in");
  return http::Reply::json(
      session_answer(parts, call.actor, reader, csrf_of(token), found->session->expires));
}

Gate::Answer close_current(Parts& parts, Call const& call, store::Edit& edit) {
  parts.sessions.end(edit, call.actor.session);
  edit.record(entry(call, "session.close", "person/" + call.actor.person));
  return http::Reply::empty().with("Set-Cookie", Gate::cookie(call.request, "", Milliseconds{0}));
}

Gate::Answer change_current(Parts& parts, Call const& call, store::Edit& edit) {
  auto const object = call.request.json_body();
  if (!object) return object.error();
  Body body(*object);
  auto const language = body.text("language", 5);
  if (!language.empty() && language != "zh-CN" && language != "zh-TW" && language != "en")
    body.fault("language", refuse(Why::invalid, "", "must be one of {}", "zh-CN, zh-TW, en"));
  if (auto ended = body.end(); !ended) return ended.error();
  edit.run("update account set language = :language where person = :person", language, call.actor.person);
  parts.sessions.refresh(edit, call.actor.person);
  return http::Reply::empty();
}

json::object session_schema() {
  auto const text = type_schema("string");
  auto const person = object_schema({{"id", text},
                                     {"name", text},
                                     {"account", text},
                                     {"roles", json::object{{"type", "array"}, {"items", text}}},
                                     {"unit", json::object{{"type", {"string", "null"}}}},
                                     {"unit_name", json::object{{"type", {"string", "null"}}}},
                                     {"post", json::object{{"type", {"string", "null"}}}},
                                     {"language", text}});
  return object_schema({{"person", person},
                        {"permissions", json::object{{"type", "object"}, {"additionalProperties", text}}},
                        {"csrf", text},
                        {"expires_at", json::object{{"type", "string"}, {"format", "date-time"}}},
                        {"token", text},
                        {"organisation", text},
                        {"demo", type_schema("boolean")},
                        {"version", text}},
                       {"person", "permissions", "csrf", "expires_at"});
}

http::Route route(http::Method method, std::string path, http::Operation told) {
  told.tag = "sessions";
  auto made = http::make_route(method, std::move(path), std::move(told));
  made.runs = http::Runs::on_loop;
  return made;
}

}  // namespace

void add_session_routes(http::Router& router, Parts& parts) {
  auto const text = type_schema("string");
  auto begin = route(
      http::Method::post, "/api/v1/sessions",
      {.id = "signIn",
       .summary = "Signs in; the cookie is set, or a bearer token given on request",
       .request = object_schema({{"account", text}, {"password", text}, {"bearer", type_schema("boolean")}},
                                {"account", "password"}),
       .response = session_schema(),
       .success = 201});
  begin.handler = [&parts](http::Request const& request, http::Respond const& respond) {
    begin_sign_in(parts, request, respond);
  };
  router.add(std::move(begin));
  parts.gate.read(
      router,
      route(http::Method::get, "/api/v1/sessions/current",
            {.id = "readSession",
             .summary = "Who is signed in and what they may do",
             .permission = std::string(signed_in),
             .response = session_schema()}),
      [&parts](Call const& call, store::Reader& reader) { return read_current(parts, call, reader); });
  parts.gate.write(
      router,
      route(http::Method::remove, "/api/v1/sessions/current",
            {.id = "signOut", .summary = "Signs out", .permission = std::string(signed_in), .success = 204}),
      [&parts](Call const& call, store::Edit& edit) { return close_current(parts, call, edit); });
  parts.gate.write(
      router,
      route(http::Method::patch, "/api/v1/sessions/current",
            {.id = "changeLanguage",
             .summary = "Chooses the person's language",
             .permission = std::string(signed_in),
             .request = object_schema({{"language", text}}, {"language"}),
             .success = 204}),
      [&parts](Call const& call, store::Edit& edit) { return change_current(parts, call, edit); });
  auto change = route(http::Method::post, "/api/v1/sessions/current/password",
                      {.id = "changePassword",
                       .summary = "Changes the own password; all sessions end, a new one begins",
                       .permission = std::string(signed_in),
                       .request = object_schema({{"old", text}, {"new", text}}, {"old", "new"}),
                       .response = session_schema()});
  change.handler = [&parts](http::Request const& request, http::Respond const& respond) {
    begin_change(parts, request, respond);
  };
  router.add(std::move(change));
}

}  // namespace yunzhi::access

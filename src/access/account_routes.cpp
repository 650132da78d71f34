// Accounts and roles, for the officers.
#include "access/body.hpp"
#include "access/directory.hpp"
#include "access/routes.hpp"
#include "base/limits.hpp"

namespace yunzhi::access {
namespace {

json::object account_json(store::Reader& reader, std::string const& id) {
  auto const row = reader.row<std::string, std::string, std::string, bool, Instant, std::optional<Instant>>(
      "select a.name, p.id, p.name, a.disabled, a.created_at, a.last_login_at from account a "
      "join person p on p.id = a.person where a.id = :id",
      id);
  auto const& [account, person, name, disabled, created, seen] = *row;
  auto const roles = roles_of(reader, person);
  return {{"id", id},
          {"account", account},
          {"person", json::object{{"id", person}, {"name", name}}},
          {"roles", json::array(roles.begin(), roles.end())},
          {"disabled", disabled},
          {"created_at", format_instant(created)},
          {"last_login_at", seen ? json::value(format_instant(*seen)) : json::value()}};
}

// In order of the account's name; `after` is the last name of the page before.
Gate::Answer list_accounts(Call const& call, store::Reader& reader) {
  auto const after = std::string(call.request.parameter("after").value_or(""));
  auto const rows = reader.rows<std::string, std::string>(
      "select id, name from account where name > :after order by name limit :limit", after,
      std::int64_t{limits::page_rows});
  json::array items;
  for (auto const& [id, name] : rows) items.push_back(account_json(reader, id));
  json::value next;
  if (rows.size() == limits::page_rows) next = std::get<1>(rows.back());
  return http::Reply::json(json::object{{"items", std::move(items)}, {"next", std::move(next)}});
}

Gate::Answer list_roles(Parts const& parts) {
  json::array items;
  for (auto const& role : parts.roles.all()) {
    json::object names;
    for (auto const& [language, name] : role.name) names[language] = name;
    items.push_back(json::object{{"id", role.id},
                                 {"name", std::move(names)},
                                 {"grants", json::array(role.grants.begin(), role.grants.end())},
                                 {"excludes", json::array(role.excludes.begin(), role.excludes.end())}});
  }
  return http::Reply::json(json::object{{"items", std::move(items)}});
}

struct AccountForm {
  NewAccount account;
  std::string password;
};

Result<AccountForm> read_form(http::Request const& request) {
  auto const object = request.json_body();
  if (!object) return object.error();
  Body body(*object);
  AccountForm form;
  form.account.account = body.text("account");
  form.password = body.text("password", password_most);
  form.account.person = body.optional_text("person").value_or("");
  form.account.name = body.optional_text("name").value_or("");
  form.account.unit = body.optional_text("unit").value_or("");
  form.account.roles = body.texts("roles").value_or(std::set<std::string>());
  if (form.account.person.empty() && form.account.name.empty())
    body.fault("name", refuse(Why::invalid, "", "is required"));
  if (!form.password.empty())
    if (auto const fit = check_password(form.password, form.account.account, ""); !fit)
      body.fault("password", fit.error());
  if (auto ended = body.end(); !ended) return ended.error();
  return form;
}

Gate::Answer add_account(Parts& parts, Call const& call, store::Edit& edit, NewAccount const& account) {
  auto const id = parts.accounts.add(edit, call.actor, account);
  if (!id) return id.error();
  auto answer = account_json(edit, *id);
  edit.record(entry(call, "account.create", "account/" + *id,
                    json::object{{"account", answer["account"]}, {"roles", answer["roles"]}}));
  return http::Reply::json(answer, 201).with("Location", "/api/v1/accounts/" + *id);
}

void begin_add(Parts& parts, http::Request const& request, http::Respond const& respond) {
  auto const found = parts.gate.admit(request, "account.write");
  if (!found) return respond(http::Reply::problem(found.error(), request));
  auto const form = read_form(request);
  if (!form) return respond(http::Reply::problem(form.error(), request));
  hash_later(
      parts, request, respond, [&parts, actor = found->actor, form = *form](auto const& pending) mutable {
        form.account.password_hash = hash_password(form.password, parts.options.cost, parts.options.pepper);
        parts.gate.command(
            pending->request, actor, pending->respond,
            [&parts, account = form.account](Call const& call, store::Edit& edit) {
              return add_account(parts, call, edit, account);
            },
            Gate::Keeps::nothing);
      });
}

struct ChangeForm {
  AccountChange change;
  std::string password;
};

Result<ChangeForm> read_change(http::Request const& request) {
  auto const object = request.json_body();
  if (!object) return object.error();
  Body body(*object);
  ChangeForm form;
  form.change.disabled = body.flag("disabled");
  form.change.roles = body.texts("roles");
  form.password = body.optional_text("password", password_most).value_or("");
  if (object->contains("password"))
    if (auto const fit = check_password(form.password, "", ""); !fit) body.fault("password", fit.error());
  if (auto ended = body.end(); !ended) return ended.error();
  return form;
}

Gate::Answer change_account(Parts& parts, Call const& call, store::Edit& edit, AccountChange const& change) {
  auto const& id = call.request.capture("id");
  auto const told = parts.accounts.change(edit, call.actor, id, change);
  if (!told) return told.error();
  if (!told->empty()) edit.record(entry(call, "account.change", "account/" + id, *told));
  return http::Reply::json(account_json(edit, id));
}

void begin_change(Parts& parts, http::Request const& request, http::Respond const& respond) {
  auto const found = parts.gate.admit(request, "account.write");
  if (!found) return respond(http::Reply::problem(found.error(), request));
  auto const form = read_change(request);
  if (!form) return respond(http::Reply::problem(form.error(), request));
  auto const run = [&parts, actor = found->actor](http::Request const& asked, http::Respond const& answer,
                                                  AccountChange const& change) {
    parts.gate.command(
        asked, actor, answer,
        [&parts, change](Call const& call, store::Edit& edit) {
          return change_account(parts, call, edit, change);
        },
        Gate::Keeps::nothing);
  };
  if (form->password.empty()) return run(request, respond, form->change);
  hash_later(parts, request, respond, [&parts, run, form = *form](auto const& pending) mutable {
    form.change.password_hash = hash_password(form.password, parts.options.cost, parts.options.pepper);
    run(pending->request, pending->respond, form.change);
  });
}

json::object account_schema() {
  auto const text = type_schema("string");
  return object_schema({{"id", text},
                        {"account", text},
                        {"person", object_schema({{"id", text}, {"name", text}})},
                        {"roles", json::object{{"type", "array"}, {"items", text}}},
                        {"disabled", type_schema("boolean")},
                        {"created_at", text},
                        {"last_login_at", json::object{{"type", {"string", "null"}}}}});
}

http::Route route(http::Method method, std::string path, http::Operation told) {
  told.tag = "accounts";
  auto made = http::make_route(method, std::move(path), std::move(told));
  made.runs = http::Runs::on_loop;
  return made;
}

}  // namespace

void add_account_routes(http::Router& router, Parts& parts) {
  auto const text = type_schema("string");
  auto const roles = json::object{{"type", "array"}, {"items", text}};
  parts.gate.read(router,
                  route(http::Method::get, "/api/v1/accounts",
                        {.id = "listAccounts",
                         .summary = "Accounts in order of their name",
                         .permission = "account.read",
                         .parameters = {{"after", "the last account name of the page before", text, false}},
                         .response = list_schema(account_schema())}),
                  list_accounts);
  parts.gate.read(router,
                  route(http::Method::get, "/api/v1/roles",
                        {.id = "listRoles",
                         .summary = "The roles, what they grant and exclude",
                         .permission = "role.read",
                         .response = list_schema(type_schema("object"))}),
                  [&parts](Call const&, store::Reader&) { return list_roles(parts); });
  auto add = route(http::Method::post, "/api/v1/accounts",
                   {.id = "createAccount",
                    .summary = "Gives a person an account",
                    .permission = "account.write",
                    .request = object_schema({{"account", text},
                                              {"password", text},
                                              {"person", text},
                                              {"name", text},
                                              {"unit", text},
                                              {"roles", roles}},
                                             {"account", "password"}),
                    .response = account_schema(),
                    .success = 201});
  add.handler = [&parts](http::Request const& request, http::Respond const& respond) {
    begin_add(parts, request, respond);
  };
  router.add(std::move(add));
  auto change = route(
      http::Method::patch, "/api/v1/accounts/{id}",
      {.id = "changeAccount",
       .summary = "Disables, grants roles or sets a password",
       .permission = "account.write",
       .request = object_schema({{"disabled", type_schema("boolean")}, {"roles", roles}, {"password", text}}),
       .response = account_schema()});
  change.handler = [&parts](http::Request const& request, http::Respond const& respond) {
    begin_change(parts, request, respond);
  };
  router.add(std::move(change));
}

}  // namespace yunzhi::access

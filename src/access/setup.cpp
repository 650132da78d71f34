#include "access/setup.hpp"

#include <algorithm>

#include "access/body.hpp"
#include "base/id.hpp"

namespace yunzhi::access {
namespace {

constexpr std::size_t accounts_most = 200;

Result<SetupInput::Person> read_person(json::value const& value, std::string const& at, Roles const& roles) {
  if (!value.is_object()) return refuse(Why::invalid, at, "must be an object");
  Body body(value.as_object(), at);
  SetupInput::Person person;
  person.account = body.text("account", 64);
  person.name = body.text("name");
  person.password = body.text("password", password_most);
  person.roles = body.texts("roles").value_or(std::set<std::string>());
  if (auto const name = account_name(person.account); name)
    person.account = *name;
  else if (!person.account.empty())
    body.fault("account", name.error());
  if (!person.password.empty())
    if (auto const fit = check_password(person.password, person.account, ""); !fit)
      body.fault("password", fit.error());
  if (auto const fit = roles.compatible(person.roles); !fit) body.fault("roles", fit.error());
  if (auto ended = body.end(); !ended) return ended.error();
  return person;
}

Result<> check_cast(SetupInput const& input) {
  auto const holding = [&](std::string_view role) {
    return std::count_if(input.accounts.begin(), input.accounts.end(),
                         [&](auto const& person) { return person.roles.contains(std::string(role)); });
  };
  for (auto const officer : officers)
    if (holding(officer) != 1)
      return refuse(Why::invalid, "/accounts", "exactly one account must be '{}'", officer);
  if (holding(supervisor) < 1)
    return refuse(Why::invalid, "/accounts", "at least one account must be '{}'", supervisor);
  std::set<std::string> names;
  for (auto const& person : input.accounts)
    if (!names.insert(person.account).second)
      return refuse(Why::invalid, "/accounts", "the account '{}' stands there twice", person.account);
  return {};
}

}  // namespace

Result<SetupInput> read_setup(json::object const& object, Roles const& roles) {
  Body body(object);
  SetupInput input;
  input.code = body.optional_text("code").value_or("");
  input.organisation = body.text("organisation");
  auto const* accounts = object.if_contains("accounts");
  body.know("accounts");
  if (auto ended = body.end(); !ended) return ended.error();
  if (accounts == nullptr || !accounts->is_array() || accounts->as_array().size() > accounts_most)
    return refuse(Why::invalid, "/accounts", "must be a list of at most {} accounts", accounts_most);
  std::size_t index = 0;
  for (auto const& item : accounts->as_array()) {
    auto person = read_person(item, "/accounts/" + std::to_string(index++), roles);
    if (!person) return person.error();
    input.accounts.push_back(std::move(*person));
  }
  if (auto fit = check_cast(input); !fit) return fit.error();
  return input;
}

void hash_passwords(SetupInput& input, PasswordCost cost, std::string_view pepper) {
  for (auto& person : input.accounts) {
    person.password_hash = hash_password(person.password, cost, pepper);
    person.password.clear();
  }
}

bool setup_needed(store::Reader& reader) {
  return !reader.one<std::string>("select id from account limit 1").has_value();
}

Result<> setup(store::Edit& edit, Accounts& accounts, SetupInput const& input, std::string_view request_id) {
  if (!setup_needed(edit)) return refuse(Why::conflict, "", "the organisation is set up already");
  auto const ceremony = system_actor("setup");
  auto const organisation = new_id(edit.now());
  edit.run("insert into organisation (id, name, created_at) values (:id, :name, :at)", organisation,
           input.organisation, edit.now());
  auto const unit = accounts.add_unit(edit, ceremony, input.organisation);
  json::array told;
  for (auto const& person : input.accounts) {
    auto added = accounts.add(edit, ceremony,
                              {person.account, person.password_hash, "", person.name, unit, person.roles});
    if (!added) return added.error();
    told.push_back(json::object{{"account", person.account},
                                {"roles", json::array(person.roles.begin(), person.roles.end())}});
  }
  edit.record({ceremony.person, "setup.complete", "organisation/" + organisation,
               json::object{{"organisation", input.organisation}, {"accounts", std::move(told)}},
               std::string(request_id)});
  return {};
}

}  // namespace yunzhi::access

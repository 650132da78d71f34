#include "watch/own_rules.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/log.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi::watch {
namespace {

using Row = std::tuple<std::string, std::string, std::int64_t, bool, std::string, std::string,
                       std::optional<std::string>, std::string, Instant>;

OwnRule rule_of(Row const& row) {
  auto const& [id, name, version, active, yaml, author, author_name, reason, at] = row;
  return {id, name, version, active, yaml, author, author_name.value_or(""), reason, at};
}

Result<> version_matches(OwnRule const& known, std::string_view if_match) {
  if (if_match.empty())
    return refuse(Why::stale, "If-Match", "is required: send the ETag of the record you saw, or *");
  auto const version = std::to_string(known.version);
  if (if_match != "*" && if_match != "\"" + version + "\"")
    return refuse(Why::stale, "If-Match", "the record has changed since you read it; it is now at version {}",
                  version);
  return {};
}

bool is_control(char letter) {
  return static_cast<unsigned char>(letter) < 0x20 && letter != '\n' && letter != '\r' && letter != '\t';
}

}  // namespace

std::vector<monitor::RuleGroup> active_rules(store::Reader& reader) {
  monitor::RuleGroup group;
  group.name = group.file = own_group;
  for (auto const& [name, yaml] : reader.rows<std::string, std::string>(
           "select v.name, v.yaml from own_rule r join own_rule_version v on v.rule = r.id and "
           "v.version = r.version where v.active = 1 order by r.id limit 10000")) {
    auto rule = monitor::parse_rule(yaml);
    if (rule)
      group.rules.push_back(std::move(*rule));
    else
      log::error("rule.not_read", {{"rule", name}, {"reason", rule.error().english()}});
  }
  if (group.rules.empty()) return {};
  return {std::move(group)};
}

std::vector<OwnRule> OwnRules::list(store::Reader& reader) {
  std::vector<OwnRule> all;
  for (auto const& row : reader.rows_of<Row>(
           "select r.id, v.name, v.version, v.active, v.yaml, v.author, p.name, v.reason, v.at from own_rule "
           "r "
           "join own_rule_version v on v.rule = r.id and v.version = r.version left join person p on p.id = "
           "v.author order by r.name limit 10000"))
    all.push_back(rule_of(row));
  return all;
}

std::optional<OwnRule> OwnRules::find(store::Reader& reader, std::string_view id) {
  auto const row = reader.row_of<Row>(
      "select r.id, v.name, v.version, v.active, v.yaml, v.author, p.name, v.reason, v.at from own_rule r "
      "join own_rule_version v on v.rule = r.id and v.version = r.version left join person p on p.id = "
      "v.author where r.id = :id",
      id);
  if (!row) return std::nullopt;
  return rule_of(*row);
}

std::vector<OwnRule> OwnRules::versions(store::Reader& reader, std::string_view id) {
  std::vector<OwnRule> all;
  for (auto const& row : reader.rows_of<Row>(
           "select v.rule, v.name, v.version, v.active, v.yaml, v.author, p.name, v.reason, v.at from "
           "own_rule_version v left join person p on p.id = v.author where v.rule = :id order by v.version "
           "desc limit 1000",
           id))
    all.push_back(rule_of(row));
  return all;
}

Result<monitor::Rule> OwnRules::check(std::string const& yaml) {
  if (characters(yaml) > limits::rule_characters)
    return refuse(Why::invalid, "/yaml", "must have at most {} characters", limits::rule_characters);
  if (std::any_of(yaml.begin(), yaml.end(), is_control))
    return refuse(Why::invalid, "/yaml", "must not have control characters");
  auto rule = monitor::parse_rule(yaml);
  if (rule) {
    if (characters(rule->name) > limits::line_characters)
      return refuse(Why::invalid, rule->recording ? "/yaml/record" : "/yaml/alert",
                    "must have at most {} characters", limits::line_characters);
    return rule;
  }
  auto refusal = rule.error();
  for (auto& fault : refusal.faults) fault.field = fault.field.empty() ? "/yaml" : "/yaml/" + fault.field;
  refusal.why = Why::invalid;
  return refusal;
}

// Two rules of one name would give the same alerts, and nobody could tell whose an alert is.
Result<> OwnRules::name_is_free(store::Reader& reader, monitor::Rule const& rule, std::string_view id) const {
  auto const* field = rule.recording ? "/yaml/record" : "/yaml/alert";
  if (reader.one<std::string>("select id from own_rule where name = :name and id <> :id", rule.name, id))
    return refuse(Why::conflict, field, "there is a rule {} already", rule.name);
  for (auto const& status : monitor_.rules())
    if (status.file != own_group && status.rule.name == rule.name)
      return refuse(Why::conflict, field, "the rule file {} has a rule {} already", status.file, rule.name);
  return {};
}

Result<OwnRule> OwnRules::add_version(store::Edit& edit, OwnRule rule) {
  rule.at = edit.now();
  ++rule.version;
  if (rule.version == 1)
    edit.run("insert into own_rule (id, name, version) values (:id, :name, :version)", rule.id, rule.name,
             rule.version);
  else
    edit.run("update own_rule set name = :name, version = :version where id = :id", rule.name, rule.version,
             rule.id);
  edit.run(
      "insert into own_rule_version (rule, version, name, yaml, active, author, reason, at) values (:rule, "
      ":version, :name, :yaml, :active, :author, :reason, :at)",
      rule.id, rule.version, rule.name, rule.yaml, rule.active, rule.author, rule.reason, rule.at);
  edit.after_commit([this] { changed_ = true; });
  rule.author_name =
      edit.one<std::string>("select name from person where id = :id", rule.author).value_or("");
  return rule;
}

Result<OwnRule> OwnRules::create(store::Edit& edit, std::string_view author, std::string const& yaml,
                                 std::string const& reason) {
  auto const read = check(yaml);
  if (read.has_error()) return read.error();
  auto const id = new_id(edit.now());
  if (auto const free = name_is_free(edit, *read, id); free.has_error()) return free.error();
  auto const count = edit.one<std::int64_t>("select count(*) from own_rule").value_or(0);
  if (count >= static_cast<std::int64_t>(limits::own_rules_count))
    return refuse(Why::conflict, "", "there are {} rules already", limits::own_rules_count);
  return add_version(edit, {id, read->name, 0, true, yaml, std::string(author), "", reason, {}});
}

Result<OwnRule> OwnRules::change(store::Edit& edit, std::string_view author, std::string_view id,
                                 std::string_view if_match, std::string const& yaml,
                                 std::string const& reason) {
  auto known = find(edit, id);
  if (!known) return refuse(Why::missing, "", "there is no such rule");
  if (auto const matches = version_matches(*known, if_match); matches.has_error()) return matches.error();
  auto const read = check(yaml);
  if (read.has_error()) return read.error();
  if (auto const free = name_is_free(edit, *read, id); free.has_error()) return free.error();
  if (known->yaml == yaml) return refuse(Why::conflict, "/yaml", "is what the newest version says already");
  known->name = read->name;
  known->yaml = yaml;
  known->author = author;
  known->reason = reason;
  return add_version(edit, std::move(*known));
}

Result<OwnRule> OwnRules::switch_to(store::Edit& edit, std::string_view author, std::string_view id,
                                    std::string_view if_match, bool active, std::string const& reason) {
  auto known = find(edit, id);
  if (!known) return refuse(Why::missing, "", "there is no such rule");
  if (auto const matches = version_matches(*known, if_match); matches.has_error()) return matches.error();
  if (known->active == active)
    return active ? refuse(Why::conflict, "", "the rule is switched on already")
                  : refuse(Why::conflict, "", "the rule is switched off already");
  if (active) {
    auto const read = check(known->yaml);
    if (read.has_error()) return read.error();
    if (auto const free = name_is_free(edit, *read, id); free.has_error()) return free.error();
  }
  known->active = active;
  known->author = author;
  known->reason = reason;
  return add_version(edit, std::move(*known));
}

bool OwnRules::hand_over(store::Store& store) {
  if (!changed_.exchange(false)) return false;
  try {
    monitor_.give_rules(store.read([](store::Reader& reader) { return active_rules(reader); }));
  } catch (...) {
    changed_ = true;
    throw;
  }
  return false;
}

}  // namespace yunzhi::watch

#include "app/configuration.hpp"

#include <charconv>
#include <functional>
#include <map>

#include <toml++/toml.h>

namespace yunzhi::app {
namespace {

using Take = std::function<bool(toml::node const&)>;

Take text(std::string& into) {
  return [&into](toml::node const& node) {
    auto const value = node.value<std::string>();
    if (value) into = *value;
    return value.has_value() && node.is_string();
  };
}

Take flag(bool& into) {
  return [&into](toml::node const& node) {
    auto const value = node.value_exact<bool>();
    if (value) into = *value;
    return value.has_value();
  };
}

Take duration(Milliseconds& into) {
  return [&into](toml::node const& node) {
    auto const value = node.value_exact<std::string>();
    auto const parsed = parse_duration(value.value_or(""));
    if (parsed.has_value()) into = *parsed;
    return parsed.has_value() && into.count() > 0;
  };
}

template <class Number>
Take number(Number& into, std::int64_t factor, std::int64_t least, std::int64_t most) {
  return [&into, factor, least, most](toml::node const& node) {
    auto const value = node.value_exact<std::int64_t>();
    if (!value || *value < least || *value > most) return false;
    into = static_cast<Number>(*value * factor);
    return true;
  };
}

Refusal mistake(std::string const& file, toml::node const& node, std::string_view text,
                std::string_view name) {
  return refuse(Why::invalid, file + ":" + std::to_string(node.source().begin.line), text, name);
}

Result<> take_all(std::string const& file, std::string const& table_name, toml::table const& table,
                  std::map<std::string, Take> const& known) {
  for (auto const& [key, node] : table) {
    auto const name = std::string(key.str());
    auto const found = known.find(name);
    if (found == known.end()) return mistake(file, node, "'{}' is not a setting", table_name + "." + name);
    if (!found->second(node))
      return mistake(file, node, "'{}' has a value of the wrong kind or range", table_name + "." + name);
  }
  return {};
}

Result<> read_webhooks(std::string const& file, toml::node const& node, notify::Channels& channels) {
  auto const* list = node.as_array();
  if (list == nullptr) return mistake(file, node, "'{}' must be a list of tables", "webhooks");
  for (auto const& entry : *list) {
    auto const* table = entry.as_table();
    if (table == nullptr) return mistake(file, entry, "'{}' must be a list of tables", "webhooks");
    notify::Webhook webhook;
    auto const taken = take_all(
        file, "webhooks", *table,
        {{"name", text(webhook.name)}, {"url", text(webhook.url)}, {"secret", text(webhook.secret)}});
    if (taken.has_error()) return taken.error();
    channels.webhooks.push_back(std::move(webhook));
  }
  return {};
}

Result<> read_robots(std::string const& file, toml::node const& node, notify::Channels& channels) {
  auto const* list = node.as_array();
  if (list == nullptr) return mistake(file, node, "'{}' must be a list of tables", "robots");
  for (auto const& entry : *list) {
    auto const* table = entry.as_table();
    if (table == nullptr) return mistake(file, entry, "'{}' must be a list of tables", "robots");
    notify::Robot robot;
    std::string kind;
    auto const taken = take_all(file, "robots", *table,
                                {{"name", text(robot.name)},
                                 {"kind", text(kind)},
                                 {"url", text(robot.url)},
                                 {"secret", text(robot.secret)}});
    if (taken.has_error()) return taken.error();
    if (kind == "wecom")
      robot.kind = notify::RobotKind::wecom;
    else if (kind == "dingtalk")
      robot.kind = notify::RobotKind::dingtalk;
    else if (kind == "feishu")
      robot.kind = notify::RobotKind::feishu;
    else
      return mistake(file, entry, "a robot's kind must be one of {}", "wecom, dingtalk, feishu");
    channels.robots.push_back(std::move(robot));
  }
  return {};
}

Result<> read_actions(std::string const& file, toml::node const& node, std::vector<ServiceCall>& actions) {
  auto const* list = node.as_array();
  if (list == nullptr) return mistake(file, node, "'{}' must be a list of tables", "actions");
  for (auto const& entry : *list) {
    auto const* table = entry.as_table();
    if (table == nullptr) return mistake(file, entry, "'{}' must be a list of tables", "actions");
    ServiceCall call;
    auto const taken = take_all(file, "actions", *table,
                                {{"name", text(call.webhook.name)},
                                 {"url", text(call.webhook.url)},
                                 {"secret", text(call.webhook.secret)},
                                 {"idempotent", flag(call.idempotent)}});
    if (taken.has_error()) return taken.error();
    actions.push_back(std::move(call));
  }
  notify::Channels checked;
  for (auto const& call : actions) checked.webhooks.push_back(call.webhook);
  return notify::check_channels(checked);
}

Result<> read_table(std::string const& file, std::string const& name, toml::node const& node,
                    Configuration& c) {
  if (name == "webhooks") return read_webhooks(file, node, c.channels);
  if (name == "actions") return read_actions(file, node, c.actions);
  if (name == "robots") return read_robots(file, node, c.channels);
  auto const* table = node.as_table();
  if (table == nullptr) return mistake(file, node, "'{}' must be a table", name);
  if (name == "web")
    return take_all(file, name, *table,
                    {{"origin", text(c.origin)},
                     {"certificate_file", text(c.certificate_file)},
                     {"key_file", text(c.key_file)}});
  if (name == "access")
    return take_all(file, name, *table,
                    {{"plain_loopback", flag(c.plain_loopback)},
                     {"unthrottled_loopback", flag(c.unthrottled_loopback)},
                     {"password_memory_mib", number(c.password_cost.memory_bytes, 1 << 20, 1, 1024)},
                     {"password_passes", number(c.password_cost.passes, 1, 1, 20)}});
  if (name == "monitor")
    return take_all(file, name, *table,
                    {{"scrape_interval", duration(c.scrape_interval)},
                     {"retention", duration(c.retention)},
                     {"prometheus_file", text(c.prometheus_file)}});
  if (name == "mail") {
    notify::Smtp smtp;
    auto taken = take_all(file, name, *table,
                          {{"url", text(smtp.url)},
                           {"user", text(smtp.user)},
                           {"password", text(smtp.password)},
                           {"from", text(smtp.from)},
                           {"require_tls", flag(smtp.require_tls)},
                           {"authority_file", text(smtp.authority_file)}});
    if (taken.has_value()) c.channels.smtp = std::move(smtp);
    return taken;
  }
  return mistake(file, node, "'{}' is not a table of the configuration", name);
}

}  // namespace

Result<> read_configuration(std::string const& file, Configuration& configuration) {
  try {
    auto const root = toml::parse_file(file);
    for (auto const& [key, node] : root) {
      auto const taken = read_table(file, std::string(key.str()), node, configuration);
      if (taken.has_error()) return taken.error();
    }
  } catch (toml::parse_error const& error) {
    return refuse(Why::invalid, file + ":" + std::to_string(error.source().begin.line), "{}",
                  error.description());
  }
  configuration.channels.base_url = configuration.origin;
  return notify::check_channels(configuration.channels);
}

Result<std::pair<std::string, std::uint16_t>> parse_listen(std::string const& listen) {
  auto const colon = listen.rfind(':');
  std::uint16_t port = 0;
  if (colon != std::string::npos && colon > 0) {
    auto const [end, error] = std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(), port);
    if (error == std::errc{} && end == listen.data() + listen.size()) {
      auto host = listen.substr(0, colon);
      if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
      return std::pair(host, port);
    }
  }
  return refuse(Why::invalid, "listen", "'{}' must be HOST:PORT, as in 127.0.0.1:8080", listen);
}

}  // namespace yunzhi::app

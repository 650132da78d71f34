#include "app/configuration.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <tuple>

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

Take texts(std::vector<std::string>& into) {
  return [&into](toml::node const& node) {
    auto const* list = node.as_array();
    if (list == nullptr) return false;
    into.clear();
    for (auto const& entry : *list) {
      auto const value = entry.value_exact<std::string>();
      if (!value) return false;
      into.push_back(*value);
    }
    return true;
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

Result<> each_table(std::string const& file, std::string_view name, toml::node const& node,
                    std::function<Result<>(toml::table const&)> const& take) {
  auto const* list = node.as_array();
  if (list == nullptr) return mistake(file, node, "'{}' must be a list of tables", name);
  for (auto const& entry : *list) {
    auto const* table = entry.as_table();
    if (table == nullptr) return mistake(file, entry, "'{}' must be a list of tables", name);
    if (auto taken = take(*table); !taken) return taken;
  }
  return {};
}

Result<> read_webhooks(std::string const& file, toml::node const& node, notify::Channels& channels) {
  return each_table(file, "webhooks", node, [&](toml::table const& table) {
    auto& webhook = channels.webhooks.emplace_back();
    return take_all(
        file, "webhooks", table,
        {{"name", text(webhook.name)}, {"url", text(webhook.url)}, {"secret", text(webhook.secret)}});
  });
}

Result<> read_robots(std::string const& file, toml::node const& node, notify::Channels& channels) {
  return each_table(file, "robots", node, [&](toml::table const& table) -> Result<> {
    auto& robot = channels.robots.emplace_back();
    std::string kind;
    auto const taken = take_all(file, "robots", table,
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
      return mistake(file, table, "a robot's kind must be one of {}", "wecom, dingtalk, feishu");
    return {};
  });
}

Take names(std::vector<std::string>& into) {
  return [&into](toml::node const& node) {
    auto const* list = node.as_array();
    if (list == nullptr) return false;
    for (auto const& entry : *list) {
      auto const value = entry.value_exact<std::string>();
      if (!value || value->empty()) return false;
      into.push_back(*value);
    }
    return true;
  };
}

Result<> read_alert_receivers(std::string const& file, toml::node const& node, notify::Channels& channels) {
  auto const* list = node.as_array();
  if (list == nullptr) return mistake(file, node, "'{}' must be a list of tables", "alert_receivers");
  for (auto const& entry : *list) {
    auto const* table = entry.as_table();
    if (table == nullptr) return mistake(file, entry, "'{}' must be a list of tables", "alert_receivers");
    notify::AlertReceiver receiver;
    auto const taken = take_all(file, "alert_receivers", *table,
                                {{"name", text(receiver.name)},
                                 {"url", text(receiver.url)},
                                 {"secret", text(receiver.secret)},
                                 {"group_by", names(receiver.group_by)},
                                 {"group_wait", duration(receiver.group_wait)},
                                 {"group_interval", duration(receiver.group_interval)},
                                 {"repeat_interval", duration(receiver.repeat_interval)},
                                 {"send_resolved", flag(receiver.send_resolved)}});
    if (taken.has_error()) return taken.error();
    channels.alert_receivers.push_back(std::move(receiver));
  }
  return {};
}

Result<> read_actions(std::string const& file, toml::node const& node, std::vector<ServiceCall>& actions) {
  auto const read = each_table(file, "actions", node, [&](toml::table const& table) {
    auto& call = actions.emplace_back();
    return take_all(file, "actions", table,
                    {{"name", text(call.webhook.name)},
                     {"url", text(call.webhook.url)},
                     {"secret", text(call.webhook.secret)},
                     {"idempotent", flag(call.idempotent)}});
  });
  if (read.has_error()) return read.error();
  notify::Channels checked;
  for (auto const& call : actions) checked.webhooks.push_back(call.webhook);
  return notify::check_channels(checked);
}

Result<> read_syslog(std::string const& file, toml::node const& node,
                     std::vector<monitor::SyslogListen>& all) {
  return each_table(file, "syslog", node, [&](toml::table const& table) -> Result<> {
    monitor::SyslogListen files;
    std::string transport;
    std::string listen;
    auto const taken = take_all(file, "syslog", table,
                                {{"transport", text(transport)},
                                 {"listen", text(listen)},
                                 {"certificate_file", text(files.certificate_file)},
                                 {"key_file", text(files.key_file)},
                                 {"authority_file", text(files.authority_file)}});
    if (taken.has_error()) return taken.error();
    auto place = parse_syslog(transport, listen);
    auto const line = file + ":" + std::to_string(table.source().begin.line);
    if (place.has_error()) return in_file(line, place.error());
    bool const tls = place->transport == monitor::SyslogTransport::tls;
    if (tls && (files.certificate_file.empty() || files.key_file.empty()))
      return refuse(Why::invalid, line, "syslog over TLS needs a certificate_file and a key_file");
    files.transport = place->transport;
    files.host = place->host;
    files.port = place->port;
    all.push_back(std::move(files));
    return {};
  });
}

Result<> read_log_patterns(std::string const& file, toml::node const& node,
                           std::vector<monitor::LogPattern>& patterns) {
  return each_table(file, "log_patterns", node, [&](toml::table const& table) {
    auto& pattern = patterns.emplace_back();
    return take_all(file, "log_patterns", table,
                    {{"name", text(pattern.name)},
                     {"pattern", text(pattern.expression)},
                     {"labels", texts(pattern.labels)}});
  });
}

bool is_of_logs(std::string_view name) {
  return name == "logs" || name == "syslog" || name == "log_patterns";
}

Result<> read_log_table(std::string const& file, std::string const& name, toml::node const& node,
                        monitor::LogOptions& logs) {
  if (name == "syslog") return read_syslog(file, node, logs.syslog);
  if (name == "log_patterns") return read_log_patterns(file, node, logs.patterns);
  auto const* table = node.as_table();
  if (table == nullptr) return mistake(file, node, "'{}' must be a table", name);
  constexpr std::int64_t most_bytes = std::int64_t{1} << 50;
  return take_all(file, name, *table,
                  {{"retention", duration(logs.retention)},
                   {"retention_bytes", number(logs.retention_bytes, 1, 0, most_bytes)},
                   {"utc_offset_minutes", number(logs.zone, 1, -720, 840)},
                   {"syslog_connections", number(logs.syslog_connections, 1, 1, 100'000)},
                   {"syslog_lines_per_second", number(logs.syslog_lines_per_second, 1, 1, 10'000'000)}});
}

// Which names there are is the pack's to say.
Result<> read_exporters(std::string const& file, toml::table const& table,
                        std::map<std::string, std::string>& exporters) {
  for (auto const& [key, node] : table) {
    auto const address = node.value_exact<std::string>();
    if (!address || !parse_listen(*address))
      return mistake(file, node, "the exporter '{}' must be HOST:PORT, as in 127.0.0.1:9116", key.str());
    exporters[std::string(key.str())] = *address;
  }
  return {};
}

Result<> read_table(std::string const& file, std::string const& name, toml::node const& node,
                    Configuration& c) {
  if (name == "webhooks") return read_webhooks(file, node, c.channels);
  if (name == "actions") return read_actions(file, node, c.actions);
  if (name == "alert_receivers") return read_alert_receivers(file, node, c.channels);
  if (name == "robots") return read_robots(file, node, c.channels);
  if (is_of_logs(name)) return read_log_table(file, name, node, c.logs);
  auto const* table = node.as_table();
  if (table == nullptr) return mistake(file, node, "'{}' must be a table", name);
  if (name == "exporters") return read_exporters(file, *table, c.exporters);
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
                     {"heartbeat_url", text(c.heartbeat_url)},
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

using TakeTable = std::function<Result<>(std::string const&, toml::node const&)>;

Result<> read_tables(std::string const& file, TakeTable const& take) {
  try {
    auto const root = toml::parse_file(file);
    for (auto const& [key, node] : root) {
      auto const taken = take(std::string(key.str()), node);
      if (taken.has_error()) return taken.error();
    }
  } catch (toml::parse_error const& error) {
    return refuse(Why::invalid, file + ":" + std::to_string(error.source().begin.line), "{}",
                  error.description());
  }
  return {};
}

}  // namespace

Result<> read_configuration(std::string const& file, Configuration& configuration) {
  auto const read = read_tables(file, [&](std::string const& name, toml::node const& node) {
    return read_table(file, name, node, configuration);
  });
  if (read.has_error()) return read.error();
  configuration.channels.base_url = configuration.origin;
  auto const& heartbeat = configuration.heartbeat_url;
  if (!heartbeat.empty() && !heartbeat.starts_with("http://") && !heartbeat.starts_with("https://"))
    return refuse(Why::invalid, "/monitor/heartbeat_url", "must begin with {} or {}", "http://", "https://");
  return notify::check_channels(configuration.channels);
}

Result<> read_log_configuration(std::string const& file, monitor::LogOptions& options) {
  return read_tables(file, [&](std::string const& name, toml::node const& node) -> Result<> {
    if (is_of_logs(name)) return read_log_table(file, name, node, options);
    return mistake(file, node, "'{}' is not a table of the configuration", name);
  });
}

Result<monitor::SyslogListen> parse_syslog(std::string const& transport, std::string const& listen) {
  monitor::SyslogListen place;
  if (transport == "udp")
    place.transport = monitor::SyslogTransport::udp;
  else if (transport == "tcp")
    place.transport = monitor::SyslogTransport::tcp;
  else if (transport == "tls")
    place.transport = monitor::SyslogTransport::tls;
  else
    return refuse(Why::invalid, "transport", "syslog comes by one of {}", "udp, tcp, tls");
  auto const address = parse_listen(listen);
  if (address.has_error()) return address.error();
  std::tie(place.host, place.port) = *address;
  return place;
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

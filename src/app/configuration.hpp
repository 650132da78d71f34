// Everything a server is told at its start: the command line, and a TOML file for what seldom changes.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "access/access.hpp"
#include "monitor/log_options.hpp"
#include "notify/channels.hpp"

namespace yunzhi::app {

/// A service that processes may call: signed like a webhook.
struct ServiceCall {
  notify::Webhook webhook;
  bool idempotent = false;  ///< whether a second call with the same webhook-id does no harm
};

struct Configuration {
  std::string data = "data";
  std::string listen = "127.0.0.1:8080";
  std::string pack;      ///< folder; empty: the standard pack inside the program
  std::string database;  ///< postgresql://…; empty: SQLite in the data folder
  std::string exporter;  ///< host:port of this machine's exporter, registered as the first system
  bool demo = false;

  std::string origin;  ///< https://yunzhi.example.org, as people type it
  std::string certificate_file, key_file;
  bool plain_loopback = true;
  bool unthrottled_loopback = false;
  access::PasswordCost password_cost;
  Milliseconds scrape_interval{15'000};
  Milliseconds retention = std::chrono::days{30};
  std::string heartbeat_url;    ///< called every minute while the monitoring works; empty: nobody is
  std::string prometheus_file;  ///< whose remote_write, remote_read and external_labels count; empty: none
  std::map<std::string, std::string> exporters;  ///< host:port by name: those that ask many systems
  notify::Channels channels;
  std::vector<ServiceCall> actions;  ///< what service tasks can call, by `webhook:<name>`
  monitor::LogOptions logs = [] {
    monitor::LogOptions usual;
    usual.zone = std::chrono::hours{8};
    return usual;
  }();
};

/// Reads a TOML file into the configuration. A key nobody knows or a value of the wrong kind is refused with
/// its line.
Result<> read_configuration(std::string const& file, Configuration& configuration);

/// The same of a file with the tables of logs alone: logs, syslog and log_patterns.
Result<> read_log_configuration(std::string const& file, monitor::LogOptions& options);

/// "udp", "tcp" or "tls" and an address, as one place where syslog is taken.
Result<monitor::SyslogListen> parse_syslog(std::string const& transport, std::string const& listen);

/// "127.0.0.1:8080" or "[::1]:8080" as host and port.
Result<std::pair<std::string, std::uint16_t>> parse_listen(std::string const& listen);

}  // namespace yunzhi::app

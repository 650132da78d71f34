// The ways out of the house, as the configuration names them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"

namespace yunzhi::notify {

struct Smtp {
  std::string url;   ///< smtp://host:25 or smtps://host:465
  std::string user;  ///< empty: no login
  std::string password;
  std::string from;  ///< sender's address
  bool require_tls = false;
  std::string authority_file;  ///< PEM of the certificate authority; empty: the system's
};

/// Standard Webhooks (standardwebhooks.com): signed with HMAC-SHA256.
struct Webhook {
  std::string name;
  std::string url;
  std::string secret;  ///< "whsec_" and base64, or plain text
};

enum class RobotKind { wecom, dingtalk, feishu };

/// A group robot of 企业微信, 钉钉 or 飞书.
struct Robot {
  std::string name;
  RobotKind kind = RobotKind::wecom;
  std::string url;
  std::string secret;  ///< for the signature of DingTalk and Feishu; empty: none
};

/// Somebody who takes groups of alerts as an Alertmanager sends them (<webhook_config>). Defaults are
/// Alertmanager's.
struct AlertReceiver {
  std::string name;
  std::string url;
  std::string secret;                                  ///< sent as `Authorization: Bearer …`; empty: none
  std::vector<std::string> group_by;                   ///< labels; empty: all alerts in one group
  Milliseconds group_wait = std::chrono::seconds{30};  ///< before a new group is told of
  Milliseconds group_interval = std::chrono::minutes{5};  ///< between two messages of a group that changes
  Milliseconds repeat_interval = std::chrono::hours{4};   ///< between two of one that does not
  bool send_resolved = true;
};

struct Channels {
  std::optional<Smtp> smtp;
  std::vector<Webhook> webhooks;
  std::vector<Robot> robots;
  std::vector<AlertReceiver> alert_receivers;
  std::string base_url;            ///< "https://yunzhi.example.org", in front of links
  std::string language = "zh-CN";  ///< of messages to webhooks and robots
};

/// Addresses with http or https (smtp or smtps), senders and names that are there and differ.
Result<> check_channels(Channels const& channels);

/// Whether a text can be an e-mail address and cannot break out of a header or a command line.
bool is_address(std::string_view text);

}  // namespace yunzhi::notify

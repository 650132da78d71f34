// What exactly goes out over each channel: the bytes of an e-mail, the signed request of a webhook, the JSON
// of a robot. Pure: the time and the id are arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/json.hpp"
#include "notify/channels.hpp"

namespace yunzhi::notify {

/// A message as it is said: rendered, links complete.
struct Rendered {
  std::string kind;
  std::string title;
  std::string body;
  std::string href;
};

json::object to_json(Rendered const& rendered);
Rendered rendered_from(json::object const& object);

/// An HTTP POST to make.
struct HttpParcel {
  std::string url;
  std::vector<std::string> headers;
  std::string body;
};

/// A whole RFC 5322 message. The Message-ID follows from the id, so that a second try is the same message.
std::string email_text(Rendered const& rendered, std::string_view id, std::string_view from,
                       std::string_view to, Instant now);
HttpParcel webhook_parcel(Webhook const& webhook, Rendered const& rendered, std::string_view id, Instant now);
/// The same for anything that happened, with its own data.
HttpParcel webhook_parcel(Webhook const& webhook, std::string_view kind, json::object data,
                          std::string_view id, Instant now);
/// A group of alerts; the body is the rendered one as it is.
HttpParcel alerts_parcel(AlertReceiver const& receiver, Rendered const& rendered);
HttpParcel robot_parcel(Robot const& robot, Rendered const& rendered, Instant now);

/// Empty when the robot took the message, else what it said: robots answer 200 whatever happens.
std::string robot_complaint(RobotKind kind, std::string_view answer);

std::string hmac_sha256(std::string_view key, std::string_view text);
std::string base64(std::string_view bytes);

}  // namespace yunzhi::notify

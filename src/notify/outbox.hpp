// What still has to leave the house. Rows are written with the command that causes them, so a message is
// sent when, and only when, the command is stored.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notify/parcel.hpp"
#include "store/store.hpp"

namespace yunzhi::notify {

/// `alerts` carries groups of alerts to an AlertReceiver; the body of the message is what is sent.
enum class Channel { email, webhook, robot, alerts };

std::string_view channel_name(Channel channel);

/// A message waiting to be sent.
struct Due {
  std::string id;
  Channel channel = Channel::email;
  std::string target;  ///< address, or the channel's name in the configuration
  Rendered rendered;
  std::int64_t attempts = 0;
};

/// How an attempt ended.
struct Outcome {
  bool sent = false;
  bool final = false;  ///< not sent, and trying again is of no use
  std::string text;    ///< for the trace people read
};

/// Gives the id by which the message is found in the outbox.
std::string put(store::Edit& edit, Channel channel, std::string_view target, Rendered const& rendered);
/// The messages due now, oldest first, at most `each` to one receiver, so that none stands in the way of the
/// others. All mail goes to one server and counts as one receiver.
std::vector<Due> due(store::Reader& reader, Instant now, std::size_t most, std::size_t each);
std::optional<Instant> next_due(store::Reader& reader);

/// Writes down an attempt: sent, dead after too many, or due again later. `luck` in [0, 1) spreads retries.
void settle(store::Edit& edit, std::string_view id, Outcome const& outcome, double luck);

/// How long to wait after that many failed attempts; nothing when it is enough.
std::optional<Milliseconds> wait_after(std::int64_t attempts, double luck);

}  // namespace yunzhi::notify

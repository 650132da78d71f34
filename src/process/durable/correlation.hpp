// Messages and signals between kept processes: who waits for one, and messages nobody waited for yet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "process/durable/outcome.hpp"
#include "store/store.hpp"

namespace yunzhi::process {

/// Where a message or signal goes: a token that waits for it.
struct Receiver {
  std::string instance;
  TokenId token = no_token;
  std::string element;
};

/// The key of a message as it is compared: a number and a text that read the same are the same. Nothing for
/// none.
std::optional<std::string> correlation_of(json::value const& key);

void insert_subscription(store::Edit& edit, std::string_view instance, TokenId token,
                         std::string_view element, std::string_view kind, std::string_view name,
                         json::value const& key);
/// Those of a token, of one of its events, or of all tokens of the instance.
void end_subscriptions(store::Edit& edit, std::string_view instance, TokenId token, std::string_view element);
void end_subscriptions(store::Edit& edit, std::string_view instance);

/// Who has waited longest for the message: with its key, or without any. A message without a key reaches
/// only those who ask for none. Suspended processes do not receive.
std::optional<Receiver> receiver_of(store::Reader& reader, std::string_view name, json::value const& key);
/// Instances waiting for the signal, behind the instance id `after`, by id.
std::vector<std::string> waiting_for_signal(store::Reader& reader, std::string_view name,
                                            std::string_view after, std::size_t limit);
/// What the instance waits for, as when it began to.
std::vector<Awaiting> awaited_messages(store::Reader& reader, std::string_view instance);

/// Keeps a message until somebody comes to wait for it, for at most limits::message_days.
void keep_message(store::Edit& edit, Sent const& message);
/// Takes the oldest kept message that fits, when there is one.
std::optional<Sent> take_message(store::Edit& edit, Awaiting const& awaiting);

}  // namespace yunzhi::process

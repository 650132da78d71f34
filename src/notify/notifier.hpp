// Tells people: in the application at once, by e-mail, webhooks and robots through the outbox. All rows are
// written in the command's own transaction; live pages hear of it after the commit.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "notify/channels.hpp"
#include "notify/hub.hpp"
#include "notify/message.hpp"
#include "store/store.hpp"

namespace yunzhi::notify {

/// How somebody is reached.
struct Contact {
  std::string language;  ///< empty: the channels' language
  std::string email;     ///< empty: none
};
using AddressBook = std::function<Contact(store::Reader&, std::string_view person)>;

/// One way by which a message goes to somebody.
struct Told {
  std::string person;   ///< empty for webhooks and robots
  std::string channel;  ///< "application", or the outbox's: "email", "webhook", "robot", "alerts"
  std::string target;   ///< address or name of the channel; empty in the application
  std::string id;       ///< of the notification or of the message in the outbox; empty: not sent
  std::string reason;   ///< why it was not sent
};

class Notifier {
 public:
  Notifier(Channels channels, Catalogue catalogue, AddressBook contacts, Hub& hub);

  /// Each person once, however often the list names them. Webhooks and robots get the message once. Gives
  /// each way that was taken, or why one to a person could not be.
  std::vector<Told> notify(store::Edit& edit, std::vector<std::string> const& people, Message const& message);
  /// Called after a commit that left something to send.
  void on_outbox(std::function<void()> wake) { wake_ = std::move(wake); }

  [[nodiscard]] Channels const& channels() const { return channels_; }
  [[nodiscard]] Catalogue const& catalogue() const { return catalogue_; }
  [[nodiscard]] Hub& hub() { return hub_; }

 private:
  void tell(store::Edit& edit, std::string const& person, Message const& message, std::vector<Told>& told);

  Channels channels_;
  Catalogue catalogue_;
  AddressBook contacts_;
  Hub& hub_;
  std::function<void()> wake_;
};

}  // namespace yunzhi::notify

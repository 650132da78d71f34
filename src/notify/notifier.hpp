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

class Notifier {
 public:
  Notifier(Channels channels, Catalogue catalogue, AddressBook contacts, Hub& hub);

  /// Each person once, however often the list names them. Webhooks and robots get the message once.
  void notify(store::Edit& edit, std::vector<std::string> const& people, Message const& message);
  /// Called after a commit that left something to send.
  void on_outbox(std::function<void()> wake) { wake_ = std::move(wake); }

  [[nodiscard]] Channels const& channels() const { return channels_; }
  [[nodiscard]] Catalogue const& catalogue() const { return catalogue_; }
  [[nodiscard]] Hub& hub() { return hub_; }

 private:
  void tell(store::Edit& edit, std::string const& person, Message const& message);

  Channels channels_;
  Catalogue catalogue_;
  AddressBook contacts_;
  Hub& hub_;
  std::function<void()> wake_;
};

}  // namespace yunzhi::notify

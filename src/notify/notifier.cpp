#include "notify/notifier.hpp"

#include <set>

#include "base/id.hpp"
#include "notify/outbox.hpp"

namespace yunzhi::notify {
namespace {

Rendered render(Message const& message, Catalogue const& catalogue, std::string_view language,
                std::string_view base_url) {
  auto const link =
      message.href.empty() || base_url.empty() ? std::string() : std::string(base_url) + message.href;
  return {message.kind, catalogue.render(message.title, language), catalogue.render(message.body, language),
          link};
}

}  // namespace

Notifier::Notifier(Channels channels, Catalogue catalogue, AddressBook contacts, Hub& hub)
    : channels_(std::move(channels)),
      catalogue_(std::move(catalogue)),
      contacts_(std::move(contacts)),
      hub_(hub) {}

std::vector<Told> Notifier::notify(store::Edit& edit, std::vector<std::string> const& people,
                                   Message const& message) {
  std::vector<Told> told;
  std::set<std::string> const each(people.begin(), people.end());
  for (auto const& person : each)
    if (!person.empty() && !person.starts_with("system:")) tell(edit, person, message, told);
  auto const common = render(message, catalogue_, channels_.language, channels_.base_url);
  auto const send = [&](Channel channel, std::string const& name) {
    told.push_back({{}, std::string(channel_name(channel)), name, put(edit, channel, name, common), {}});
  };
  for (auto const& webhook : channels_.webhooks) send(Channel::webhook, webhook.name);
  for (auto const& robot : channels_.robots) send(Channel::robot, robot.name);
  bool const sends = channels_.smtp || !channels_.webhooks.empty() || !channels_.robots.empty();
  if (sends && wake_) edit.after_commit(wake_);
  return told;
}

void Notifier::tell(store::Edit& edit, std::string const& person, Message const& message,
                    std::vector<Told>& told) {
  auto const id = new_id(edit.now());
  edit.run(
      "insert into notification (id, person, at, kind, title, title_arguments, body, body_arguments, href) "
      "values (:id, :person, :at, :kind, :title, :title_arguments, :body, :body_arguments, :href)",
      id, person, edit.now(), message.kind, message.title.text, pack_arguments(message.title.arguments),
      message.body.text, pack_arguments(message.body.arguments), message.href);
  auto const contact = contacts_ ? contacts_(edit, person) : Contact();
  auto const language = contact.language.empty() ? channels_.language : contact.language;
  told.push_back({person, "application", {}, id, {}});
  if (channels_.smtp && is_address(contact.email))
    told.push_back(
        {person,
         "email",
         contact.email,
         put(edit, Channel::email, contact.email, render(message, catalogue_, language, channels_.base_url)),
         {}});
  else if (channels_.smtp)
    told.push_back({person, "email", contact.email, {}, "the person has no e-mail address"});
  if (hub_.listeners() == 0) return;
  json::object data{{"id", id},
                    {"at", format_instant(edit.now())},
                    {"kind", message.kind},
                    {"title", catalogue_.render(message.title, language)},
                    {"body", catalogue_.render(message.body, language)},
                    {"href", message.href},
                    {"read", false}};
  edit.after_commit(
      [this, event = Event{"notification", std::move(data), {person}, {}, {}, {}}] { hub_.publish(event); });
}

}  // namespace yunzhi::notify

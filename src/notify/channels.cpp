#include "notify/channels.hpp"

#include <algorithm>
#include <set>

namespace yunzhi::notify {
namespace {

bool begins(std::string_view url, std::string_view plain, std::string_view secure) {
  return url.starts_with(plain) || url.starts_with(secure);
}

}  // namespace

bool is_address(std::string_view text) {
  auto const at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.size() > 254) return false;
  return std::all_of(text.begin(), text.end(), [](char one) {
    return one > ' ' && one < '\x7f' && std::string_view("<>()[],;:\\\"").find(one) == std::string_view::npos;
  });
}

Result<> check_channels(Channels const& channels) {
  if (channels.smtp) {
    if (!begins(channels.smtp->url, "smtp://", "smtps://"))
      return refuse(Why::invalid, "/smtp/url", "must begin with {} or {}", "smtp://", "smtps://");
    if (!is_address(channels.smtp->from))
      return refuse(Why::invalid, "/smtp/from", "must be an e-mail address");
  }
  std::set<std::string> names;
  auto const check = [&](std::string const& name, std::string const& url) -> Result<> {
    if (name.empty() || !names.insert(name).second)
      return refuse(Why::invalid, "/webhooks", "each channel needs a name of its own");
    if (!begins(url, "http://", "https://"))
      return refuse(Why::invalid, "/webhooks", "must begin with {} or {}", "http://", "https://");
    return {};
  };
  for (auto const& webhook : channels.webhooks)
    if (auto fit = check(webhook.name, webhook.url); !fit) return fit;
  for (auto const& robot : channels.robots)
    if (auto fit = check(robot.name, robot.url); !fit) return fit;
  for (auto const& receiver : channels.alert_receivers)
    if (auto fit = check(receiver.name, receiver.url); !fit) return fit;
  return {};
}

}  // namespace yunzhi::notify

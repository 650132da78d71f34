#include "notify/channels.hpp"

#include <doctest/doctest.h>

using namespace yunzhi::notify;

TEST_CASE("an address cannot break out of a header or a command") {
  CHECK(is_address("zhang.wei@hospital.test"));
  for (auto const* text : {"", "x", "@x", "x@", "a b@x", "a@x\r\nRCPT TO:<b@y>", "<a@x>", "a,b@x", "a@x;b"})
    CHECK_FALSE(is_address(text));
}

TEST_CASE("channels need addresses of their kind and names of their own") {
  Channels channels;
  CHECK(check_channels(channels).has_value());
  channels.webhooks = {{"a", "https://a.test", "s"}, {"b", "ftp://b.test", "s"}};
  CHECK(check_channels(channels).has_error());
  channels.webhooks[1] = {"a", "https://b.test", "s"};
  CHECK(check_channels(channels).has_error());
  channels.webhooks.pop_back();
  channels.smtp = Smtp{"smtp://mail.test", "", "", "nobody", false, ""};
  CHECK(check_channels(channels).has_error());
  channels.smtp->from = "yunzhi@mail.test";
  CHECK(check_channels(channels).has_value());
}

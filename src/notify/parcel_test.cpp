#include "notify/parcel.hpp"

#include <doctest/doctest.h>

#include "base/digest.hpp"

using namespace yunzhi;
using namespace yunzhi::notify;

namespace {
Instant const now = from_ms(1'614'265'330'000);
bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}
}  // namespace

TEST_CASE("a group of alerts goes out as it is, with the receiver's bearer token when it has one") {
  AlertReceiver receiver;
  receiver.url = "https://desk.test/alerts";
  Rendered rendered;
  rendered.body = "{}";
  CHECK(alerts_parcel(receiver, rendered).headers ==
        std::vector<std::string>{"Content-Type: application/json"});
  receiver.secret = "s3cret";
  auto const parcel = alerts_parcel(receiver, rendered);
  CHECK(parcel.headers.back() == "Authorization: Bearer s3cret");
  CHECK(parcel.url == "https://desk.test/alerts");
  CHECK(parcel.body == "{}");
}

TEST_CASE("the MAC and the base64 are those of RFC 4231 and RFC 4648") {
  CHECK(hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("fooba") == "Zm9vYmE=");
}

TEST_CASE("a webhook is signed over id, time and body with the decoded secret") {
  auto const parcel = webhook_parcel({"w", "https://x.test", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
                                     {"task.assigned", "Title", "Body", ""}, "msg_1", now);
  auto const key = std::string(
      "\x31\xf2\x90\xf6\xbf\x06\x29\x8a\xab\x4f\x08\xd4\x3c\x3f\x08\x2c\xf6\x48\xa3\x62\xda\x2d\xa4\xb0", 24);
  CHECK(parcel.headers[1] == "webhook-id: msg_1");
  CHECK(parcel.headers[2] == "webhook-timestamp: 1614265330");
  CHECK(parcel.headers[3] ==
        "webhook-signature: v1," + base64(hmac_sha256(key, "msg_1.1614265330." + parcel.body)));
  CHECK(contains(parcel.body, R"("type":"task.assigned")"));
}

TEST_CASE("an e-mail keeps its Message-ID and lets nothing out of its headers") {
  Rendered const rendered{"k", "故障\r\nBcc: <evil@x.test>", "正文", "https://y.test/incidents/1"};
  auto const text = email_text(rendered, "0190", "yunzhi@hospital.test", "zhang@hospital.test", now);
  CHECK(contains(text, "Message-ID: <0190@hospital.test>\r\n"));
  CHECK(contains(text, "Date: Thu, 25 Feb 2021 15:02:10 +0000\r\n"));
  CHECK_FALSE(contains(text, "Bcc:"));
  CHECK(contains(text, "Subject: =?UTF-8?B?"));
}

TEST_CASE("a long Chinese subject is folded between characters") {
  std::string title;
  for (int i = 0; i < 60; ++i) title += "障";
  auto const text = email_text({"k", title, "", ""}, "1", "a@b.c", "d@e.f", now);
  std::size_t begin = 0;
  for (auto end = text.find("\r\n"); end != std::string::npos;
       begin = end + 2, end = text.find("\r\n", begin))
    CHECK(end - begin <= 78);
  // 42 bytes are 14 whole characters of three bytes.
  CHECK(contains(text, "=?UTF-8?B?" + base64(title.substr(0, 42)) + "?=\r\n =?UTF-8?B?"));
}

TEST_CASE("robots get their own shapes and signatures") {
  Rendered const rendered{"k", "标题", "正文", ""};
  CHECK(contains(robot_parcel({"r", RobotKind::wecom, "https://w.test/?key=1", ""}, rendered, now).body,
                 "msgtype"));
  auto const ding =
      robot_parcel({"r", RobotKind::dingtalk, "https://d.test/?access_token=1", "SEC"}, rendered, now);
  CHECK(contains(ding.url, "&timestamp=1614265330000&sign="));
  auto const feishu = robot_parcel({"r", RobotKind::feishu, "https://f.test", "SEC"}, rendered, now);
  CHECK(contains(feishu.body, "\"sign\":\"" + base64(hmac_sha256("1614265330\nSEC", "")) + "\""));
}

TEST_CASE("a robot that answers 200 with an error did not take the message") {
  CHECK(robot_complaint(RobotKind::wecom, R"({"errcode":0,"errmsg":"ok"})").empty());
  CHECK_FALSE(
      robot_complaint(RobotKind::dingtalk, R"({"errcode":310000,"errmsg":"sign not match"})").empty());
  CHECK(robot_complaint(RobotKind::feishu, R"({"code":0,"msg":"success"})").empty());
  CHECK(robot_complaint(RobotKind::feishu, R"({"StatusCode":0})").empty());
  CHECK_FALSE(robot_complaint(RobotKind::feishu, "<html>").empty());
}

#include "notify/parcel.hpp"

#include <chrono>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace yunzhi::notify {
namespace {

std::string seconds_of(Instant now) {
  return std::to_string(to_ms(now) / 1000);
}

std::string from_base64(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  int const size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<unsigned char const*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return {};
  auto const padding = static_cast<std::size_t>(text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0);
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

// "whsec_" marks a key in base64; everything else is the key itself.
std::string webhook_key(std::string_view secret) {
  constexpr std::string_view mark = "whsec_";
  return secret.starts_with(mark) ? from_base64(secret.substr(mark.size())) : std::string(secret);
}

std::string url_encoded(std::string_view text) {
  std::string encoded;
  for (char const one : text) {
    bool const plain = (one >= 'a' && one <= 'z') || (one >= 'A' && one <= 'Z') || (one >= '0' && one <= '9');
    encoded += plain ? std::string(1, one) : fmt::format("%{:02X}", static_cast<unsigned char>(one));
  }
  return encoded;
}

std::string mail_date(Instant now) {
  using namespace std::chrono;
  constexpr std::string_view weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const day = floor<days>(now);
  year_month_day const date{day};
  hh_mm_ss const time{floor<seconds>(now - day)};
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", weekdays[weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

// RFC 2047: words of at most 75 characters, none of which cuts a UTF-8 character.
std::string mail_subject(std::string_view text) {
  constexpr std::size_t word_bytes = 42;
  std::string encoded;
  while (!text.empty()) {
    auto size = std::min(text.size(), word_bytes);
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    encoded += (encoded.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return encoded;
}

std::string mail_lines(std::string_view encoded) {
  constexpr std::size_t line = 76;
  std::string lines;
  for (std::size_t i = 0; i < encoded.size(); i += line)
    lines += std::string(encoded.substr(i, line)) + "\r\n";
  return lines;
}

std::string plain_text(Rendered const& rendered) {
  auto text = rendered.title;
  if (!rendered.body.empty()) text += "\n" + rendered.body;
  if (!rendered.href.empty()) text += "\n" + rendered.href;
  return text;
}

}  // namespace

json::object to_json(Rendered const& rendered) {
  return {
      {"kind", rendered.kind}, {"title", rendered.title}, {"body", rendered.body}, {"href", rendered.href}};
}

Rendered rendered_from(json::object const& object) {
  return {text_of(object, "kind"), text_of(object, "title"), text_of(object, "body"),
          text_of(object, "href")};
}

std::string base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  int const size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<unsigned char const*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  std::string mac(32, '\0');
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<unsigned char const*>(text.data()), text.size(),
       reinterpret_cast<unsigned char*>(mac.data()), &size);
  return mac;
}

std::string email_text(Rendered const& rendered, std::string_view id, std::string_view from,
                       std::string_view to, Instant now) {
  auto const domain = from.substr(from.rfind('@') + 1);
  return fmt::format(
      "From: <{}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {}\r\nMessage-ID: <{}@{}>\r\nAuto-Submitted: "
      "auto-generated\r\n"
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
      "base64\r\n\r\n{}",
      from, to, mail_subject(rendered.title), mail_date(now), id, domain,
      mail_lines(base64(plain_text(rendered))));
}

HttpParcel webhook_parcel(Webhook const& webhook, Rendered const& rendered, std::string_view id,
                          Instant now) {
  auto data = to_json(rendered);
  data.erase("kind");
  return webhook_parcel(webhook, rendered.kind, std::move(data), id, now);
}

HttpParcel webhook_parcel(Webhook const& webhook, std::string_view kind, json::object data,
                          std::string_view id, Instant now) {
  auto const body = json::serialize(
      json::object{{"type", kind}, {"timestamp", format_instant(now)}, {"data", std::move(data)}});
  auto const timestamp = seconds_of(now);
  auto const signature =
      base64(hmac_sha256(webhook_key(webhook.secret), fmt::format("{}.{}.{}", id, timestamp, body)));
  return {webhook.url,
          {"Content-Type: application/json", fmt::format("webhook-id: {}", id),
           "webhook-timestamp: " + timestamp, "webhook-signature: v1," + signature},
          body};
}

HttpParcel alerts_parcel(AlertReceiver const& receiver, Rendered const& rendered) {
  HttpParcel parcel{receiver.url, {"Content-Type: application/json"}, rendered.body};
  if (!receiver.secret.empty()) parcel.headers.push_back("Authorization: Bearer " + receiver.secret);
  return parcel;
}

HttpParcel robot_parcel(Robot const& robot, Rendered const& rendered, Instant now) {
  HttpParcel parcel{robot.url, {"Content-Type: application/json"}, {}};
  json::object body;
  // Plain text: what people wrote must not become a link or an image.
  if (robot.kind == RobotKind::wecom) {
    body = {{"msgtype", "text"}, {"text", json::object{{"content", plain_text(rendered)}}}};
  } else if (robot.kind == RobotKind::dingtalk) {
    body = {{"msgtype", "text"}, {"text", json::object{{"content", plain_text(rendered)}}}};
    if (!robot.secret.empty()) {
      auto const at = std::to_string(to_ms(now));
      auto const sign = base64(hmac_sha256(robot.secret, at + "\n" + robot.secret));
      parcel.url += (robot.url.find('?') == std::string::npos ? "?" : "&") +
                    fmt::format("timestamp={}&sign={}", at, url_encoded(sign));
    }
  } else {
    body = {{"msg_type", "text"}, {"content", json::object{{"text", plain_text(rendered)}}}};
    if (!robot.secret.empty()) {
      auto const at = seconds_of(now);
      body["timestamp"] = at;
      body["sign"] = base64(hmac_sha256(at + "\n" + robot.secret, ""));
    }
  }
  parcel.body = json::serialize(body);
  return parcel;
}

std::string robot_complaint(RobotKind kind, std::string_view answer) {
  auto const value = parse_json(answer);
  if (!value || !value->is_object()) return "the robot's answer is no JSON object";
  auto const& object = value->as_object();
  auto const* code = object.if_contains(kind == RobotKind::feishu ? "code" : "errcode");
  if (code == nullptr) code = object.if_contains("StatusCode");
  if (code != nullptr && code->is_int64() && code->as_int64() == 0) return {};
  auto const said = text_of(object, kind == RobotKind::feishu ? "msg" : "errmsg");
  return "the robot refused: " + said.substr(0, 200);
}

}  // namespace yunzhi::notify

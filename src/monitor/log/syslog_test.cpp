#include "monitor/log/syslog.hpp"

#include <doctest/doctest.h>

#include "base/instant.hpp"
#include "monitor/log/syslog_framer.hpp"

using namespace yunzhi;
using namespace yunzhi::monitor;

namespace {

std::int64_t ms(std::string_view text) {
  return to_ms(parse_instant(text).value());
}

SyslogMessage read(std::string_view bytes, std::chrono::minutes zone = {}, LogLimits const& limits = {}) {
  return read_syslog(bytes, {"192.0.2.7", ms("2026-01-01T00:10:00Z"), zone}, limits);
}

std::vector<std::string> cut(std::string_view bytes, std::size_t piece, std::size_t line_bytes = 100) {
  SyslogFramer framer(line_bytes);
  std::vector<std::string> messages;
  auto const take = [&](std::string_view message) { messages.emplace_back(message); };
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size())))
    framer.feed(bytes.substr(0, piece), take);
  framer.end(take);
  return messages;
}

}  // namespace

TEST_CASE("a message of RFC 5424 is taken apart, its structured data become labels") {
  auto const [line, whole] = read(
      "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog 812 ID47 "
      "[exampleSDID@32473 iut=\"3\" eventSource=\"App\\\"li\\]c\\\\ation\"][examplePriority@32473 "
      "class=\"high\"] "
      "\xef\xbb\xbf"
      "An application event log entry...");
  CHECK(whole);
  CHECK(line.at == ms("2003-10-11T22:14:15.003Z"));
  CHECK(line.level == LogLevel::notice);
  CHECK(line.host == "mymachine.example.com");
  CHECK(line.app == "evntslog");
  CHECK(line.message == "An application event log entry...");
  CHECK(line.labels == Labels{{"facility", "local4"},
                              {"procid", "812"},
                              {"msgid", "ID47"},
                              {"exampleSDID@32473.iut", "3"},
                              {"exampleSDID@32473.eventSource", "App\"li]c\\ation"},
                              {"examplePriority@32473.class", "high"}});
}

TEST_CASE("what a message of RFC 5424 leaves open is the sender's address and the present") {
  auto const [line, whole] = read("<0>1 - - - - - -");
  CHECK(whole);
  CHECK(line.at == ms("2026-01-01T00:10:00Z"));
  CHECK(line.level == LogLevel::emergency);
  CHECK(line.host == "192.0.2.7");
  CHECK(line.app.empty());
  CHECK(line.message.empty());
  CHECK(line.labels == Labels{{"facility", "kern"}});
}

TEST_CASE("a message of RFC 3164 gets the year nearest to now and its time in the configured zone") {
  auto const utc = read("<34>Dec 31 23:59:15 mymachine su[77]: 'su root' failed\n");
  CHECK(utc.whole);
  CHECK(utc.line.at == ms("2025-12-31T23:59:15Z"));
  CHECK(utc.line.level == LogLevel::critical);
  CHECK(utc.line.host == "mymachine");
  CHECK(utc.line.app == "su");
  CHECK(utc.line.labels.get("procid") == "77");
  CHECK(utc.line.message == "'su root' failed");
  auto const shanghai = read("<34>Jan  1 08:09:00 mymachine su: x", std::chrono::hours(8));
  CHECK(shanghai.line.at == ms("2026-01-01T00:09:00Z"));
}

TEST_CASE("devices leave out the host, the tag, or write their time in full") {
  auto const no_host = read("<13>Jan  1 00:00:00 cron[9]: ran").line;
  CHECK(no_host.host == "192.0.2.7");
  CHECK(no_host.app == "cron");
  CHECK(no_host.message == "ran");
  auto const no_tag = read("<13>Jan  1 00:00:00 sw1 port 7 is down").line;
  CHECK(no_tag.host == "sw1");
  CHECK(no_tag.app.empty());
  CHECK(no_tag.message == "port 7 is down");
  auto const full = read("<13>2026-01-01T08:00:00+08:00 sw1 app: up").line;
  CHECK(full.at == ms("2026-01-01T00:00:00Z"));
  CHECK(full.app == "app");
}

TEST_CASE("what keeps to no form is kept as a whole and told apart") {
  for (std::string const text :
       {"no priority at all", "<13>1 yesterday host app - - - x", "<13>1 - host app - -",
        "<13>1 - h a - - [x y=1] m", "<13>1 - h a - - [x y=\"1\" m", "<13>1 - h a - - [=] m",
        "<13>1 - h a - - -m", "<13>Feb 30 00:00:00 h a: b", "<13>Jan  1 00:61:00 h a: b"}) {
    CAPTURE(text);
    auto const [line, whole] = read(text);
    CHECK_FALSE(whole);
    CHECK(line.level == LogLevel::notice);
    CHECK(line.host == "192.0.2.7");
    CHECK(line.at == ms("2026-01-01T00:10:00Z"));
    CHECK(line.message == (text.starts_with('<') ? text.substr(4) : text));
    CHECK(line.labels == Labels{{"facility", "user"}});
  }
  CHECK(read("<192>x").line.message == "<192>x");
  CHECK(read("<>x").line.message == "<>x");
  CHECK(read("<1x>x").line.message == "<1x>x");
}

TEST_CASE("limits cut what is too long or too much, between characters") {
  LogLimits limits;
  limits.labels = 2;
  limits.value_bytes = 5;
  limits.word_bytes = 4;
  auto const many = read("<14>1 - hostname app - - [a b=\"磁盘\" c=\"1\" d=\"2\"] m", {}, limits);
  CHECK_FALSE(many.whole);
  CHECK(many.line.host == "host");
  CHECK(many.line.labels == Labels{{"a.b", "磁"}, {"a.c", "1"}});
  limits.line_bytes = 20;
  auto const longer = read("<14>1 - h a - - - 0123456789", {}, limits);
  CHECK_FALSE(longer.whole);
  CHECK(longer.line.message == "01");
}

TEST_CASE("bytes that are no text are replaced") {
  CHECK(read("<14>1 - h\xff a - - - \xe7\xa3").line.message == "\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("levels have names, other names and numbers") {
  CHECK(name_of(LogLevel::warning) == "warning");
  CHECK(log_level("WARN") == LogLevel::warning);
  CHECK(log_level("Error") == LogLevel::error);
  CHECK(log_level("7") == LogLevel::debug);
  CHECK_FALSE(log_level("8").has_value());
  CHECK_FALSE(log_level("loud").has_value());
  CHECK_FALSE(log_level("").has_value());
}

TEST_CASE("a stream is cut at counted lengths and at line feeds, in whatever pieces it comes") {
  for (std::size_t const piece : {1U, 2U, 3U, 1000U}) {
    CAPTURE(piece);
    CHECK(cut("5 <1>a\n<2>b\r\n\n6 <3>c\n\n<4>d", piece) ==
          std::vector<std::string>{"<1>a\n", "<2>b", "<3>c\n\n", "<4>d"});
    CHECK(cut("12x\n123456789 y\n", piece) == std::vector<std::string>{"12x", "123456789 y"});
    CHECK(cut("9 <1>a", piece).empty());
  }
}

TEST_CASE("a message longer than allowed is cut and the next one is whole") {
  SyslogFramer framer(4);
  std::vector<std::string> messages;
  framer.feed("10 <1>abcdefg3 <2><3>abcdefg\n<4>\n",
              [&](std::string_view one) { messages.emplace_back(one); });
  CHECK(messages == std::vector<std::string>{"<1>a", "<2>", "<3>a", "<4>"});
  CHECK(framer.cut() == 2);
}

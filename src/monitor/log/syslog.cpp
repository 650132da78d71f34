#include "monitor/log/syslog.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/instant.hpp"
#include "base/text/utf8.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view nil = "-";
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
constexpr int priorities = 192;  // 24 facilities of 8 severities
constexpr int user_notice = 13;  // what RFC 3164 puts in where there is none
constexpr std::size_t bsd_time_bytes = 15;

constexpr std::array<std::string_view, 24> facilities{
    "kern",   "user",   "mail",     "daemon", "auth",   "syslog",   "lpr",     "news",
    "uucp",   "cron",   "authpriv", "ftp",    "ntp",    "security", "console", "clock",
    "local0", "local1", "local2",   "local3", "local4", "local5",   "local6",  "local7"};

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

class Reader {
 public:
  Reader(std::string_view bytes, SyslogOrigin const& origin, LogLimits const& limits)
      : rest_(bytes), origin_(origin), limits_(limits) {}

  SyslogMessage read() {
    while (!rest_.empty() && (rest_.back() == '\n' || rest_.back() == '\r' || rest_.back() == '\0'))
      rest_.remove_suffix(1);
    if (rest_.size() > limits_.line_bytes) {
      rest_ = rest_.substr(0, limits_.line_bytes);
      result_.whole = false;
    }
    result_.line.at = origin_.now;
    take_priority();
    auto const after_priority = rest_;
    if (rest_.starts_with("1 ")) {
      rest_.remove_prefix(2);
      if (!read_standard()) {
        result_.line = {};
        result_.line.at = origin_.now;
        labels_.clear();
        keep_as_it_is(after_priority);
      }
    } else if (!read_bsd()) {
      keep_as_it_is(after_priority);
    }
    finish();
    return std::move(result_);
  }

 private:
  void take_priority() {
    int number = -1;
    auto const end = rest_.substr(0, 5).find('>');
    if (rest_.starts_with('<') && end != rest_.npos && end > 1) {
      auto const parsed = std::from_chars(rest_.data() + 1, rest_.data() + end, number);
      if (parsed.ptr != rest_.data() + end || number >= priorities) number = -1;
    }
    if (number < 0) {
      result_.whole = false;
      number = user_notice;
    } else {
      rest_.remove_prefix(end + 1);
    }
    priority_ = number;
  }

  void keep_as_it_is(std::string_view text) {
    result_.whole = false;
    result_.line.message = mended_utf8(text);
  }

  void finish() {
    auto& line = result_.line;
    line.level = static_cast<LogLevel>(priority_ % 8);
    if (line.host.empty()) line.host = origin_.peer;
    add("facility", facilities[static_cast<std::size_t>(priority_ / 8)]);
    line.labels = Labels(std::move(labels_));
  }

  void add(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (labels_.size() >= limits_.labels) {
      result_.whole = false;
      return;
    }
    auto label = Label(mended_utf8(name), mended_utf8(value));
    cut(label.first, limits_.name_bytes);
    cut(label.second, limits_.value_bytes);
    labels_.push_back(std::move(label));
  }

  void cut(std::string& text, std::size_t bytes) {
    if (text.size() <= bytes) return;
    text.resize(first_bytes(text, bytes).size());
    result_.whole = false;
  }

  // Up to the next space, which goes too. RFC 5424 words are printable ASCII; UTF-8 is let pass.
  std::string_view word() {
    auto const end = std::min(rest_.find(' '), rest_.size());
    auto const taken = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return taken;
  }

  std::string known(std::string_view text) {
    if (text == nil) return {};
    auto kept = mended_utf8(text);
    cut(kept, limits_.word_bytes);
    return kept;
  }

  // RFC 5424, section 6, from the time on.
  bool read_standard() {
    auto& line = result_.line;
    auto const time = word();
    if (time != nil) {
      auto const at = parse_instant(time);
      if (!at) return false;
      line.at = to_ms(*at);
    }
    line.host = known(word());
    line.app = known(word());
    auto const process = word();
    auto const message_id = word();
    if (message_id.empty()) return false;
    if (process != nil) add("procid", process);
    if (message_id != nil) add("msgid", message_id);
    if (!read_structured_data()) return false;
    if (!rest_.empty() && rest_.front() != ' ') return false;
    if (!rest_.empty()) rest_.remove_prefix(1);
    if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
    line.message = mended_utf8(rest_);
    return true;
  }

  bool read_structured_data() {
    if (rest_.starts_with(nil)) {
      rest_.remove_prefix(1);
      return true;
    }
    if (!rest_.starts_with('[')) return false;
    while (rest_.starts_with('[')) {
      rest_.remove_prefix(1);
      if (!read_element()) return false;
    }
    return true;
  }

  bool read_element() {
    auto const end = rest_.find_first_of(" ]=\"");
    if (end == rest_.npos || end == 0) return false;
    auto const id = rest_.substr(0, end);
    rest_.remove_prefix(end);
    while (rest_.starts_with(' ')) {
      rest_.remove_prefix(1);
      if (!read_parameter(id)) return false;
    }
    if (!rest_.starts_with(']')) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool read_parameter(std::string_view id) {
    auto const end = rest_.find_first_of(" ]=\"");
    if (end == rest_.npos || end == 0 || !rest_.substr(end).starts_with("=\"")) return false;
    auto const name = rest_.substr(0, end);
    rest_.remove_prefix(end + 2);
    std::string value;
    while (!rest_.empty() && rest_.front() != '"') {
      bool const escape = rest_.front() == '\\' && rest_.size() > 1 &&
                          (rest_[1] == '"' || rest_[1] == '\\' || rest_[1] == ']');
      if (escape) rest_.remove_prefix(1);
      value += rest_.front();
      rest_.remove_prefix(1);
    }
    if (rest_.empty()) return false;
    rest_.remove_prefix(1);
    add(std::string(id) + '.' + std::string(name), value);
    return true;
  }

  // RFC 3164, section 4.1.2; many send a time of RFC 3339 in its place.
  bool read_bsd() {
    auto const before = rest_;
    if (!take_bsd_time() && !take_full_time()) {
      rest_ = before;
      return false;
    }
    // A word that ends in ':' is a tag already: the host was left out.
    auto const next = rest_.substr(0, rest_.find(' '));
    if (!next.empty() && next.back() != ':' && next.find('[') == next.npos) result_.line.host = known(word());
    take_tag();
    result_.line.message = mended_utf8(rest_);
    return true;
  }

  void take_tag() {
    auto const end = rest_.find_first_of(":[ ");
    if (end == rest_.npos || end == 0 || rest_[end] == ' ') return;
    auto const tag = rest_.substr(0, end);
    auto after = rest_.substr(end);
    std::string_view process;
    if (after.front() == '[') {
      auto const close = after.find(']');
      if (close == after.npos) return;
      process = after.substr(1, close - 1);
      after.remove_prefix(close + 1);
    }
    if (after.starts_with(':')) after.remove_prefix(1);
    if (after.starts_with(' ')) after.remove_prefix(1);
    rest_ = after;
    result_.line.app = known(tag);
    add("procid", process);
  }

  bool take_full_time() {
    auto const at = parse_instant(word());
    if (at) result_.line.at = to_ms(*at);
    return at.has_value();
  }

  static int two_digits(std::string_view text) {
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text[0] == ' ' && digit(text[1])) return text[1] - '0';
    return digit(text[0]) && digit(text[1]) ? (text[0] - '0') * 10 + text[1] - '0' : -1;
  }

  // "Oct 11 22:14:15": the year is the one that brings it nearest to now.
  bool take_bsd_time() {
    using namespace std::chrono;
    if (rest_.size() < bsd_time_bytes + 1 || rest_[bsd_time_bytes] != ' ') return false;
    auto const text = rest_.substr(0, bsd_time_bytes);
    auto const found = std::find(months.begin(), months.end(), text.substr(0, 3));
    int const date = two_digits(text.substr(4));
    int const hour = two_digits(text.substr(7));
    int const minute = two_digits(text.substr(10));
    int const second = two_digits(text.substr(13));
    bool const shape = text[3] == ' ' && text[6] == ' ' && text[9] == ':' && text[12] == ':';
    if (found == months.end() || !shape || date < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
        second < 0 || second > 60)
      return false;
    auto const in_year =
        month{static_cast<unsigned>(found - months.begin()) + 1} / day{static_cast<unsigned>(date)};
    auto const here = from_ms(origin_.now) + origin_.zone;
    auto const this_year = year_month_day{floor<days>(here)}.year();
    bool known_date = false;
    Milliseconds nearest = Milliseconds::max();
    for (auto const offset : {years{-1}, years{0}, years{1}}) {
      year_month_day const candidate = (this_year + offset) / in_year;
      if (!candidate.ok()) continue;
      auto const at = sys_days{candidate} + hours{hour} + minutes{minute} + seconds{std::min(second, 59)};
      auto const distance = abs(duration_cast<Milliseconds>(at - here));
      if (distance >= nearest) continue;
      nearest = distance;
      known_date = true;
      result_.line.at = to_ms(time_point_cast<Milliseconds>(at) - origin_.zone);
    }
    if (known_date) rest_.remove_prefix(bsd_time_bytes + 1);
    return known_date;
  }

  std::string_view rest_;
  SyslogOrigin const& origin_;
  LogLimits const& limits_;
  int priority_ = user_notice;
  std::vector<Label> labels_;
  SyslogMessage result_;
};

}  // namespace

SyslogMessage read_syslog(std::string_view bytes, SyslogOrigin const& origin, LogLimits const& limits) {
  return Reader(bytes, origin, limits).read();
}

}  // namespace yunzhi::monitor

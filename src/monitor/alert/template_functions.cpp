// The functions templates may call: Prometheus' own, those of Go's templates, and roughDuration.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/instant.hpp"
#include "base/text/utf8.hpp"
#include "monitor/alert/template_printf.hpp"
#include "monitor/alert/template_tree.hpp"
#include "monitor/query/format.hpp"
#include "monitor/query/token.hpp"
#include "monitor/series/expansion.hpp"

namespace yunzhi::monitor {
namespace {

using Arguments = std::vector<Datum>;
using Scope = TemplateScope;

// Four significant digits; what is no number as Go writes it.
std::string significant(double value) {
  return std::isfinite(value) ? fmt::format("{:.4g}", value) : format_number(value);
}

std::string scaled(double value, double base, std::initializer_list<std::string_view> prefixes) {
  std::string_view prefix;
  for (auto const each : prefixes) {
    if (std::fabs(value) < base) break;
    prefix = each;
    value /= base;
  }
  return fmt::format("{:.4g}{}", value, prefix);
}

std::string shrunk(double value) {
  std::string_view prefix;
  for (auto const* each : {"m", "u", "n", "p", "f", "a", "z", "y"}) {
    if (std::fabs(value) >= 1) break;
    prefix = each;
    value *= 1000;
  }
  return fmt::format("{:.4g}{}", value, prefix);
}

std::string humanize_1024(double value) {
  if (std::fabs(value) <= 1 || !std::isfinite(value)) return significant(value);
  return scaled(value, 1024, {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"});
}

std::string humanize_timestamp(double seconds) {
  if (!(seconds >= 0 && seconds < 2.5e11)) return significant(seconds);
  auto text = format_instant(from_ms(static_cast<std::int64_t>(seconds * 1000)));
  return fmt::format("{} {} +0000 UTC", text.substr(0, 10), text.substr(11, 8));
}

std::string changed_case(std::string text, char first, char last, int distance) {
  for (char& c : text) {
    if (c >= first && c <= last) c = static_cast<char>(c + distance);
  }
  return text;
}

std::string titled(std::string text) {
  bool begins = true;
  for (char& c : text) {
    if (begins && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    begins = c == ' ';
  }
  return text;
}

std::string without_port(std::string const& text) {
  auto const colon = text.rfind(':');
  return colon == text.npos || text.find(':') != colon ? text : text.substr(0, colon);
}

std::string without_domain(std::string const& text) {
  auto const port = text.rfind(':');
  auto const host = text.substr(0, port);
  if (host.find_first_not_of("0123456789.") == host.npos) return text;  // an address has no domain
  return host.substr(0, host.find('.')) + (port == text.npos ? "" : text.substr(port));
}

std::string replaced(std::string const& pattern, std::string const& with, std::string const& text) {
  RE2::Options options;
  options.set_log_errors(false);
  RE2 const compiled(pattern, options);
  if (!compiled.ok()) return text;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(compiled.NumberOfCapturingGroups()) + 1);
  std::string result;
  std::size_t kept = 0;  // of the text, up to the end of the last match
  for (std::size_t at = 0;
       at <= text.size() && compiled.Match(text, at, text.size(), RE2::UNANCHORED, groups.data(),
                                           static_cast<int>(groups.size()));) {
    auto const begin = static_cast<std::size_t>(groups[0].data() - text.data());
    auto const end = begin + groups[0].size();
    result.append(text, kept, begin - kept);
    // As in Go: not for an empty match right behind another one.
    if (end > kept || begin == 0) result += expanded(with, groups, compiled.NamedCapturingGroups());
    kept = end;
    auto const next =
        at + std::max<std::size_t>(first_characters(std::string_view(text).substr(at), 1).size(), 1);
    at = std::max(end, next);
  }
  return result.append(text, kept);
}

Datum sample_datum(Labels const& labels, double value) {
  DatumMap names;
  for (auto const& [name, text] : labels) names.emplace(name, Datum(text));
  return DatumMap{{"Labels", Datum(std::move(names))}, {"Value", Datum(value)}};
}

Result<Datum> query(Arguments const& a, Scope const& scope) {
  if (!scope.query) return Datum(DatumList{});
  auto const result = scope.query(text_of(a[0]));
  if (!result) return result.error();
  DatumList list;
  if (result->type == ValueType::scalar) list.push_back(sample_datum({}, result->scalar.value));
  for (auto const& series : result->series) {
    if (!series.samples.empty()) list.push_back(sample_datum(series.labels, series.samples.front().value));
  }
  return Datum(std::move(list));
}

Datum member(Datum const& datum, std::string const& name) {
  auto const* map = datum.map();
  if (map == nullptr) return {};
  auto const found = map->find(name);
  return found == map->end() ? Datum() : found->second;
}

Result<Datum> first(Arguments const& a, Scope const&) {
  auto const* list = a[0].list();
  if (list == nullptr || list->empty())
    return refuse(Why::invalid, "", "first() called on vector with no elements");
  return list->front();
}

Result<Datum> sort_by_label(Arguments const& a, Scope const&) {
  auto const* list = a[1].list();
  if (list == nullptr) return Datum(DatumList{});
  auto sorted = *list;
  auto const label = text_of(a[0]);
  std::stable_sort(sorted.begin(), sorted.end(), [&](Datum const& x, Datum const& y) {
    return text_of(member(member(x, "Labels"), label)) < text_of(member(member(y, "Labels"), label));
  });
  return Datum(std::move(sorted));
}

bool same(Datum const& a, Datum const& b) {
  if (std::holds_alternative<double>(a.value) && std::holds_alternative<double>(b.value))
    return std::get<double>(a.value) == std::get<double>(b.value);
  return text_of(a) == text_of(b);
}

bool less(Datum const& a, Datum const& b) {
  if (std::holds_alternative<std::string>(a.value) && std::holds_alternative<std::string>(b.value))
    return text_of(a) < text_of(b);
  return number_of(a) < number_of(b);
}

Result<Datum> equal(Arguments const& a, Scope const&) {
  return Datum(std::any_of(a.begin() + 1, a.end(), [&](Datum const& each) { return same(a[0], each); }));
}

Result<Datum> index(Arguments const& a, Scope const&) {
  auto datum = a[0];
  for (std::size_t i = 1; i < a.size(); ++i) {
    if (auto const* list = datum.list()) {
      double const at = number_of(a[i]);
      if (!(at >= 0 && at < static_cast<double>(list->size())))
        return refuse(Why::invalid, "", "index out of range: {}", text_of(a[i]));
      auto next = (*list)[static_cast<std::size_t>(at)];
      datum = std::move(next);
    } else {
      datum = member(datum, text_of(a[i]));
    }
  }
  return datum;
}

Result<Datum> length(Arguments const& a, Scope const&) {
  if (auto const* list = a[0].list()) return Datum(static_cast<double>(list->size()));
  if (auto const* map = a[0].map()) return Datum(static_cast<double>(map->size()));
  return Datum(static_cast<double>(text_of(a[0]).size()));
}

std::string url_escaped(std::string const& text) {
  std::string result;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-_.~").find(c) != std::string_view::npos;
    result += c == ' ' ? "+"
              : plain  ? std::string(1, c)
                       : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return result;
}

std::string html_escaped(std::string const& text) {
  std::string result;
  for (char const c : text) {
    switch (c) {
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '&':
        result += "&amp;";
        break;
      case '"':
        result += "&#34;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

Result<Datum> parse_duration(Arguments const& a, Scope const&) {
  auto const parsed = parse_promql_duration(text_of(a[0]));
  if (!parsed) return refuse(Why::invalid, "", "not a valid duration: {}", text_of(a[0]));
  return Datum(static_cast<double>(*parsed) / 1000);
}

std::string path_of(std::string const& url) {
  auto const scheme = url.find("://");
  auto const path = url.find('/', scheme == url.npos ? 0 : scheme + 3);
  return path == url.npos ? "" : url.substr(path);
}

std::string link(std::string const& expression, int tab) {
  return fmt::format("/graph?g0.expr={}&g0.tab={}", url_escaped(expression), tab);
}

Result<Datum> print_all(Arguments const& a, std::string_view between, std::string_view end) {
  std::string text;
  for (auto const& each : a) {
    if (&each != &a.front()) text += between;
    text += text_of(each);
  }
  return Datum(text + std::string(end));
}

#define YUNZHI_TEXT(body) [](Arguments const& a, Scope const&) -> Result<Datum> { return Datum(body); }

// The macro spares fifty times the same signature; it is gone after the table.
constexpr TemplateFunction functions[] = {
    {"humanize", 1, 1, YUNZHI_TEXT(humanize(number_of(a[0])))},
    {"humanize1024", 1, 1, YUNZHI_TEXT(humanize_1024(number_of(a[0])))},
    {"humanizePercentage", 1, 1, YUNZHI_TEXT(significant(number_of(a[0]) * 100) + "%")},
    {"humanizeDuration", 1, 1, YUNZHI_TEXT(humanize_duration(number_of(a[0])))},
    {"roughDuration", 2, 2, YUNZHI_TEXT(rough_duration(text_of(a[0]), number_of(a[1])))},
    {"humanizeTimestamp", 1, 1, YUNZHI_TEXT(humanize_timestamp(number_of(a[0])))},
    {"toTime", 1, 1, YUNZHI_TEXT(humanize_timestamp(number_of(a[0])))},
    {"printf", 1, 20, YUNZHI_TEXT(printed(a))},
    {"print", 0, 20, [](Arguments const& a, Scope const&) { return print_all(a, "", ""); }},
    {"println", 0, 20, [](Arguments const& a, Scope const&) { return print_all(a, " ", "\n"); }},
    {"toUpper", 1, 1, YUNZHI_TEXT(changed_case(text_of(a[0]), 'a', 'z', -32))},
    {"toLower", 1, 1, YUNZHI_TEXT(changed_case(text_of(a[0]), 'A', 'Z', 32))},
    {"title", 1, 1, YUNZHI_TEXT(titled(text_of(a[0])))},
    {"stripPort", 1, 1, YUNZHI_TEXT(without_port(text_of(a[0])))},
    {"stripDomain", 1, 1, YUNZHI_TEXT(without_domain(text_of(a[0])))},
    {"reReplaceAll", 3, 3, YUNZHI_TEXT(replaced(text_of(a[0]), text_of(a[1]), text_of(a[2])))},
    {"match", 2, 2, YUNZHI_TEXT(RE2::PartialMatch(text_of(a[1]), text_of(a[0])))},
    {"safeHtml", 1, 1, YUNZHI_TEXT(text_of(a[0]))},
    {"html", 1, 1, YUNZHI_TEXT(html_escaped(text_of(a[0])))},
    {"urlquery", 1, 1, YUNZHI_TEXT(url_escaped(text_of(a[0])))},
    {"urlQueryEscape", 1, 1, YUNZHI_TEXT(url_escaped(text_of(a[0])))},
    {"parseDuration", 1, 1, parse_duration},
    {"query", 1, 1, query},
    {"first", 1, 1, first},
    {"value", 1, 1, YUNZHI_TEXT(number_of(member(a[0], "Value")))},
    {"label", 2, 2, YUNZHI_TEXT(text_of(member(member(a[1], "Labels"), text_of(a[0]))))},
    {"strvalue", 1, 1, YUNZHI_TEXT(text_of(member(member(a[0], "Labels"), "__value__")))},
    {"sortByLabel", 2, 2, sort_by_label},
    {"index", 1, 10, index},
    {"len", 1, 1, length},
    {"eq", 2, 10, equal},
    {"ne", 2, 2, YUNZHI_TEXT(!same(a[0], a[1]))},
    {"lt", 2, 2, YUNZHI_TEXT(less(a[0], a[1]))},
    {"le", 2, 2, YUNZHI_TEXT(!less(a[1], a[0]))},
    {"gt", 2, 2, YUNZHI_TEXT(less(a[1], a[0]))},
    {"ge", 2, 2, YUNZHI_TEXT(!less(a[0], a[1]))},
    {"not", 1, 1, YUNZHI_TEXT(!truth_of(a[0]))},
    {"and", 1, 10,
     [](Arguments const& a, Scope const&) -> Result<Datum> {
       for (auto const& each : a) {
         if (!truth_of(each)) return each;
       }
       return a.back();
     }},
    {"or", 1, 10,
     [](Arguments const& a, Scope const&) -> Result<Datum> {
       for (auto const& each : a) {
         if (truth_of(each)) return each;
       }
       return a.back();
     }},
    {"externalURL", 0, 0, [](Arguments const&, Scope const& scope) -> Result<Datum> { return Datum(scope.external_url); }},
    {"pathPrefix", 0, 0,
     [](Arguments const&, Scope const& scope) -> Result<Datum> { return Datum(path_of(scope.external_url)); }},
    {"graphLink", 1, 1, YUNZHI_TEXT(link(text_of(a[0]), 0))},
    {"tableLink", 1, 1, YUNZHI_TEXT(link(text_of(a[0]), 1))},
};

#undef YUNZHI_TEXT

}  // namespace

TemplateFunction const* find_template_function(std::string_view name) {
  auto const* found = std::find_if(std::begin(functions), std::end(functions),
                                   [&](auto const& each) { return each.name == name; });
  return found == std::end(functions) ? nullptr : found;
}

std::string humanize(double value) {
  if (value == 0 || !std::isfinite(value)) return significant(value);
  if (std::fabs(value) < 1) return shrunk(value);
  return scaled(value, 1000, {"k", "M", "G", "T", "P", "E", "Z", "Y"});
}

std::string humanize_duration(double seconds) {
  if (!std::isfinite(seconds)) return significant(seconds);
  double const size = std::fabs(seconds);
  if (size == 0) return "0s";
  if (size < 1) return shrunk(seconds) + "s";
  auto const whole = static_cast<std::int64_t>(std::fmin(size, 9e15));
  std::string const sign = seconds < 0 ? "-" : "";
  if (whole < 60) return fmt::format("{}{:.4g}s", sign, size);
  auto result = sign;
  if (whole >= 86'400) result += fmt::format("{}d ", whole / 86'400);
  if (whole >= 3600) result += fmt::format("{}h ", whole / 3600 % 24);
  return result + fmt::format("{}m {}s", whole / 60 % 60, whole % 60);
}

std::string rough_duration(std::string_view language, double seconds) {
  if (!std::isfinite(seconds)) return significant(seconds);
  struct Unit {
    double seconds;
    std::string_view simplified, traditional, english;
  };
  constexpr std::array<Unit, 3> units{
      {{86'400, "天", "天", "days"}, {3'600, "小时", "小時", "hours"}, {60, "分钟", "分鐘", "minutes"}}};
  auto const word = [&](Unit const& unit) {
    return language == "zh-CN" ? unit.simplified : language == "zh-TW" ? unit.traditional : unit.english;
  };
  for (auto const& unit : units)
    if (seconds >= 2 * unit.seconds)
      return fmt::format("{:.0f} {}", std::floor(seconds / unit.seconds), word(unit));
  return fmt::format("{} 2 {}", language.starts_with("zh") ? "不到" : "less than", word(units.back()));
}

}  // namespace yunzhi::monitor

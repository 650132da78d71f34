#include "monitor/api/result_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "monitor/query/format.hpp"

namespace yunzhi::monitor {
namespace {

constexpr double largest_plain_whole = 1e15;
constexpr std::size_t sample_bytes = 36;   // as a rule at most
constexpr std::size_t labels_bytes = 200;  // as a rule

void put_whole(std::string& out, std::int64_t number) {
  char buffer[24];
  out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
}

// Milliseconds as seconds, with as many digits as are needed.
void put_seconds(std::string& out, std::int64_t ms) {
  if (ms < 0) out += '-';
  auto const size = ms < 0 ? 0 - static_cast<std::uint64_t>(ms) : static_cast<std::uint64_t>(ms);
  put_whole(out, static_cast<std::int64_t>(size / 1000));
  auto const rest = size % 1000;
  if (rest == 0) return;
  char const digits[] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                         static_cast<char>('0' + rest % 10)};
  out.append(digits, rest % 10 != 0 ? 4 : rest % 100 != 0 ? 3 : 2);
}

void put_number(std::string& out, double value) {
  if (std::fabs(value) < largest_plain_whole && value == std::trunc(value) &&
      !(value == 0 && std::signbit(value)))
    return put_whole(out, static_cast<std::int64_t>(value));
  out += format_number(value);
}

void put_text(std::string& out, std::string_view text) {
  bool const plain = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
  });
  if (!plain) {
    out += json::serialize(json::string(text));
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

void put_labels(std::string& out, Labels const& labels) {
  out += '{';
  bool first = true;
  for (auto const& [name, value] : labels) {
    if (!first) out += ',';
    first = false;
    put_text(out, name);
    out += ':';
    put_text(out, value);
  }
  out += '}';
}

// [seconds,"value"]
void put_sample(std::string& out, Sample const& sample) {
  out += '[';
  put_seconds(out, sample.at);
  out += ",\"";
  put_number(out, sample.value);
  out += "\"]";
}

void put_series(std::string& out, ResultSeries const& series, bool vector) {
  out += R"({"metric":)";
  put_labels(out, series.labels);
  if (vector) {
    out += R"(,"value":)";
    put_sample(out, series.samples.front());
  } else {
    out += R"(,"values":[)";
    for (std::size_t i = 0; i < series.samples.size(); ++i) {
      if (i > 0) out += ',';
      put_sample(out, series.samples[i]);
    }
    out += ']';
  }
  out += '}';
}

void put_result(std::string& out, QueryResult const& result) {
  if (result.type == ValueType::scalar) return put_sample(out, result.scalar);
  out += '[';
  if (result.type == ValueType::text) {
    put_seconds(out, result.scalar.at);
    out += ',';
    put_text(out, result.text);
  } else {
    for (std::size_t i = 0; i < result.series.size(); ++i) {
      if (i > 0) out += ',';
      put_series(out, result.series[i], result.type == ValueType::vector);
    }
  }
  out += ']';
}

}  // namespace

std::string result_text(QueryResult const& result, json::object const& more) {
  std::size_t samples = 0;
  for (auto const& series : result.series) samples += series.samples.size();
  std::string out;
  out.reserve(samples * sample_bytes + result.series.size() * labels_bytes);
  out += R"({"resultType":")";
  out += name_of(result.type);
  out += R"(","result":)";
  put_result(out, result);
  for (auto const& member : more) {
    out += ',';
    put_text(out, member.key());
    out += ':';
    out += json::serialize(member.value());
  }
  return out += '}';
}

std::string remarks_text(Annotations const& annotations) {
  std::string out;
  auto const put = [&](std::string_view key, std::vector<Annotation> const& list) {
    if (list.empty()) return;
    out += ',';
    put_text(out, key);
    out += ":[";
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (i > 0) out += ',';
      put_text(out, list[i].english());
    }
    out += ']';
  };
  put("warnings", annotations.warnings);
  put("infos", annotations.infos);
  return out;
}

}  // namespace yunzhi::monitor

#include "monitor/ingest/otlp_json.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>

#include <boost/json.hpp>

#include "monitor/query/format.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

namespace json = boost::json;

enum class Kind { text, truth, varint, fixed, real, temporality, message };

struct Message;

struct Field {
  std::string_view name;
  std::uint32_t number;
  Kind kind;
  Message const* message = nullptr;
};

struct Message {
  std::span<Field const> fields;
};

// opentelemetry/proto/metrics/v1/metrics.proto and common/v1/common.proto, as far as they are read.
extern Message const any_value;
constexpr Field array_fields[] = {{"values", 1, Kind::message, &any_value}};
constexpr Message array_value{array_fields};
constexpr Field any_fields[] = {{"stringValue", 1, Kind::text},
                                {"boolValue", 2, Kind::truth},
                                {"intValue", 3, Kind::varint},
                                {"doubleValue", 4, Kind::real},
                                {"arrayValue", 5, Kind::message, &array_value}};
Message const any_value{any_fields};
constexpr Field attribute_fields[] = {{"key", 1, Kind::text}, {"value", 2, Kind::message, &any_value}};
constexpr Message attribute{attribute_fields};
constexpr Field number_fields[] = {{"timeUnixNano", 3, Kind::fixed},
                                   {"asDouble", 4, Kind::real},
                                   {"asInt", 6, Kind::fixed},
                                   {"attributes", 7, Kind::message, &attribute},
                                   {"flags", 8, Kind::varint}};
constexpr Message number_point{number_fields};
constexpr Field histogram_fields[] = {{"timeUnixNano", 3, Kind::fixed},
                                      {"count", 4, Kind::fixed},
                                      {"sum", 5, Kind::real},
                                      {"bucketCounts", 6, Kind::fixed},
                                      {"explicitBounds", 7, Kind::real},
                                      {"attributes", 9, Kind::message, &attribute},
                                      {"flags", 10, Kind::varint}};
constexpr Message histogram_point{histogram_fields};
constexpr Field quantile_fields[] = {{"quantile", 1, Kind::real}, {"value", 2, Kind::real}};
constexpr Message quantile{quantile_fields};
constexpr Field summary_fields[] = {{"timeUnixNano", 3, Kind::fixed},
                                    {"count", 4, Kind::fixed},
                                    {"sum", 5, Kind::real},
                                    {"quantileValues", 6, Kind::message, &quantile},
                                    {"attributes", 7, Kind::message, &attribute},
                                    {"flags", 8, Kind::varint}};
constexpr Message summary_point{summary_fields};
constexpr Field numbers_fields[] = {{"dataPoints", 1, Kind::message, &number_point},
                                    {"aggregationTemporality", 2, Kind::temporality},
                                    {"isMonotonic", 3, Kind::truth}};
constexpr Message numbers{numbers_fields};
constexpr Field histograms_fields[] = {{"dataPoints", 1, Kind::message, &histogram_point},
                                       {"aggregationTemporality", 2, Kind::temporality}};
constexpr Message histograms{histograms_fields};
constexpr Field summaries_fields[] = {{"dataPoints", 1, Kind::message, &summary_point}};
constexpr Message summaries{summaries_fields};
constexpr Field metric_fields[] = {{"name", 1, Kind::text},
                                   {"description", 2, Kind::text},
                                   {"unit", 3, Kind::text},
                                   {"gauge", 5, Kind::message, &numbers},
                                   {"sum", 7, Kind::message, &numbers},
                                   {"histogram", 9, Kind::message, &histograms},
                                   {"exponentialHistogram", 10, Kind::message, &histograms},
                                   {"summary", 11, Kind::message, &summaries}};
constexpr Message metric{metric_fields};
constexpr Field scope_fields[] = {{"metrics", 2, Kind::message, &metric}};
constexpr Message scope{scope_fields};
constexpr Field resource_fields[] = {{"attributes", 1, Kind::message, &attribute}};
constexpr Message resource{resource_fields};
constexpr Field resource_metrics_fields[] = {{"resource", 1, Kind::message, &resource},
                                             {"scopeMetrics", 2, Kind::message, &scope}};
constexpr Message resource_metrics{resource_metrics_fields};
constexpr Field request_fields[] = {{"resourceMetrics", 1, Kind::message, &resource_metrics}};
constexpr Message request{request_fields};

constexpr std::uint64_t varint_wire = 0;
constexpr std::uint64_t fixed_wire = 1;
constexpr std::uint64_t bytes_wire = 2;

void put_key(std::string& out, Field const& field, std::uint64_t wire) {
  put_varint(out, (std::uint64_t{field.number} << 3U) | wire);
}

std::string_view view_of(json::string const& text) {
  return {text.data(), text.size()};
}

// A whole number, written as such or, as 64 bits are, as a text.
std::optional<std::uint64_t> whole(json::value const& value) {
  if (value.is_uint64()) return value.get_uint64();
  if (value.is_int64()) return static_cast<std::uint64_t>(value.get_int64());
  if (!value.is_string()) return {};
  auto const text = view_of(value.get_string());
  auto const* end = text.data() + text.size();
  std::int64_t negative = 0;
  if (text.starts_with('-') && std::from_chars(text.data(), end, negative).ptr == end)
    return static_cast<std::uint64_t>(negative);
  std::uint64_t number = 0;
  auto const read = std::from_chars(text.data(), end, number);
  if (text.empty() || read.ec != std::errc() || read.ptr != end) return {};
  return number;
}

std::optional<double> real(json::value const& value) {
  if (value.is_number()) return value.to_number<double>();
  double number = 0;
  if (!value.is_string()) return {};
  auto const text = view_of(value.get_string());
  if (text == "Infinity") return HUGE_VAL;
  if (text == "-Infinity") return -HUGE_VAL;
  if (!parse_number(text, number)) return {};
  return number;
}

// By number, or by the name of the value.
std::optional<std::uint64_t> temporality(json::value const& value) {
  if (!value.is_string()) return whole(value);
  auto const text = view_of(value.get_string());
  if (text == "AGGREGATION_TEMPORALITY_CUMULATIVE") return 2;
  if (text == "AGGREGATION_TEMPORALITY_DELTA") return 1;
  return whole(value);
}

class Writer {
 public:
  Result<std::string> run(json::object const& object) {
    auto text = message(object, request);
    if (!wrong_.empty()) return refuse(Why::invalid, wrong_, "the field has a value of the wrong kind");
    return text;
  }

 private:
  std::string message(json::object const& object, Message const& schema) {
    std::string out;
    for (auto const& field : schema.fields) {
      auto const* value = object.if_contains(field.name);
      if (value == nullptr || value->is_null()) continue;
      auto const* list = value->if_array();
      if (list == nullptr) put(out, field, *value);
      if (list != nullptr)
        for (auto const& each : *list) put(out, field, each);
    }
    return out;
  }

  void put(std::string& out, Field const& field, json::value const& value) {
    if (!try_put(out, field, value) && wrong_.empty()) wrong_ = field.name;
  }

  bool try_put(std::string& out, Field const& field, json::value const& value) {
    switch (field.kind) {
      case Kind::text:
        if (!value.is_string()) return false;
        put_key(out, field, bytes_wire);
        put_text(out, view_of(value.get_string()));
        return true;
      case Kind::message:
        if (!value.is_object()) return false;
        put_key(out, field, bytes_wire);
        put_text(out, message(value.get_object(), *field.message));
        return true;
      case Kind::truth:
        if (!value.is_bool()) return false;
        put_key(out, field, varint_wire);
        put_varint(out, value.get_bool() ? 1 : 0);
        return true;
      case Kind::varint:
        return put_number(out, field, varint_wire, whole(value));
      case Kind::temporality:
        return put_number(out, field, varint_wire, temporality(value));
      case Kind::fixed:
        return put_number(out, field, fixed_wire, whole(value));
      case Kind::real: {
        auto const number = real(value);
        return put_number(out, field, fixed_wire,
                          number ? std::optional(std::bit_cast<std::uint64_t>(*number)) : std::nullopt);
      }
    }
    return false;
  }

  static bool put_number(std::string& out, Field const& field, std::uint64_t wire,
                         std::optional<std::uint64_t> number) {
    if (!number) return false;
    put_key(out, field, wire);
    if (wire == varint_wire) put_varint(out, *number);
    if (wire == fixed_wire) put_u64(out, *number);
    return true;
  }

  std::string wrong_;
};

}  // namespace

Result<std::string> otlp_from_json(std::string_view text) {
  boost::system::error_code error;
  auto const value = json::parse(json::string_view(text.data(), text.size()), error);
  if (error || !value.is_object()) return refuse(Why::invalid, "", "the body is no OTLP metrics message");
  return Writer().run(value.get_object());
}

std::string otlp_json_answer(std::size_t refused, std::string_view reason) {
  if (refused == 0) return "{}";
  return json::serialize(json::object{
      {"partialSuccess", {{"rejectedDataPoints", std::to_string(refused)}, {"errorMessage", reason}}}});
}

}  // namespace yunzhi::monitor

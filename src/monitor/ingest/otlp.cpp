#include "monitor/ingest/otlp.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "monitor/ingest/otlp_attributes.hpp"
#include "monitor/ingest/protobuf.hpp"
#include "monitor/query/format.hpp"
#include "monitor/series/wire.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::uint64_t cumulative = 2;
constexpr std::uint64_t no_recorded_value = 1;
constexpr std::int64_t ns_per_ms = 1'000'000;

Refusal malformed() {
  return refuse(Why::invalid, "", "the body is no OTLP metrics message");
}

// What the fields of the three kinds of data points say; each kind uses a part.
struct DataPoint {
  std::int64_t at = 0;
  double value = 0;
  double sum = 0;
  double count = 0;
  bool stale = false;
  std::vector<Label> labels;
  std::vector<std::uint64_t> buckets;
  std::vector<double> bounds;
  std::vector<std::pair<double, double>> quantiles;
};

enum class Kind { number, histogram, summary };

struct Metric {
  std::string_view name, unit, description, data;
  std::uint32_t kind = 0;  ///< the field number of the data
};

Metric read_metric(std::string_view bytes, bool& ok) {
  Metric metric;
  ProtobufReader fields(bytes);
  while (fields.next()) {
    if (fields.field() == 1) metric.name = fields.bytes();
    if (fields.field() == 2) metric.description = fields.bytes();
    if (fields.field() == 3) metric.unit = fields.bytes();
    if (fields.field() >= 5) {
      metric.kind = fields.field();
      metric.data = fields.bytes();
    }
  }
  ok = ok && fields.ok();
  return metric;
}

template <class Take>
void each_fixed(ProtobufReader const& fields, Take const& take) {
  if (!fields.is_bytes()) return take(fields.number());
  auto packed = fields.bytes();
  std::uint64_t value = 0;
  while (ProtobufReader::take_fixed(packed, value)) take(value);
}

std::pair<double, double> read_quantile(std::string_view bytes) {
  std::pair<double, double> result;
  ProtobufReader fields(bytes);
  while (fields.next()) (fields.field() == 1 ? result.first : result.second) = fields.real();
  return result;
}

bool read_point(std::string_view bytes, Kind kind, DataPoint& point) {
  ProtobufReader fields(bytes);
  auto const attributes = kind == Kind::histogram ? 9U : 7U;
  auto const flags = kind == Kind::histogram ? 10U : 8U;
  while (fields.next()) {
    auto const field = fields.field();
    if (field == 3) {
      point.at = static_cast<std::int64_t>(fields.number()) / ns_per_ms;
    } else if (field == attributes) {
      read_attribute(fields.bytes(), point.labels);
    } else if (field == flags) {
      point.stale = (fields.number() & no_recorded_value) != 0;
    } else if (kind == Kind::number) {
      if (field == 4) point.value = fields.real();
      if (field == 6) point.value = static_cast<double>(fields.signed_number());
    } else if (field == 4) {
      point.count = static_cast<double>(fields.number());
    } else if (field == 5) {
      point.sum = fields.real();
    } else if (kind == Kind::summary && field == 6) {
      point.quantiles.push_back(read_quantile(fields.bytes()));
    } else if (kind == Kind::histogram && field == 6) {
      each_fixed(fields, [&](std::uint64_t value) { point.buckets.push_back(value); });
    } else if (kind == Kind::histogram && field == 7) {
      each_fixed(fields, [&](std::uint64_t value) { point.bounds.push_back(std::bit_cast<double>(value)); });
    }
  }
  return fields.ok();
}

class Reader {
 public:
  explicit Reader(IngestLimits const& limits) : limits_(limits) {}

  Result<Otlp> run(std::string_view message) {
    each(message, 1, [this](std::string_view resource) { read_resource(resource); });
    if (!ok_) return malformed();
    return std::move(result_);
  }

 private:
  template <class Take>
  void each(std::string_view bytes, std::uint32_t field, Take const& take) {
    ProtobufReader fields(bytes);
    while (fields.next()) {
      if (fields.field() == field) take(fields.bytes());
    }
    ok_ = ok_ && fields.ok();
  }

  void read_resource(std::string_view bytes) {
    std::vector<Label> attributes;
    each(bytes, 1, [&](std::string_view resource) {
      each(resource, 1, [&](std::string_view attribute) { read_attribute(attribute, attributes); });
    });
    resource_ = resource_labels(attributes);
    newest_ = 0;
    each(bytes, 2, [this](std::string_view scope) {
      each(scope, 2, [this](std::string_view metric) { take_metric(metric); });
    });
    if (newest_ == 0) return;
    if (auto info = target_info(attributes, resource_); !info.empty()) add(std::move(info), newest_, 1);
  }

  void take_metric(std::string_view bytes) {
    auto const metric = read_metric(bytes, ok_);
    bool const sum = metric.kind == 7;
    if (metric.kind == 5) return numbers(metric, false);
    if (metric.kind == 9) return histograms(metric);
    if (metric.kind == 11) return summaries(metric);
    if (!sum) return refuse_points(metric, "exponential histograms are not kept");
    if (temporality(metric) != cumulative) return refuse_points(metric, "sums of deltas are not kept");
    bool monotonic = false;
    ProtobufReader fields(metric.data);
    while (fields.next()) monotonic = fields.field() == 3 ? fields.number() != 0 : monotonic;
    numbers(metric, monotonic);
  }

  static std::uint64_t temporality(Metric const& metric) {
    std::uint64_t result = 0;
    ProtobufReader fields(metric.data);
    while (fields.next()) result = fields.field() == 2 ? fields.number() : result;
    return result;
  }

  void refuse_points(Metric const& metric, std::string_view reason) {
    each(metric.data, 1, [this](std::string_view) { ++result_.refused; });
    if (result_.reason.empty()) result_.reason = std::string(metric.name) + ": " + std::string(reason);
  }

  template <class Take>
  void points(Metric const& metric, Kind kind, Take const& take) {
    each(metric.data, 1, [&](std::string_view bytes) {
      DataPoint point;
      ok_ = ok_ && read_point(bytes, kind, point);
      newest_ = std::max(newest_, point.at);
      take(point);
    });
  }

  void describe(std::string const& name, Metric const& metric, std::string_view type) {
    if (result_.metadata.size() >= limits_.metadata) return;
    auto& facts = result_.metadata[name];
    facts.type = type;
    facts.help = metric.description.substr(0, limits_.value_bytes);
    facts.unit = metric.unit.substr(0, limits_.value_bytes);
  }

  void numbers(Metric const& metric, bool counter) {
    auto const name = otlp_name(metric.name, metric.unit, counter, metric.kind == 5);
    describe(name, metric, counter ? "counter" : "gauge");
    points(metric, Kind::number, [&](DataPoint& point) {
      add(named(name, point), point.at, point.stale ? stale_marker() : point.value);
    });
  }

  void histograms(Metric const& metric) {
    if (temporality(metric) != cumulative) return refuse_points(metric, "histograms of deltas are not kept");
    auto const name = otlp_name(metric.name, metric.unit, false);
    describe(name, metric, "histogram");
    points(metric, Kind::histogram, [&](DataPoint& point) {
      std::uint64_t total = 0;
      for (std::size_t i = 0; i < point.buckets.size(); ++i) {
        total += point.buckets[i];
        auto labels = named(name + "_bucket", point);
        labels.emplace_back("le", i < point.bounds.size() ? format_number(point.bounds[i]) : "+Inf");
        add(std::move(labels), point.at, point.stale ? stale_marker() : static_cast<double>(total));
      }
      totals(name, point);
    });
  }

  void summaries(Metric const& metric) {
    auto const name = otlp_name(metric.name, metric.unit, false);
    describe(name, metric, "summary");
    points(metric, Kind::summary, [&](DataPoint& point) {
      for (auto const& [quantile, value] : point.quantiles) {
        auto labels = named(name, point);
        labels.emplace_back("quantile", format_number(quantile));
        add(std::move(labels), point.at, point.stale ? stale_marker() : value);
      }
      totals(name, point);
    });
  }

  void totals(std::string const& name, DataPoint const& point) {
    add(named(name + "_sum", point), point.at, point.stale ? stale_marker() : point.sum);
    add(named(name + "_count", point), point.at, point.stale ? stale_marker() : point.count);
  }

  [[nodiscard]] std::vector<Label> named(std::string const& name, DataPoint const& point) const {
    std::vector<Label> labels = resource_;
    for (auto const& [key, value] : point.labels) labels.emplace_back(label_name(key), value);
    labels.emplace_back(name_label, name);
    return labels;
  }

  void add(std::vector<Label> pairs, std::int64_t at, double value) {
    auto labels = checked_labels(joined_values(std::move(pairs)), limits_);
    if (labels) {
      result_.points.push_back({std::move(*labels), {at, value}});
      return;
    }
    ++result_.refused;
    if (result_.reason.empty()) result_.reason = labels.error().english();
  }

  IngestLimits const& limits_;
  Otlp result_;
  std::vector<Label> resource_;  ///< job and instance
  std::int64_t newest_ = 0;
  bool ok_ = true;
};

}  // namespace

Result<Otlp> read_otlp(std::string_view message, IngestLimits const& limits) {
  return Reader(limits).run(message);
}

// ExportMetricsServiceResponse { partial_success = 1 { rejected_data_points = 1, error_message = 2 } }
std::string otlp_answer(std::size_t refused, std::string_view reason) {
  if (refused == 0) return {};
  std::string inner = "\x08";
  put_varint(inner, refused);
  inner += "\x12";
  put_text(inner, reason);
  std::string answer = "\x0a";
  put_text(answer, inner);
  return answer;
}

}  // namespace yunzhi::monitor

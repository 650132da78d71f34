#include "monitor/ingest/remote_write.hpp"

#include <doctest/doctest.h>

#include "monitor/ingest/otlp.hpp"
#include "monitor/ingest/remote_write_message.hpp"
#include "monitor/ingest/snappy.hpp"
#include "monitor/ingest/text_import.hpp"
#include "monitor/ingest/unzip.hpp"
#include "monitor/series/wire.hpp"

using namespace yunzhi::monitor;

namespace {

KeyMaker const keys({11, 22});
Labels const up{{"__name__", "up"}, {"job", "node"}, {"instance", "a:1"}};

std::string field(int number, std::string_view bytes) {
  std::string out(1, static_cast<char>(number << 3 | 2));
  put_text(out, bytes);
  return out;
}

std::string fixed_field(int number, std::uint64_t value) {
  std::string out(1, static_cast<char>(number << 3 | 1));
  put_u64(out, value);
  return out;
}

std::string number_field(int number, std::uint64_t value) {
  std::string out(1, static_cast<char>(number << 3));
  put_varint(out, value);
  return out;
}

std::string sample_message(double value, std::int64_t at) {
  return fixed_field(1, std::bit_cast<std::uint64_t>(value)) +
         number_field(2, static_cast<std::uint64_t>(at));
}

}  // namespace

TEST_CASE("a message of version 1 gives the series it was made of, under one key for one set of bytes") {
  std::string message;
  Samples const samples{{1000, 1.5}, {2000, stale_marker()}};
  put_remote_series(message, up, samples);
  put_remote_series(message, up, samples);
  auto const read = read_remote_write(message, RemoteWriteVersion::one, keys, {});
  REQUIRE(read.has_value());
  auto const& incoming = read->incoming;
  REQUIRE(incoming.series.size() == 2);
  CHECK(incoming.series[0].key == incoming.series[1].key);
  CHECK(incoming.series[0].count == 2);
  REQUIRE(incoming.samples.size() == 4);
  CHECK(incoming.samples[0].at == 1000);
  CHECK(incoming.samples[0].value == 1.5);
  CHECK(is_stale(incoming.samples[1].value));
  CHECK(*incoming.labels(1) == up);
}

TEST_CASE("labels that stand apart in a message of version 1 are read as one set") {
  auto const label = [](std::string_view name, std::string_view value) {
    return field(1, field(1, name) + field(2, value));
  };
  auto const message =
      field(1, label("__name__", "up") + field(2, sample_message(1, 5)) + label("job", "node"));
  auto const read = read_remote_write(message, RemoteWriteVersion::one, keys, {});
  REQUIRE(read.has_value());
  CHECK(*read->incoming.labels(0) == Labels{{"__name__", "up"}, {"job", "node"}});
}

TEST_CASE("a message of version 2 names its texts by number, and tells of the metric") {
  std::string references;
  for (int const number : {1, 2, 3, 4}) put_varint(references, static_cast<std::uint64_t>(number));
  std::string message;
  for (auto const* text : {"", "__name__", "http_total", "job", "web", "How many"}) message += field(4, text);
  message += field(5, field(1, references) + field(2, sample_message(7, 9)) +
                          field(5, number_field(1, 1) + number_field(3, 5)));
  auto const read = read_remote_write(message, RemoteWriteVersion::two, keys, {});
  REQUIRE(read.has_value());
  REQUIRE(read->incoming.series.size() == 1);
  CHECK(*read->incoming.labels(0) == Labels{{"__name__", "http_total"}, {"job", "web"}});
  CHECK(read->incoming.samples[0].value == 7);
  CHECK(read->metadata.at("http_total").type == "counter");
  CHECK(read->metadata.at("http_total").help == "How many");
  std::string beyond;
  put_varint(beyond, 99);
  put_varint(beyond, 1);
  CHECK_FALSE(read_remote_write(field(4, "") + field(5, field(1, beyond)), RemoteWriteVersion::two, keys, {})
                  .has_value());
}

TEST_CASE("labels that cannot name a series are refused with the reason") {
  auto const reason = [](std::vector<Label> pairs) {
    auto const labels = checked_labels(std::move(pairs), {});
    REQUIRE_FALSE(labels.has_value());
    return labels.error().english();
  };
  CHECK(reason({{"job", "a"}}).find("needs a metric name") != std::string::npos);
  CHECK(reason({{"__name__", "x"}, {"a", "1"}, {"a", "2"}}).find("given twice") != std::string::npos);
  CHECK(reason({{"__name__", "x"}, {"", "1"}}) == "a label has no name");
  CHECK(reason({{"__name__", "x"}, {"a", "\xff"}}) == "a label is not valid UTF-8");
  CHECK(checked_labels({{"__name__", "x"}, {"a", ""}}, {}).value() == Labels{{"__name__", "x"}});
}

TEST_CASE("snappy unpacks what it packed, and refuses what was cut or would grow too large") {
  std::string text;
  for (int i = 0; i < 3'000; ++i) text += "instance=\"host-" + std::to_string(i % 50) + "\" ";
  auto const packed = snap(text);
  CHECK(packed.size() < text.size() / 3);
  CHECK(unsnap(packed, text.size()).value() == text);
  CHECK_FALSE(unsnap(packed, text.size() - 1).has_value());
  for (std::size_t length = 0; length < packed.size(); length += 7)
    CHECK_FALSE(unsnap(packed.substr(0, length), text.size()).has_value());
  CHECK(unsnap(snap(""), 10).value().empty());
  CHECK_FALSE(
      unsnap(std::string_view("\x05\x01\x00", 3), 10).has_value());  // a copy from before the beginning
}

TEST_CASE("text for import may be of any time and hold a series many times") {
  auto const read =
      read_text_import("# TYPE a counter\na{b=\"}\"} 1 1000\na{b=\"}\"} 2 2000\nb 3\n", 5000, keys, {});
  REQUIRE(read.has_value());
  REQUIRE(read->incoming.series.size() == 2);
  CHECK(read->incoming.series[0].count == 2);
  CHECK(*read->incoming.labels(0) == Labels{{"__name__", "a"}, {"b", "}"}});
  CHECK(read->incoming.samples[2].at == 5000);
  CHECK(read->metadata.at("a").type == "counter");
  auto const wrong = read_text_import("a 1\nb x\n", 0, keys, {});
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().english().starts_with("line 2"));
}

TEST_CASE("OpenTelemetry's names become Prometheus' names") {
  CHECK(otlp_name("http.server.duration", "ms", false) == "http_server_duration_milliseconds");
  CHECK(otlp_name("requests", "1", true) == "requests_total");
  CHECK(otlp_name("requests_total", "{request}", true) == "requests_total");
  CHECK(otlp_name("disk.io", "By/s", false) == "disk_io_bytes_per_second");
  CHECK(otlp_name("cpu.utilization", "1", false, true) == "cpu_utilization_ratio");
  CHECK(otlp_name("2nd", "", false) == "_2nd");
}

TEST_CASE("an OTLP sum becomes a counter with job, instance and its attributes") {
  auto const attribute = [](std::string_view key, std::string_view value) {
    return field(1, key) + field(2, field(1, value));
  };
  auto const point =
      fixed_field(3, 1'000'000'000) + fixed_field(6, 42) + field(7, attribute("http.route", "/a"));
  auto const sum = field(1, point) + number_field(2, 2) + number_field(3, 1);
  auto const metric = field(1, "http.requests") + field(2, "Answered") + field(7, sum);
  auto const resource =
      field(1, attribute("service.name", "web")) + field(1, attribute("service.instance.id", "w1"));
  auto const read = read_otlp(field(1, field(1, resource) + field(2, field(2, metric))), {});
  REQUIRE(read.has_value());
  REQUIRE(read->points.size() == 1);
  CHECK(
      read->points[0].labels ==
      Labels{{"__name__", "http_requests_total"}, {"http_route", "/a"}, {"instance", "w1"}, {"job", "web"}});
  CHECK(read->points[0].sample.at == 1000);
  CHECK(read->points[0].sample.value == 42);
  CHECK(read->metadata.at("http_requests_total").type == "counter");
  auto const deltas = field(1, point) + number_field(2, 1);
  auto const refused = read_otlp(field(1, field(2, field(2, field(1, "x") + field(7, deltas)))), {});
  REQUIRE(refused.has_value());
  CHECK(refused->refused == 1);
  CHECK(refused->points.empty());
}

TEST_CASE("exemplars of both versions of remote_write come with their series, also without a sample") {
  auto const label = [](std::string_view name, std::string_view value) {
    return field(1, field(1, name) + field(2, value));
  };
  auto const exemplar =
      label("trace_id", "t") + fixed_field(2, std::bit_cast<std::uint64_t>(1.5)) + number_field(3, 7);
  auto const first = read_remote_write(field(1, label("__name__", "a") + field(3, exemplar)),
                                       RemoteWriteVersion::one, keys, {});
  REQUIRE(first.has_value());
  CHECK(first->incoming.series.empty());
  REQUIRE(first->exemplars.size() == 1);
  CHECK(first->exemplars[0].series == Labels{{"__name__", "a"}});
  CHECK(first->exemplars[0].exemplar.labels == Labels{{"trace_id", "t"}});
  CHECK(first->exemplars[0].exemplar.value == 1.5);
  CHECK(first->exemplars[0].exemplar.at == 7);

  auto const symbols =
      field(4, "") + field(4, "__name__") + field(4, "a") + field(4, "trace_id") + field(4, "t");
  auto const references = [](std::uint64_t name, std::uint64_t value) {
    return number_field(1, name) + number_field(1, value);
  };
  auto const sample = fixed_field(1, std::bit_cast<std::uint64_t>(2.0)) + number_field(2, 8);
  auto const second_exemplar =
      references(3, 4) + fixed_field(2, std::bit_cast<std::uint64_t>(1.5)) + number_field(3, 7);
  auto const message = symbols + field(5, references(1, 2) + field(2, sample) + field(4, second_exemplar)) +
                       field(5, references(1, 2) + field(4, references(3, 99)));
  auto const second = read_remote_write(message, RemoteWriteVersion::two, keys, {});
  REQUIRE(second.has_value());
  CHECK(*second->incoming.labels(0) == Labels{{"__name__", "a"}});
  REQUIRE(second->exemplars.size() == 1);
  CHECK(second->exemplars[0].exemplar.labels == Labels{{"trace_id", "t"}});
  CHECK(second->exemplars[0].series == Labels{{"__name__", "a"}});
}

#include "monitor/push_api.hpp"

#include "monitor/api/pushed.hpp"
#include "monitor/ingest/otlp.hpp"
#include "monitor/ingest/otlp_json.hpp"
#include "monitor/ingest/remote_write.hpp"
#include "monitor/ingest/snappy.hpp"
#include "monitor/ingest/text_import.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::string_view second_version = "proto=io.prometheus.write.v2.Request";

// What was taken stays taken; the sender is told of the rest.
http::Reply told(Appended const& appended) {
  if (appended.out_of_order + appended.over_limit + appended.invalid == 0) return http::Reply::empty(204);
  auto text = std::to_string(appended.accepted) +
              " samples kept; not kept: " + std::to_string(appended.out_of_order) + " out of order, " +
              std::to_string(appended.over_limit) + " over the limit of series, " +
              std::to_string(appended.invalid) + " of invalid series";
  if (!appended.reason.empty()) text += " (" + appended.reason + ")";
  return plain_reply(400, text + '\n');
}

http::Reply write(Monitor& monitor, http::Request const& request) {
  auto const message = request.header("content-encoding").empty()
                           ? unsnap(request.body, IngestLimits{}.body_bytes)
                           : unpacked_body(request);
  if (!message) return refused_push(message.error());
  bool const second = request.header("content-type").find(second_version) != std::string_view::npos;
  auto const read = read_remote_write(*message, second ? RemoteWriteVersion::two : RemoteWriteVersion::one,
                                      monitor.keys(), IngestLimits{});
  if (!read) return refused_push(read.error());
  auto const appended = monitor.append(read->incoming);
  if (!appended) return refused_push(appended.error());
  if (!read->metadata.empty()) monitor.add_metadata(read->metadata);
  auto const exemplars = monitor.add_exemplars(read->exemplars);
  auto reply = told(*appended);
  if (read->histograms > 0 && reply.status == 204)
    reply = plain_reply(400,
                        "native histograms are not kept: " + std::to_string(read->histograms) + " of them\n");
  if (second) {
    auto const written = std::to_string(appended->accepted + appended->repeated);
    reply = std::move(reply)
                .with("X-Prometheus-Remote-Write-Samples-Written", written)
                .with("X-Prometheus-Remote-Write-Histograms-Written", "0")
                .with("X-Prometheus-Remote-Write-Exemplars-Written", std::to_string(exemplars));
  }
  return reply;
}

http::Reply import_text(Monitor& monitor, http::Request const& request) {
  auto const text = unpacked_body(request);
  if (!text) return refused_push(text.error());
  auto const read = read_text_import(*text, to_ms(monitor.now()), monitor.keys(), IngestLimits{});
  if (!read) return refused_push(read.error());
  auto const appended = monitor.append(read->incoming);
  if (!appended) return refused_push(appended.error());
  monitor.add_metadata(read->metadata);
  return told(*appended);
}

http::Reply import_otlp(Monitor& monitor, http::Request const& request) {
  auto const message = unpacked_body(request);
  if (!message) return refused_push(message.error());
  bool const as_json = request.header("content-type").starts_with("application/json");
  auto const binary = as_json ? otlp_from_json(*message) : message;
  if (!binary) return refused_push(binary.error());
  auto const read = read_otlp(*binary, IngestLimits{});
  if (!read) return refused_push(read.error());
  auto const appended = monitor.append(std::span<Point const>(read->points));
  if (!appended) return refused_push(appended.error());
  monitor.add_metadata(read->metadata);
  auto const rejected = appended->out_of_order + appended->over_limit + read->refused;
  if (as_json) return http::Reply::text(otlp_json_answer(rejected, read->reason), "application/json");
  return http::Reply::text(otlp_answer(rejected, read->reason), "application/x-protobuf");
}

}  // namespace

void push_routes(http::Router& router, Monitor& monitor, Guard const& guard, std::string const& prefix,
                 std::string const& permission) {
  using Take = http::Reply (*)(Monitor&, http::Request const&);
  auto add = [&](std::string const& path, std::string const& id, std::string const& summary,
                 std::string const& type, Take take) {
    auto route = push_route(prefix + "/api/v1/" + path, id, summary, type);
    route.operation.permission = permission;
    if (path == "otlp/v1/metrics") {
      route.operation.success = 200;
      route.operation.response = {{"type", "object"}};
      route.operation.binary_type = "application/x-protobuf";
    }
    http::Handler const handler = [&monitor, take](http::Request const& request,
                                                   http::Respond const& respond) {
      respond(take(monitor, request));
    };
    route.handler = guard ? guard(handler) : handler;
    router.add(std::move(route));
  };
  add("write", "prometheusWrite", "Takes samples by remote_write 1.0 and 2.0", "application/x-protobuf",
      write);
  add("import/prometheus", "prometheusImport", "Takes samples in Prometheus' text format", "text/plain",
      import_text);
  add("otlp/v1/metrics", "otlpMetrics", "Takes metrics by OTLP over HTTP", "application/x-protobuf",
      import_otlp);
}

}  // namespace yunzhi::monitor

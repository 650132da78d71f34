#include "monitor/api/pushed.hpp"

#include "monitor/ingest/remote_write.hpp"
#include "monitor/ingest/snappy.hpp"
#include "monitor/ingest/unzip.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t packed_bytes = std::size_t{32} << 20;

}  // namespace

http::Route push_route(std::string path, std::string id, std::string summary, std::string type) {
  http::Route route;
  route.method = http::Method::post;
  route.path = std::move(path);
  route.body_limit = packed_bytes;
  route.takes_packed = true;
  route.operation.id = std::move(id);
  route.operation.tag = "prometheus";
  route.operation.summary = std::move(summary);
  route.operation.request = {{"type", "string"}, {"format", "binary"}};
  route.operation.request_type = std::move(type);
  route.operation.success = 204;
  return route;
}

Result<std::string> unpacked_body(http::Request const& request) {
  IngestLimits const limits;
  auto const encoding = request.header("content-encoding");
  if (encoding.empty() || encoding == "identity") return request.body;
  if (encoding == "snappy") return unsnap(request.body, limits.body_bytes);
  if (encoding == "gzip") return gunzip(request.body, limits.body_bytes);
  return refuse(Why::invalid, "Content-Encoding", "the encoding {} is unknown; snappy or gzip would be right",
                encoding);
}

http::Reply plain_reply(int status, std::string text) {
  return http::Reply::text(std::move(text), "text/plain; charset=utf-8", status);
}

http::Reply refused_push(Refusal const& refusal) {
  int const status = refusal.why == Why::full        ? 507
                     : refusal.why == Why::too_large ? 413
                     : refusal.why == Why::busy      ? 503
                                                     : 400;
  return plain_reply(status, refusal.english() + '\n');
}

}  // namespace yunzhi::monitor

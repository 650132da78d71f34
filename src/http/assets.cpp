#include "http/assets.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/random.hpp"
#include "http/wire/text.hpp"

namespace yunzhi::http {
namespace {

using Table = std::unordered_map<std::string_view, Asset const*>;

// Vite names the files of this folder by their content, so they never change.
constexpr std::string_view hashed = "/assets/";
constexpr std::string_view never_pages[] = {"/api",    "/assets",  "/prometheus",
                                            "/health", "/metrics", "/openapi.json"};
constexpr std::string_view not_built =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Yunzhi</title>"
    "<p>The web interface was not built into this program. The programming interface is at "
    "/api/v1.</p></html>";

bool never_page(std::string_view path) {
  for (auto const prefix : never_pages) {
    if (path == prefix || (path.starts_with(prefix) && path[prefix.size()] == '/')) return true;
  }
  return false;
}

// Whether the coding is named with a weight other than zero (RFC 9110 section 12.5.3).
bool accepts(std::string_view accepted, std::string_view coding) {
  while (!accepted.empty()) {
    auto parameters = next_of(accepted, ',');
    if (!same_ignoring_case(trim(next_of(parameters, ';')), coding)) continue;
    auto const weight = trim(parameters);
    return !(weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == std::string_view::npos);
  }
  return false;
}

bool matches(std::string_view tags, std::string_view tag) {
  while (!tags.empty()) {
    auto candidate = trim(next_of(tags, ','));
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == tag || candidate == "*") return true;
  }
  return false;
}

Reply reply_with(Asset const& asset, Request const& request) {
  auto const accepted = request.header("accept-encoding");
  Reply reply;
  std::string tag = "\"" + std::string(asset.tag);
  if (!asset.brotli.empty() && accepts(accepted, "br")) {
    reply.lasting = asset.brotli;
    reply.headers.emplace_back("Content-Encoding", "br");
    tag += "-br";
  } else if (!asset.gzip.empty() && accepts(accepted, "gzip")) {
    reply.lasting = asset.gzip;
    reply.headers.emplace_back("Content-Encoding", "gzip");
    tag += "-gzip";
  } else {
    reply.lasting = asset.identity;
  }
  tag += '"';
  reply.headers.emplace_back("Content-Type", asset.type);
  reply.headers.emplace_back("Vary", "Accept-Encoding");
  reply.headers.emplace_back(
      "Cache-Control", asset.path.starts_with(hashed) ? "public, max-age=31536000, immutable" : "no-cache");
  reply.headers.emplace_back("ETag", tag);
  if (matches(request.header("if-none-match"), tag)) reply.status = 304;
  return reply;
}

// The interface's style engine writes style elements at run time. They are allowed by a nonce that is new for
// every page, so the page itself is never cached and never precompressed.
constexpr std::string_view nonce_mark = "__NONCE__";

Reply page_with_nonce(Asset const& asset) {
  auto const nonce = random_token(16);
  std::string page(asset.identity);
  for (auto at = page.find(nonce_mark); at != std::string::npos; at = page.find(nonce_mark, at))
    page.replace(at, nonce_mark.size(), nonce);
  return Reply::text(std::move(page), asset.type)
      .with("Cache-Control", "no-store")
      .with("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce +
                "'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src "
                "'self'; "
                "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'");
}

Reply page_reply(Asset const& asset, Request const& request) {
  bool const marked = asset.identity.find(nonce_mark) != std::string_view::npos;
  return marked ? page_with_nonce(asset) : reply_with(asset, request);
}

Reply find(Table const& table, Request const& request) {
  if (auto const found = table.find(request.path); found != table.end())
    return page_reply(*found->second, request);
  if (request.method != Method::get || never_page(request.path)) {
    return Reply::problem(refuse(Why::missing, "", "there is nothing at this address"), request);
  }
  if (auto const page = table.find("/index.html"); page != table.end())
    return page_reply(*page->second, request);
  return Reply::text(std::string(not_built), "text/html; charset=utf-8");
}

}  // namespace

Handler serve_assets(std::span<Asset const> assets) {
  auto table = std::make_shared<Table>();
  for (auto const& asset : assets) table->emplace(asset.path, &asset);
  return [table](Request const& request, Respond const& respond) { respond(find(*table, request)); };
}

}  // namespace yunzhi::http

// Talks to a server that has Prometheus' HTTP API, ours or another.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "monitor/scrape/target.hpp"

namespace yunzhi::monitor {

/// Where a server is and how it is asked: http://host:port, with a bearer token or none.
struct Remote {
  std::string url;
  std::string token;
  Milliseconds timeout{60'000};
  std::shared_ptr<ScrapeSettings const> settings = nullptr;  ///< authorization and TLS; none: the plain way
};

/// The body of GET url + path; refused with what the server or the network said.
Result<std::string> remote_get(Remote const& remote, std::string const& path);
/// Sends text of this type; refused when it is not taken.
Result<> remote_post(Remote const& remote, std::string const& path, std::string_view type, std::string body);

/// Sends a remote_write 1.0 body, packed with snappy. Refused as invalid when the server will never take it
/// (a status of 400 to 499 but 429), otherwise as busy: to be tried again.
Result<> remote_write(Remote const& remote, std::string body);

/// The text for use within a URL's query.
std::string url_escaped(std::string_view text);
/// Adds ?name=value, or &name=value behind what `query` holds already.
void put_parameter(std::string& query, std::string_view name, std::string_view value);

}  // namespace yunzhi::monitor

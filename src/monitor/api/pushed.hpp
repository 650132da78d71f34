// What the routes have in common by which others push something.
#pragma once

#include <string>

#include "http/router.hpp"

namespace yunzhi::monitor {

/// A POST that takes packed bodies and answers 204, without its handler.
http::Route push_route(std::string path, std::string id, std::string summary, std::string type);

/// The body as it was before it was packed with gzip or snappy, within IngestLimits.
Result<std::string> unpacked_body(http::Request const& request);

http::Reply plain_reply(int status, std::string text);

/// The refusal as text. 4xx tell the sender not to try again; 5xx to keep what it has and try later.
http::Reply refused_push(Refusal const& refusal);

}  // namespace yunzhi::monitor

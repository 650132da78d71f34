// Gets one target's metrics over HTTP/1.1, with or without TLS: resolve, connect, ask, read, all under one
// deadline.
#pragma once

#include <functional>
#include <string>

#include <boost/asio/io_context.hpp>

#include "base/result.hpp"
#include "monitor/scrape/fetched_page.hpp"
#include "monitor/scrape/target.hpp"

namespace yunzhi::monitor {

/// Called once, on the context's thread, with the page or with why there is none.
using Fetched = std::function<void(Result<FetchedPage>)>;

/// What is sent with a POST.
struct Posting {
  std::string type;      ///< Content-Type
  std::string encoding;  ///< Content-Encoding; empty: none
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< further ones
};

/// Refused unless the status is 200.
void fetch(boost::asio::io_context& context, Target const& target, ScrapeLimits const& limits, Fetched done);
/// The same whatever the status is.
void fetch_any(boost::asio::io_context& context, Target const& target, ScrapeLimits const& limits,
               Fetched done);
/// The same with a body; any status of success will do.
void post(boost::asio::io_context& context, Target const& target, Posting const& posting,
          ScrapeLimits const& limits, Fetched done);

}  // namespace yunzhi::monitor

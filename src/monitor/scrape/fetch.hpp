// Gets one target's metrics over HTTP/1.1: resolve, connect, ask, read, all under one deadline.
#pragma once

#include <functional>
#include <string>

#include <boost/asio/io_context.hpp>

#include "base/result.hpp"
#include "monitor/scrape/target.hpp"

namespace yunzhi::monitor {

/// Called once, on the context's thread, with the body or with why there is none.
using Fetched = std::function<void(Result<std::string>)>;

void fetch(boost::asio::io_context& context, Target const& target, ScrapeLimits const& limits, Fetched done);

}  // namespace yunzhi::monitor

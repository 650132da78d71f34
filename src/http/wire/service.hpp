// What all connections of one server share. Set up before the first of them, unchanged after.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "http/server.hpp"
#include "http/wire/workers.hpp"
#include "http/words.hpp"

namespace yunzhi::http {

struct Service {
  Service(ServerOptions given, Router const& routes, Handler otherwise)
      : options(std::move(given)),
        router(routes),
        fallback(std::move(otherwise)),
        workers(options.workers, options.queue) {}

  ServerOptions options;
  Router const& router;
  Handler fallback;
  Words words;
  std::function<void(Served const&)> observer;
  std::string id_prefix;  ///< random, so that ids of two runs differ
  std::atomic<std::uint64_t> next_id = 0;
  std::atomic<std::size_t> connections = 0;
  Workers workers;
};

}  // namespace yunzhi::http

// The web interface, served from memory: embedded files with entity tags and precompressed bodies.
#pragma once

#include <span>
#include <string_view>

#include "http/message.hpp"
#include "http/router.hpp"

namespace yunzhi::http {

/// One embedded file; all views live as long as the program. cmake/embed.cmake writes tables of these.
struct Asset {
  std::string_view path;  ///< "/assets/index-4f3c.js"
  std::string_view type;
  std::string_view tag;       ///< digest of the content
  std::string_view identity;  ///< the bytes as they are
  std::string_view brotli;    ///< empty: none
  std::string_view gzip;      ///< empty: none
};

/// Answers GETs: a known path with its file, an unknown one with /index.html so that the interface's own
/// addresses can be opened, and 404 below /api, /assets and their like. With an empty table every page says
/// that the web interface was not built. The table must outlive the handler.
Handler serve_assets(std::span<Asset const> assets);

}  // namespace yunzhi::http

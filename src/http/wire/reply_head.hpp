// The status line and headers of a reply, as bytes.
#pragma once

#include <string>
#include <string_view>

#include "http/message.hpp"

namespace yunzhi::http {

struct HeadOptions {
  std::string_view date;        ///< IMF-fixdate
  std::string_view request_id;  ///< echoed as X-Request-Id
  bool secure = false;          ///< over TLS: adds HSTS
  bool chunked = false;
  bool close = false;
};

/// The bytes of the reply's body, wherever they lie.
std::string_view body_of(Reply const& reply);

/// Whether replies of this status have no body at all.
bool bodiless(int status);

/// Everything up to and including the empty line. Security headers are on every reply; a reply may bring
/// its own Content-Security-Policy and Cache-Control, nothing else of them.
std::string reply_head(Reply const& reply, HeadOptions const& options);

}  // namespace yunzhi::http

// What a server that speaks TLS needs, made once for all of them.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "base/result.hpp"

namespace yunzhi::http {

/// TLS 1.2 or newer with the chain and the key of the PEM files. Refused when a file cannot be used.
Result<std::unique_ptr<boost::asio::ssl::context>> server_tls(std::string const& certificate_file,
                                                              std::string const& key_file);

}  // namespace yunzhi::http

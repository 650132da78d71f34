// What is decided about a request when its head is known: who handles it, how long its body may be, or why
// it is answered at once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "http/message.hpp"
#include "http/router.hpp"
#include "http/wire/request_parser.hpp"

namespace yunzhi::http {

struct Admission {
  std::optional<Reply> reply;  ///< the answer, when no handler is to run
  Handler const* handler = nullptr;
  Runs runs = Runs::on_loop;
  std::string_view route;
  std::size_t body_limit = 0;
  bool head_only = false;  ///< HEAD: the headers of GET without its body
  bool continues = false;  ///< the peer waits for 100 Continue
};

/// Fills method, path, query, headers and captures of the request; its id, remote and words are set before.
Admission admit(RequestParser& parser, Router const& router, Handler const& fallback, Request& request);

/// The sentence for a failure of parsing: 400, 408, 413, 414, 417, 431, 501, 505.
Reply framing_problem(int status, Request const& request);

}  // namespace yunzhi::http

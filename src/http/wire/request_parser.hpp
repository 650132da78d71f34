// One request from bytes: Beast's parser with the strictness of RFC 9112 on top and our limits. What two
// programs could frame in two ways is refused, and the connection with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

#include "http/message.hpp"

namespace yunzhi::http {

class RequestParser final : private boost::beast::http::basic_parser<true> {
 public:
  RequestParser();

  /// Takes bytes from the front and returns how many it used; stops at the end of the head and at the end
  /// of the message. After a failure `failure()` holds the status to answer with.
  std::size_t feed(std::string_view bytes);

  [[nodiscard]] bool head_done() const { return is_header_done(); }
  [[nodiscard]] bool done() const { return is_done(); }
  [[nodiscard]] int failure() const { return failure_; }

  /// Called between head and body: how much of a body is taken. False when a longer one is announced.
  bool admit_body(std::size_t limit);
  [[nodiscard]] bool has_body() const { return !is_done(); }
  /// The body's length when it was announced.
  [[nodiscard]] std::optional<std::uint64_t> announced() const;
  [[nodiscard]] bool keeps_alive() const { return keep_alive() && version_ == 11; }

  // Of the head, valid once it is done.
  [[nodiscard]] std::string const& method() const { return method_; }
  [[nodiscard]] std::string const& target() const { return target_; }
  [[nodiscard]] int version() const { return version_; }
  /// Headers and body; moved out by whoever serves the request.
  Headers headers;
  std::string body;

 private:
  using Code = boost::beast::error_code;
  using View = boost::beast::string_view;

  void on_request_impl(boost::beast::http::verb, View method, View target, int version, Code& code) override;
  void on_response_impl(int, View, int, Code&) override {}
  void on_field_impl(boost::beast::http::field field, View name, View value, Code& code) override;
  void on_header_impl(Code& code) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const&, Code&) override {}
  std::size_t on_body_impl(View bytes, Code& code) override;
  void on_chunk_header_impl(std::uint64_t size, View extensions, Code& code) override;
  std::size_t on_chunk_body_impl(std::uint64_t remain, View bytes, Code& code) override;
  void on_finish_impl(Code&) override {}

  void fail(int status, Code& code);
  int status_of(Code const& code) const;

  std::string method_;
  std::string target_;
  int version_ = 0;
  int failure_ = 0;
  int hosts_ = 0;
  int lengths_ = 0;
  bool transfer_coded_ = false;
  std::size_t body_limit_ = 0;
  std::size_t chunks_ = 0;
};

}  // namespace yunzhi::http

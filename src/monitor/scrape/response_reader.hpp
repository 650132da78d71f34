// Reads one HTTP/1.1 response from pieces of bytes, within limits: Content-Length, chunked, or until close.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace yunzhi::monitor {

class ResponseReader {
 public:
  ResponseReader(std::size_t header_bytes, std::size_t body_bytes)
      : header_bytes_(header_bytes), body_bytes_(body_bytes) {}

  /// True when the response is complete; refused when it is malformed or over a limit.
  Result<bool> feed(std::string_view bytes);
  /// The peer closed; true when that ends the body rightly.
  Result<bool> closed();

  [[nodiscard]] int status() const { return status_; }
  [[nodiscard]] std::string const& body() const { return body_; }
  [[nodiscard]] bool gzip() const { return gzip_; }
  [[nodiscard]] std::string const& content_type() const { return content_type_; }

 private:
  enum class Stage { head, by_length, until_close, chunk_size, chunk_data, chunk_end, trailers, done };

  Result<> read_head(std::string_view head);
  Result<> read_header(std::string_view line);
  Result<> begin_body();
  Result<bool> step();
  Result<bool> step_chunk_size();
  Result<> take_body(std::size_t count);
  std::optional<std::string> take_line();

  std::size_t const header_bytes_;
  std::size_t const body_bytes_;
  Stage stage_ = Stage::head;
  std::string pending_;
  std::string body_;
  int status_ = 0;
  bool chunked_ = false;
  bool gzip_ = false;
  std::string content_type_;
  std::optional<std::uint64_t> length_;
  std::uint64_t left_ = 0;
};

}  // namespace yunzhi::monitor

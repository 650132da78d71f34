#include "monitor/scrape/response_reader.hpp"

#include <algorithm>
#include <charconv>

#include "monitor/query/token.hpp"

namespace yunzhi::monitor {
namespace {

constexpr std::size_t chunk_line_bytes = 256;

Refusal wrong(std::string_view text) {
  return refuse(Why::invalid, "", text);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

bool whole_number(std::string_view text, int base, std::uint64_t& value) {
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return !text.empty() && parsed.ec == std::errc() && parsed.ptr == text.data() + text.size();
}

}  // namespace

Result<bool> ResponseReader::feed(std::string_view bytes) {
  pending_ += bytes;
  while (stage_ != Stage::done) {
    auto moved = step();
    if (!moved) return moved;
    if (!*moved) return false;
  }
  return true;
}

Result<bool> ResponseReader::closed() {
  if (stage_ == Stage::done || stage_ == Stage::until_close) return true;
  if (stage_ == Stage::head) return wrong("the target closed the connection before it answered");
  return wrong("the target closed the connection before the end of its answer");
}

// One move; false when more bytes are needed.
Result<bool> ResponseReader::step() {
  switch (stage_) {
    case Stage::head: {
      auto const end = pending_.find("\r\n\r\n");
      if (std::min(end, pending_.size()) > header_bytes_) return wrong("the answer's header is too long");
      if (end == pending_.npos) return false;
      auto const head = pending_.substr(0, end);
      pending_.erase(0, end + 4);
      if (auto done = read_head(head); !done) return done.error();
      return true;
    }
    case Stage::by_length:
    case Stage::chunk_data:
    case Stage::until_close: {
      auto const count =
          stage_ == Stage::until_close ? pending_.size() : std::min<std::uint64_t>(left_, pending_.size());
      if (auto done = take_body(count); !done) return done.error();
      if (stage_ == Stage::until_close) return false;
      left_ -= count;
      if (left_ > 0) return false;
      stage_ = stage_ == Stage::by_length ? Stage::done : Stage::chunk_end;
      return true;
    }
    case Stage::chunk_size:
      return step_chunk_size();
    case Stage::chunk_end:
    case Stage::trailers: {
      auto const line = take_line();
      if (!line) {
        if (pending_.size() > header_bytes_) return wrong("the answer's chunks are malformed");
        return false;
      }
      bool const empty = line->empty();
      if (stage_ == Stage::chunk_end && !empty) return wrong("the answer's chunks are malformed");
      if (stage_ == Stage::chunk_end) {
        stage_ = Stage::chunk_size;
      } else if (empty) {
        stage_ = Stage::done;
      }
      return true;
    }
    case Stage::done:
      break;
  }
  return true;
}

Result<bool> ResponseReader::step_chunk_size() {
  auto const line = take_line();
  if (!line) {
    if (pending_.size() > chunk_line_bytes) return wrong("the answer's chunks are malformed");
    return false;
  }
  if (!whole_number(trimmed(std::string_view(*line).substr(0, line->find(';'))), 16, left_)) {
    return wrong("the answer's chunks are malformed");
  }
  if (left_ > body_bytes_ - body_.size())
    return refuse(Why::too_large, "", "the answer is longer than {} bytes", body_bytes_);
  stage_ = left_ == 0 ? Stage::trailers : Stage::chunk_data;
  return true;
}

std::optional<std::string> ResponseReader::take_line() {
  auto const end = pending_.find('\n');
  if (end == pending_.npos) return std::nullopt;
  auto line = pending_.substr(0, end);
  pending_.erase(0, end + 1);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

Result<> ResponseReader::take_body(std::size_t count) {
  if (count > body_bytes_ - body_.size())
    return refuse(Why::too_large, "", "the answer is longer than {} bytes", body_bytes_);
  body_.append(pending_, 0, count);
  pending_.erase(0, count);
  return {};
}

Result<> ResponseReader::read_head(std::string_view head) {
  auto const line = head.substr(0, head.find("\r\n"));
  std::uint64_t status = 0;
  if (!line.starts_with("HTTP/1.") || line.size() < 12 || !whole_number(line.substr(9, 3), 10, status)) {
    return wrong("the target does not answer in HTTP");
  }
  status_ = static_cast<int>(status);
  auto rest = head.substr(line.size());
  while (!rest.empty()) {
    rest.remove_prefix(2);
    auto const header = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(header.size());
    if (auto done = read_header(header); !done) return done;
  }
  return begin_body();
}

Result<> ResponseReader::read_header(std::string_view line) {
  auto const colon = line.find(':');
  if (colon == line.npos) return wrong("the answer's header is malformed");
  auto const name = lower(line.substr(0, colon));
  auto const value = trimmed(line.substr(colon + 1));
  if (name == "content-length") {
    std::uint64_t length = 0;
    if (!whole_number(value, 10, length) || (length_ && *length_ != length))
      return wrong("the answer's Content-Length is malformed");
    length_ = length;
  } else if (name == "transfer-encoding") {
    if (lower(value) != "chunked") return wrong("the answer's Transfer-Encoding is not supported");
    chunked_ = true;
  } else if (name == "content-type") {
    content_type_ = lower(value);
  } else if (name == "content-encoding" && lower(value) != "identity") {
    gzip_ = lower(value) == "gzip";
    if (!gzip_) return wrong("the answer is compressed in a way that was not asked for");
  }
  return {};
}

Result<> ResponseReader::begin_body() {
  if (status_ >= 100 && status_ < 200) return wrong("the target does not answer in HTTP");
  if (status_ == 204) {
    stage_ = Stage::done;
  } else if (chunked_) {
    stage_ = Stage::chunk_size;
  } else if (length_) {
    if (*length_ > body_bytes_)
      return refuse(Why::too_large, "", "the answer is longer than {} bytes", body_bytes_);
    left_ = *length_;
    stage_ = Stage::by_length;
  } else {
    stage_ = Stage::until_close;
  }
  return {};
}

}  // namespace yunzhi::monitor

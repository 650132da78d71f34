// One connection from its first byte to its last: reads a request, has it answered, writes the reply, and
// again. Everything here runs on the thread of one loop.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/wire/admission.hpp"
#include "http/wire/byte_stream.hpp"
#include "http/wire/event_queue.hpp"
#include "http/wire/exchange.hpp"
#include "http/wire/loop.hpp"
#include "http/wire/service.hpp"

namespace yunzhi::http {

class Connection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  Connection(Service& service, Loop& loop, std::unique_ptr<ByteStream> bytes, bool secure);
  ~Connection();
  Connection(Connection const&) = delete;
  Connection& operator=(Connection const&) = delete;

  /// The whole life; returns when the connection is over.
  Task<void> run();

  /// Called by the loop from time to time: cuts off who is too slow, wakes a silent stream.
  void check(Time now);
  /// Ends the connection at once when it is idle or streaming, otherwise after the running reply.
  void wind_down();
  /// Ends the connection now.
  void cut();

 private:
  Task<bool> serve_one();
  Task<bool> read_head();
  Task<bool> read_body();
  Task<bool> skip_body();
  Task<bool> take_body();
  Task<bool> fill();
  Task<bool> answer_early(Reply reply);
  Task<bool> handle();
  Task<bool> send(Reply& reply);
  Task<bool> send_bytes(std::string_view bytes);
  Task<bool> send_stream(Stream& stream, bool chunked, bool event_stream);
  Task<bool> send_piece(std::string_view piece, bool chunked);
  Task<void> linger();

  void feed();
  void begin_request();
  void allow(int timeout_ms);
  [[nodiscard]] bool peer_gone();
  [[nodiscard]] std::string_view unread() const { return {input_.data() + begin_, end_ - begin_}; }
  void observe(int status);

  Service& service_;
  Loop& loop_;
  std::unique_ptr<ByteStream> bytes_;
  std::string remote_;
  bool const secure_;

  std::vector<char> input_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;

  std::optional<RequestParser> parser_;
  Admission admission_;
  std::shared_ptr<Exchange> exchange_;
  std::shared_ptr<EventQueue> events_;
  Time started_;
  Time deadline_;
  Time next_heartbeat_;
  bool idle_ = true;
  bool keep_ = true;
  bool ending_ = false;
  bool heartbeat_ = false;
};

}  // namespace yunzhi::http

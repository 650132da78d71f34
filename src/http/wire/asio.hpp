// The few names of Asio that the transport uses, with concrete types: one loop is one thread and one
// io_context, so its own executor serializes everything and no strand is needed.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace yunzhi::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using ErrorCode = boost::system::error_code;

template <class T>
using Task = asio::awaitable<T, Executor>;

/// Network errors are values: `auto [code, bytes] = co_await operation(buffer, as_values);`
inline constexpr auto as_values = asio::as_tuple(asio::use_awaitable_t<Executor>());

}  // namespace yunzhi::http

// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin/client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <stdexcept>

namespace blockexecd::daemon {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::chrono::seconds kConnectPatience{5};

// Runs what was started to its end; the stream's own timer bounds it.
void finish(asio::io_context& io) {
    io.restart();
    io.run();
}

[[noreturn]] void fail(const AdminAddress& address, const beast::error_code& error) {
    throw std::runtime_error("the daemon at " + address.address + ":" +
                             std::to_string(address.port) + " does not answer: " + error.message());
}

}  // namespace

std::optional<AdminResponse> send_request(const AdminAddress& address, const AdminRequest& request,
                                          std::optional<std::chrono::seconds> patience) {
    asio::io_context io;
    beast::tcp_stream stream(io);
    beast::error_code error;
    const auto keep = [&](const beast::error_code& result, auto&&...) { error = result; };

    stream.expires_after(kConnectPatience);
    stream.async_connect(
        asio::ip::tcp::endpoint(asio::ip::make_address(address.address), address.port), keep);
    finish(io);
    if (error == asio::error::connection_refused)
        return std::nullopt;
    if (error)
        fail(address, error);

    http::request<http::string_body> message(http::string_to_verb(request.method), request.path,
                                             11);
    message.set(http::field::host, address.address);
    message.set(http::field::content_type, request.content_type);
    message.body() = request.body;
    message.keep_alive(false);
    message.prepare_payload();
    if (patience)
        stream.expires_after(*patience);
    else
        stream.expires_never();
    http::async_write(stream, message, keep);
    finish(io);
    if (error)
        fail(address, error);
    beast::flat_buffer buffer;
    http::response<http::string_body> response;
    http::async_read(stream, buffer, response, keep);
    finish(io);
    if (error)
        fail(address, error);
    return AdminResponse{.status = response.result_int(),
                         .content_type = std::string(response[http::field::content_type]),
                         .body = response.body(),
                         .allow = {}};
}

}  // namespace blockexecd::daemon

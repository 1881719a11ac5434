// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin/server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include "daemon/lifecycle/log.hpp"

namespace blockexecd::daemon {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Response = http::response<http::string_body>;

constexpr std::size_t kMaxHeaderBytes = 16 << 10;

Response to_http(const AdminResponse& answer, unsigned http_version, bool keep_alive, bool head) {
    Response response(static_cast<http::status>(answer.status), http_version);
    response.set(http::field::content_type, answer.content_type);
    response.set(http::field::cache_control, "no-store");
    response.set("X-Content-Type-Options", "nosniff");
    if (!answer.allow.empty())
        response.set(http::field::allow, answer.allow);
    response.keep_alive(keep_alive);
    response.body() = answer.body;
    response.prepare_payload();
    if (head)
        response.body().clear();
    return response;
}

AdminResponse refusal(const beast::error_code& error, std::uint64_t max_body_bytes) {
    if (error == http::error::body_limit)
        return error_response(
            413, "the body is larger than " + std::to_string(max_body_bytes) + " bytes",
            "[admin] max_body_kb sets the limit.");
    if (error == http::error::header_limit)
        return error_response(
            431, "the header is larger than " + std::to_string(kMaxHeaderBytes) + " bytes",
            "Send fewer or shorter fields.");
    return error_response(400, "not an HTTP request: " + error.message(), "Send HTTP/1.1.");
}

AdminRequest from_http(const http::request<http::string_body>& message) {
    const std::string_view target(message.target().data(), message.target().size());
    return {.method = std::string(message.method_string()),
            .path = std::string(target.substr(0, target.find('?'))),
            .host = std::string(message[http::field::host]),
            .content_type = std::string(message[http::field::content_type]),
            .body = message.body()};
}

}  // namespace

struct AdminServer::Shared {
    AdminServerSettings settings;
    std::function<AdminResponse(const AdminRequest&)> answer;
    std::function<bool(const AdminRequest&)> is_long;
    std::size_t connections = 0;  // the io thread's
    asio::thread_pool long_work{1};

    // An exception is a fault of ours, and must not end the daemon for one request.
    AdminResponse answer_safely(const AdminRequest& request) const {
        try {
            return answer(request);
        } catch (const std::exception& fault) {
            log_error("admin request failed", {{"path", request.path}, {"reason", fault.what()}});
            return error_response(500, fault.what(), "The log has more.");
        }
    }

    asio::awaitable<AdminResponse> respond(const AdminRequest& request) {
        if (!is_long(request))
            co_return answer_safely(request);
        auto work = [this, &request]() -> asio::awaitable<AdminResponse> {
            co_return answer_safely(request);
        };
        auto response = co_await asio::co_spawn(long_work, work, asio::use_awaitable);
        co_return response;
    }
};

namespace {

template <class Shared>
asio::awaitable<void> session(std::shared_ptr<Shared> shared, tcp::socket socket) {
    struct Count {
        std::size_t& connections;
        explicit Count(std::size_t& count) : connections(count) { ++connections; }
        ~Count() { --connections; }
    } count(shared->connections);

    beast::tcp_stream stream(std::move(socket));
    beast::flat_buffer buffer;
    beast::error_code error;
    bool keep_alive = true;
    while (keep_alive) {
        http::request_parser<http::string_body> parser;
        parser.body_limit(shared->settings.max_body_bytes);
        parser.header_limit(kMaxHeaderBytes);
        stream.expires_after(shared->settings.timeout);
        co_await http::async_read(stream, buffer, parser,
                                  asio::redirect_error(asio::use_awaitable, error));
        if (error == http::error::end_of_stream || error == beast::error::timeout ||
            error == asio::error::connection_reset || error == asio::error::operation_aborted)
            break;
        Response response;
        if (error) {
            keep_alive = false;
            response = to_http(refusal(error, shared->settings.max_body_bytes), 11, false, false);
        } else {
            stream.expires_never();
            const auto request = from_http(parser.get());
            keep_alive = parser.get().keep_alive();
            const auto answer = co_await shared->respond(request);
            response =
                to_http(answer, parser.get().version(), keep_alive, request.method == "HEAD");
        }
        http::response_serializer<http::string_body> serializer(response);
        stream.expires_after(shared->settings.timeout);
        co_await http::async_write(stream, serializer,
                                   asio::redirect_error(asio::use_awaitable, error));
        if (error)
            break;
    }
    beast::error_code ignored;  // the client may be gone already
    stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace

AdminServer::AdminServer(asio::io_context& io, AdminServerSettings settings)
    : acceptor_(io, tcp::endpoint(asio::ip::make_address(settings.address), settings.port)),
      shared_(std::make_shared<Shared>()) {
    shared_->settings = std::move(settings);
}

AdminServer::~AdminServer() = default;

std::string AdminServer::url() const {
    const auto endpoint = acceptor_.local_endpoint();
    const auto address = endpoint.address().to_string();
    return "http://" + (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" +
           std::to_string(endpoint.port());
}

asio::awaitable<void> AdminServer::serve(std::function<AdminResponse(const AdminRequest&)> answer,
                                         std::function<bool(const AdminRequest&)> is_long) {
    shared_->answer = std::move(answer);
    shared_->is_long = std::move(is_long);
    const auto executor = co_await asio::this_coro::executor;
    while (true) {
        boost::system::error_code error;
        auto socket =
            co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted)
            co_return;
        if (error) {  // no file descriptors left, a client that went: the next may do better
            log_warning("admin endpoint could not accept", {{"reason", error.message()}});
            asio::steady_timer pause(executor, std::chrono::milliseconds(100));
            co_await pause.async_wait(asio::use_awaitable);
            continue;
        }
        if (shared_->connections < shared_->settings.max_connections)
            asio::co_spawn(executor, session(shared_, std::move(socket)), asio::detached);
    }
}

void AdminServer::join() {
    shared_->long_work.join();
}

}  // namespace blockexecd::daemon

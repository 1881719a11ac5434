// SPDX-License-Identifier: Apache-2.0
// The admin endpoint's sockets: accepts on a loopback address, reads requests within limits of size
// and time, and lets a function answer them.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "daemon/admin/http.hpp"

namespace blockexecd::daemon {

struct AdminServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any
    std::uint64_t max_body_bytes = 64 << 10;
    std::chrono::seconds timeout{10};
    std::size_t max_connections = 64;
};

class AdminServer {
  public:
    // Binds and listens. Throws boost::system::system_error when the address is taken.
    AdminServer(boost::asio::io_context& io, AdminServerSettings settings);
    ~AdminServer();
    AdminServer(const AdminServer&) = delete;
    AdminServer& operator=(const AdminServer&) = delete;

    // "http://127.0.0.1:9780"
    [[nodiscard]] std::string url() const;

    // Accepts until it is cancelled. `answer` runs on the io thread; those that `is_long` holds for
    // run one after the other on a thread of their own. Requests that are being answered then are
    // finished by `join`.
    boost::asio::awaitable<void> serve(std::function<AdminResponse(const AdminRequest&)> answer,
                                       std::function<bool(const AdminRequest&)> is_long);

    // Waits for long work. The io_context must not run meanwhile.
    void join();

  private:
    struct Shared;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::shared_ptr<Shared> shared_;
};

}  // namespace blockexecd::daemon

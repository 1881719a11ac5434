// SPDX-License-Identifier: Apache-2.0
// The endpoint's sockets: requests and answers pass, limits of size, time and number hold, long
// work delays nobody.
#include "daemon/admin/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <thread>

#include "daemon/admin/client.hpp"

namespace blockexecd::daemon {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::HasSubstr;

class Server : public testing::Test {
  protected:
    Server()
        : server_(
              io_,
              {.max_body_bytes = 100, .timeout = std::chrono::seconds(1), .max_connections = 3}) {
        const auto url = server_.url();
        address_ = {"127.0.0.1",
                    static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)))};
        asio::co_spawn(
            io_,
            server_.serve([this](const AdminRequest& request) { return answer(request); },
                          [](const AdminRequest& request) { return request.path == "/long"; }),
            asio::detached);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~Server() override {
        release();
        io_.stop();
        thread_.join();
        server_.join();
    }

    AdminResponse answer(const AdminRequest& request) {
        if (request.path == "/long")
            released_.wait(false);
        if (request.path == "/throws")
            throw std::runtime_error("a fault");
        return {.status = 200,
                .content_type = "text/plain",
                .body = request.method + " " + request.path + " " + request.body,
                .allow = {}};
    }
    void release() {
        released_ = true;
        released_.notify_all();
    }
    AdminResponse get(const std::string& path) { return send("GET", path, {}); }
    AdminResponse send(const std::string& method, const std::string& path,
                       const std::string& body) {
        return *send_request(
            address_,
            {.method = method, .path = path, .host = {}, .content_type = {}, .body = body},
            std::chrono::seconds(10));
    }
    // What a raw connection gets until the server closes it.
    std::string raw(const std::string& text) {
        asio::io_context io;
        tcp::socket socket(io);
        socket.connect(tcp::endpoint(asio::ip::make_address(address_.address), address_.port));
        asio::write(socket, asio::buffer(text));
        std::string answer;
        boost::system::error_code closed;
        asio::read(socket, asio::dynamic_buffer(answer), closed);
        return answer;
    }

    asio::io_context io_;
    AdminServer server_;
    AdminAddress address_;
    std::atomic<bool> released_{false};
    std::thread thread_;
};

TEST_F(Server, AnswersRequests) {
    const auto response = send("POST", "/a?b=c", "body");
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(response.body, "POST /a body");
}

TEST_F(Server, KeepsAConnectionForFurtherRequests) {
    const auto answers =
        raw("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: "
            "close\r\n\r\n");
    EXPECT_THAT(answers, HasSubstr("GET /1 "));
    EXPECT_THAT(answers, HasSubstr("GET /2 "));
}

TEST_F(Server, HeadHasNoBody) {
    const auto answer = raw("HEAD /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("Content-Length: 8\r\n"));
    EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(Server, RefusesBodiesAndHeadersThatAreTooLarge) {
    EXPECT_EQ(send("POST", "/a", std::string(101, 'x')).status, 413U);
    EXPECT_THAT(raw("GET / HTTP/1.1\r\nX: " + std::string(20000, 'x') + "\r\n\r\n"),
                HasSubstr("431"));
}

TEST_F(Server, RefusesWhatIsNotHttp) {
    EXPECT_THAT(raw("hello\r\n\r\n"), HasSubstr("HTTP/1.1 400"));
}

TEST_F(Server, ClosesAClientThatDoesNotFinishItsRequest) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(raw("GET / HTTP/1.1\r\n"), "");
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(900));
}

TEST_F(Server, AFaultIsAnAnswerAndTheServerGoesOn) {
    const auto response = get("/throws");
    EXPECT_EQ(response.status, 500U);
    EXPECT_THAT(response.body, HasSubstr("a fault"));
    EXPECT_EQ(get("/a").status, 200U);
}

TEST_F(Server, LongWorkDelaysNobody) {
    std::thread slow([this] { EXPECT_EQ(get("/long").status, 200U); });
    EXPECT_EQ(get("/quick").status, 200U);
    release();
    slow.join();
}

TEST_F(Server, ClosesConnectionsBeyondTheLimit) {
    asio::io_context io;
    std::vector<tcp::socket> open;
    for (int i = 0; i < 3; ++i) {
        open.emplace_back(io).connect(
            tcp::endpoint(asio::ip::make_address(address_.address), address_.port));
        asio::write(open.back(), asio::buffer(std::string("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")));
        std::array<char, 8> some{};
        asio::read(open.back(), asio::buffer(some));  // accepted and answered
    }
    EXPECT_EQ(raw(""), "");
    open.clear();
}

TEST(Client, NothingWhenNobodyListens) {
    asio::io_context io;
    tcp::acceptor taken(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    const auto port = taken.local_endpoint().port();
    taken.close();
    EXPECT_FALSE(
        send_request({"127.0.0.1", port},
                     {.method = "GET", .path = "/", .host = {}, .content_type = {}, .body = {}},
                     std::chrono::seconds(1))
            .has_value());
}

}  // namespace
}  // namespace blockexecd::daemon

// SPDX-License-Identifier: Apache-2.0
// The words that systemd gets on its socket.
#include "daemon/lifecycle/notify.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <string>

namespace blockexecd::daemon {
namespace {

class Notify : public testing::Test {
  protected:
    void SetUp() override {
        const std::string path =
            testing::TempDir() + "blockexecd_notify_" + std::to_string(getpid());
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        ASSERT_LT(path.size(), sizeof address.sun_path);
        std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
        socket_ = ::socket(AF_UNIX, SOCK_DGRAM, 0);
        unlink(path.c_str());
        ASSERT_EQ(bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
        setenv("NOTIFY_SOCKET", path.c_str(), 1);
        path_ = path;
    }
    void TearDown() override {
        unsetenv("NOTIFY_SOCKET");
        unsetenv("WATCHDOG_USEC");
        unsetenv("WATCHDOG_PID");
        close(socket_);
        unlink(path_.c_str());
    }
    std::string received() {
        std::array<char, 256> buffer{};
        const auto length = recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return length < 0 ? "" : std::string(buffer.data(), static_cast<std::size_t>(length));
    }
    int socket_ = -1;
    std::string path_;
};

TEST_F(Notify, SendsEachState) {
    notify_ready();
    EXPECT_EQ(received(), "READY=1");
    notify_status("block 3 of 40");
    EXPECT_EQ(received(), "STATUS=block 3 of 40");
    notify_watchdog();
    EXPECT_EQ(received(), "WATCHDOG=1");
    notify_reloading();
    EXPECT_TRUE(received().starts_with("RELOADING=1\nMONOTONIC_USEC="));
    notify_stopping();
    EXPECT_EQ(received(), "STOPPING=1");
}

TEST_F(Notify, WatchdogPeriodIsHalfOfWhatSystemdAllows) {
    EXPECT_FALSE(watchdog_period().has_value());
    setenv("WATCHDOG_USEC", "3000000", 1);
    setenv("WATCHDOG_PID", std::to_string(getpid()).c_str(), 1);
    EXPECT_EQ(watchdog_period(), std::chrono::microseconds(1500000));
}

TEST(NotifyWithoutSystemd, DoesNothing) {
    unsetenv("NOTIFY_SOCKET");
    notify_ready();
    notify_stopping();
}

}  // namespace
}  // namespace blockexecd::daemon

// SPDX-License-Identifier: Apache-2.0
// The inbox tells of archives that were moved in, and keeps what was handled apart.
#include "daemon/service/inbox.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <sstream>

namespace blockexecd::daemon {
namespace {

namespace fs = std::filesystem;

class InboxTest : public testing::Test {
  protected:
    ~InboxTest() override { fs::remove_all(folder_); }
    void put(const std::string& name) { std::ofstream(folder_ / name) << "x"; }

    fs::path folder_ =
        fs::path(testing::TempDir()) / ("blockexecd_inbox_" + std::to_string(getpid()));
    boost::asio::io_context io_;
    Inbox inbox_{io_, folder_};
};

TEST_F(InboxTest, ListsArchivesByNameAndNotWhatIsUnfinishedOrHandled) {
    put("b.tar");
    fs::create_directories(folder_ / "a");
    put(".hidden");
    put("c.tar.part");
    fs::create_directories(folder_ / "imported");
    EXPECT_EQ(inbox_.archives(), (std::vector{folder_ / "a", folder_ / "b.tar"}));
}

TEST_F(InboxTest, WakesWhenAnArchiveIsMovedIn) {
    bool woken = false;
    boost::asio::co_spawn(io_, inbox_.wait(),
                          [&](std::exception_ptr fault) { woken = fault == nullptr; });
    io_.poll();
    EXPECT_FALSE(woken);
    const auto outside = folder_.string() + "_outside";
    std::ofstream(outside) << "x";
    fs::rename(outside, folder_ / "a.tar");
    io_.restart();
    io_.run_for(std::chrono::seconds(10));
    EXPECT_TRUE(woken);
}

TEST_F(InboxTest, PutsAwayWithTheReasonOfARefusal) {
    put("good.tar");
    put("bad.tar");
    inbox_.put_away(folder_ / "good.tar", "");
    inbox_.put_away(folder_ / "bad.tar", "blocks/3.json: damaged");
    EXPECT_TRUE(inbox_.archives().empty());
    EXPECT_TRUE(fs::exists(folder_ / "imported/good.tar"));
    std::ostringstream reason;
    reason << std::ifstream(folder_ / "refused/bad.tar.reason.txt").rdbuf();
    EXPECT_EQ(reason.str(), "blocks/3.json: damaged\n");
    put("good.tar");
    inbox_.put_away(folder_ / "good.tar", "");
    EXPECT_TRUE(fs::exists(folder_ / "imported/good.tar.1"));
}

TEST(Inbox, AFolderThatCannotBeWatchedIsNamed) {
    boost::asio::io_context io;
    try {
        const Inbox inbox(io, "/proc/nothing");
        FAIL();
    } catch (const std::system_error& error) {
        EXPECT_NE(std::string(error.what()).find("/proc/nothing: No such file or directory"),
                  std::string::npos);
    }
}

}  // namespace
}  // namespace blockexecd::daemon

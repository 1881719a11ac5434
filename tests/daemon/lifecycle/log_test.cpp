// SPDX-License-Identifier: Apache-2.0
// One event is one line, readable or JSON, whatever its texts hold.
#include "daemon/lifecycle/log.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <cstdlib>

namespace blockexecd::daemon {
namespace {

TEST(Log, TextIsAMessageAndFields) {
    EXPECT_EQ(format_event(LogFormat::text, "info", "block verified",
                           {{"block", 12}, {"status", "matched"}, {"reason", "a \"b\"\nc"}}),
              "block verified  block=12  status=matched  reason=\"a \\\"b\\\"\\nc\"");
}

TEST(Log, JsonIsOneObjectALine) {
    const auto line = format_event(LogFormat::json, "warn", "two\nlines", {{"block", 12}});
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto object = boost::json::parse(line).as_object();
    EXPECT_EQ(object.at("level"), "warn");
    EXPECT_EQ(object.at("message"), "two\nlines");
    EXPECT_EQ(object.at("block"), 12);
    EXPECT_TRUE(object.contains("time"));
}

TEST(Log, JsonUnderTheJournalOnly) {
    EXPECT_EQ(choose_log_format("json"), LogFormat::json);
    EXPECT_EQ(choose_log_format("text"), LogFormat::text);
    unsetenv("JOURNAL_STREAM");
    EXPECT_EQ(choose_log_format("auto"), LogFormat::text);
    setenv("JOURNAL_STREAM", "1:2", 1);  // another stream, inherited
    EXPECT_EQ(choose_log_format("auto"), LogFormat::text);
    struct stat status {};
    ASSERT_EQ(fstat(STDERR_FILENO, &status), 0);
    setenv("JOURNAL_STREAM",
           (std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino)).c_str(), 1);
    EXPECT_EQ(choose_log_format("auto"), LogFormat::json);
    unsetenv("JOURNAL_STREAM");
}

TEST(Log, LevelChangesWhileRunning) {
    start_log(LogFormat::text, "warn");
    EXPECT_EQ(log_level(), "warn");
    EXPECT_TRUE(set_log_level("debug"));
    EXPECT_EQ(log_level(), "debug");
    EXPECT_FALSE(set_log_level("loud"));
    EXPECT_EQ(log_level(), "debug");
}

}  // namespace
}  // namespace blockexecd::daemon

// SPDX-License-Identifier: Apache-2.0
// The tightest quota of a process's control groups, in both versions of them.
#include "executor/schedule/cpu_quota.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>

namespace blockexecd::executor {
namespace {

class CpuQuota : public testing::Test {
  protected:
    CpuQuota() { std::filesystem::create_directories(root_); }
    ~CpuQuota() override { std::filesystem::remove_all(root_); }

    void write(const std::string& file, const std::string& text) {
        std::filesystem::create_directories((root_ / file).parent_path());
        std::ofstream(root_ / file) << text << "\n";
    }

    std::filesystem::path root_ =
        std::filesystem::path(testing::TempDir()) / ("cpu-quota-" + std::to_string(getpid()));
};

TEST_F(CpuQuota, IsThatOfTheUnit) {
    write("system.slice/blockexecd.service/cpu.max", "150000 100000");
    write("system.slice/cpu.max", "max 100000");
    EXPECT_EQ(cpu_quota(root_, "0::/system.slice/blockexecd.service\n"), 1.5);
}

TEST_F(CpuQuota, IsTheTightestOfThoseAbove) {
    write("a/b/cpu.max", "800000 100000");
    write("a/cpu.max", "200000 100000");
    write("a/c/cpu.max", "100000 100000");  // another's
    EXPECT_EQ(cpu_quota(root_, "0::/a/b\n"), 2.0);
}

TEST_F(CpuQuota, IsThatOfTheRootInAContainer) {
    write("cpu.max", "50000 100000");
    EXPECT_EQ(cpu_quota(root_, "0::/\n"), 0.5);
    EXPECT_EQ(cpu_quota(root_, "0::/docker/not-mounted-here\n"), 0.5);
}

TEST_F(CpuQuota, OfVersionOneIsInFilesOfTheController) {
    write("cpu/a/cpu.cfs_quota_us", "300000");
    write("cpu/a/cpu.cfs_period_us", "100000");
    write("cpu/cpu.cfs_quota_us", "-1");
    write("cpu/cpu.cfs_period_us", "100000");
    EXPECT_EQ(cpu_quota(root_, "5:cpuset:/\n4:cpu,cpuacct:/a\n0::/b\n"), 3.0);
    EXPECT_EQ(cpu_quota(root_, "4:cpu,cpuacct:/\n"), std::nullopt);
}

TEST_F(CpuQuota, IsNoneWithoutGroups) {
    EXPECT_EQ(cpu_quota(root_, ""), std::nullopt);
    EXPECT_EQ(cpu_quota(root_, "nonsense"), std::nullopt);
}

}  // namespace
}  // namespace blockexecd::executor

// SPDX-License-Identifier: Apache-2.0
#include "executor/schedule/cpu_quota.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string_view>

namespace blockexecd::executor {
namespace {

// Version 2: "max 100000" or "200000 100000", in microseconds. Version 1: a file for each, and -1
// for no quota.
std::optional<double> quota_of(const std::filesystem::path& group) {
    double quota = 0;
    double period = 0;
    std::ifstream both(group / "cpu.max");
    std::ifstream quota_file(group / "cpu.cfs_quota_us");
    std::ifstream period_file(group / "cpu.cfs_period_us");
    if (!(both >> quota >> period) && !(quota_file >> quota && period_file >> period))
        return std::nullopt;
    return quota > 0 && period > 0 ? std::optional(quota / period) : std::nullopt;
}

std::optional<double> tightest(const std::filesystem::path& root, std::filesystem::path group) {
    auto least = quota_of(root);
    for (; group.has_relative_path(); group = group.parent_path())
        if (const auto quota = quota_of(root / group.relative_path()))
            least = std::min(least.value_or(*quota), *quota);
    return least;
}

// Of the lines "3:cpu,cpuacct:/path" that of the CPU controller, or version 2's "0::/path".
std::optional<std::filesystem::path> group_of(const std::string& membership, bool version_2) {
    std::istringstream lines(membership);
    for (std::string line; std::getline(lines, line);) {
        const auto first = line.find(':');
        const auto second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos)
            continue;
        const auto controllers = "," + line.substr(first + 1, second - first - 1) + ",";
        if (version_2 ? line.starts_with("0::") : controllers.find(",cpu,") != std::string::npos)
            return line.substr(second + 1);
    }
    return std::nullopt;
}

}  // namespace

std::optional<double> cpu_quota(const std::filesystem::path& mounted,
                                const std::string& membership) {
    // The CPU controller belongs to one of the two.
    if (const auto group = group_of(membership, false))
        return tightest(mounted / "cpu", *group);
    return tightest(mounted, group_of(membership, true).value_or("/"));
}

}  // namespace blockexecd::executor

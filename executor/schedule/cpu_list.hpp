// SPDX-License-Identifier: Apache-2.0
// Lists of CPUs or nodes as Linux writes them ("0-3,8"): the form of cpuset files, taskset, and our
// settings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blockexecd::executor {

// In the order given; nothing for text that is no list, a range that runs backwards, a number above
// 65535, or one that is named twice. An empty text is an empty list.
std::optional<std::vector<std::uint32_t>> parse_cpu_list(std::string_view text);

// Runs of neighbours are joined: {0,1,2,8} is "0-2,8". Keeps the order.
std::string format_cpu_list(const std::vector<std::uint32_t>& cpus);

}  // namespace blockexecd::executor

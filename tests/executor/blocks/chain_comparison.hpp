// SPDX-License-Identifier: Apache-2.0
// Test support: executes a whole archived chain and compares everything that the reference recorded
// of it: receipts, call trees, resources, state diffs, commitments, and the texts of rejections.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace blockexecd::executor::test {

struct ChainComparison {
    std::uint64_t blocks = 0;
    std::uint64_t transactions = 0;
    std::uint64_t matched_transactions = 0;  // receipt, call trees and resources, without exception
    std::uint64_t reverted_transactions = 0;
    std::uint64_t failed_calls = 0;  // panics that a caller caught, or that ended a validation
    std::uint64_t calls = 0;
    std::uint64_t rejections = 0;  // compared by their texts
    std::uint64_t matched_rejections = 0;
    std::vector<std::string> differences;  // a line each, with block and transaction
};

// `archive`: a folder with execution_infos/, as the oracle writes it; rejections/ may be absent.
ChainComparison compare_chain(const std::filesystem::path& archive);

}  // namespace blockexecd::executor::test

// SPDX-License-Identifier: Apache-2.0
// chain_compare ARCHIVE...: executes whole archives of the oracle and compares every field, call
// trees included. A line of counts for each archive; ends with 1 where anything differs.
#include <algorithm>
#include <iostream>
#include <span>

#include "tests/executor/blocks/chain_comparison.hpp"

int main(int argc, char** argv) {
    bool differs = false;
    for (const char* archive : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
        const auto result = blockexecd::executor::test::compare_chain(archive);
        const bool matches = result.differences.empty() && result.transactions > 0;
        std::cout << archive << " blocks " << result.blocks << " transactions "
                  << result.transactions << " matched " << result.matched_transactions
                  << " reverted " << result.reverted_transactions << " rejections "
                  << result.rejections << " matched " << result.matched_rejections << " calls "
                  << result.calls << " failed " << result.failed_calls << " differences "
                  << result.differences.size() << std::endl;
        constexpr std::size_t kShown = 40;
        for (std::size_t i = 0; i < std::min(result.differences.size(), kShown); ++i)
            std::cout << "  " << result.differences[i] << "\n";
        differs |= !matches;
    }
    return differs ? 1 : 0;
}

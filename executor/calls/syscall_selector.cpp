// SPDX-License-Identifier: Apache-2.0
// Selector lookup: names are unpacked from the felt's big-endian bytes and found in a sorted table.
#include "executor/calls/syscall_selector.hpp"

#include <algorithm>

namespace blockexecd::executor {

namespace {

struct NamedSelector {
    vm::Felt felt;
    SyscallSelector selector;
};

const std::array<NamedSelector, kSyscallCount>& sorted_selectors() {
    static const auto table = [] {
        std::array<NamedSelector, kSyscallCount> selectors;
        for (std::size_t i = 0; i < kSyscallCount; ++i)
            selectors[i] = {vm::Felt::from_ascii(kSyscallNames[i]),
                            static_cast<SyscallSelector>(i)};
        std::ranges::sort(selectors, {}, &NamedSelector::felt);
        return selectors;
    }();
    return table;
}

}  // namespace

std::optional<SyscallSelector> syscall_from_felt(const vm::Felt& selector) {
    const auto& table = sorted_selectors();
    const auto found = std::ranges::lower_bound(table, selector, {}, &NamedSelector::felt);
    if (found == table.end() || found->felt != selector ||
        found->selector == SyscallSelector::KeccakRound)
        return std::nullopt;
    return found->selector;
}

}  // namespace blockexecd::executor

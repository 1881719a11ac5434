// SPDX-License-Identifier: Apache-2.0
// One entry a place, the newest wins: a look-up costs one cache line or two, a miss that and the
// hash.
#include "vm/crypto/pedersen_memo.hpp"

#include <memory>

#include "vm/crypto/pedersen.hpp"

namespace blockexecd::vm {
namespace {

struct Entry {
    Felt a;
    Felt b;
    Felt hash;
};

constexpr unsigned kIndexBits = 13;
constexpr std::size_t kEntries = std::size_t{1} << kIndexBits;

std::unique_ptr<Entry[]> empty_table() {
    auto table = std::make_unique<Entry[]>(kEntries);
    // No felt, so no key.
    constexpr Felt kNone = Felt::from_canonical({UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX});
    for (std::size_t i = 0; i < kEntries; ++i)
        table[i].a = kNone;
    return table;
}

}  // namespace

Felt remembered_pedersen(const Felt& a, const Felt& b) {
    static thread_local const std::unique_ptr<Entry[]> table = empty_table();
    const std::uint64_t mixed = std::hash<Felt>{}(a)*31 + std::hash<Felt>{}(b);
    Entry& entry = table[(mixed * 0x9e3779b97f4a7c15ULL) >> (64 - kIndexBits)];
    if (entry.a != a || entry.b != b)
        entry = {a, b, pedersen(a, b)};
    return entry.hash;
}

}  // namespace blockexecd::vm

// SPDX-License-Identifier: Apache-2.0
// Test support: blocks made from a recorded chain's transactions, drawn at random and changed, over
// the chain's first state. Nobody signs them, so accounts do not validate.
#pragma once

#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

#include "tests/executor/blocks/chain_archive.hpp"
#include "tests/executor/blocks/chain_replay.hpp"

namespace blockexecd::executor::test {

enum class Conflict : std::uint8_t {
    low,     // no sender twice
    medium,  // as drawn
    total,   // all of one sender, or all the same call
};
inline constexpr Conflict kConflicts[] = {Conflict::low, Conflict::medium, Conflict::total};

struct Remix {
    Conflict conflict = Conflict::medium;
    std::size_t transactions = 12;
    // Of a hundred invokes, how many are changed so that they probably revert.
    unsigned failing_percent = 30;
};

class RemixedBlocks {
  public:
    explicit RemixedBlocks(const ChainArchive& archive);

    // The same seed, the same block. Some transaction may be one that is rejected.
    [[nodiscard]] Block make(std::uint64_t seed, const Remix& remix) const;
    // The block without one of its transactions, nonces set anew.
    [[nodiscard]] Block without(Block block, std::size_t index) const;
    [[nodiscard]] BlockInput input(const Block& block);
    [[nodiscard]] InMemoryState& state() { return replay_.state(); }

  private:
    using Random = std::mt19937_64;
    [[nodiscard]] std::vector<Transaction> draw(Random& random, const Remix& remix) const;
    void set_nonces(std::vector<Transaction>& transactions) const;

    const ChainArchive& archive_;
    mutable ChainReplay replay_;
    BlockHeader header_;                  // of block 1
    std::vector<Transaction> templates_;  // in the order of the chain
};

}  // namespace blockexecd::executor::test

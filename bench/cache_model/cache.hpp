// SPDX-License-Identifier: Apache-2.0
// One cache: sets of lines, the least recently used goes. Knows line numbers only, no data.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace blockexecd::bench {

struct CacheShape {
    std::size_t bytes = 0;
    std::size_t ways = 0;
    // Sets are chosen by all of a line's number, not by its low bits alone: large caches do so,
    // lest regions at the same offset of a page compete for the same sets.
    bool hashed = false;
};

class Cache {
  public:
    static constexpr std::size_t kLineBytes = 64;

    // Precondition: bytes is ways * 64 * a power of two.
    explicit Cache(const CacheShape& shape)
        : ways_(shape.ways),
          hashed_(shape.hashed),
          mask_(shape.bytes / kLineBytes / shape.ways - 1),
          lines_((mask_ + 1) * ways_, kNone) {}

    // True for a hit. The line is the most recent of its set afterwards.
    bool access(std::uint64_t line) {
        const std::uint64_t index = hashed_ ? line ^ (line >> 15) ^ (line >> 30) : line;
        std::uint64_t* const set = lines_.data() + (index & mask_) * ways_;
        std::uint64_t carried = line;
        for (std::size_t way = 0; way < ways_; ++way) {
            std::swap(carried, set[way]);
            if (carried == line)
                return true;
        }
        return false;
    }

  private:
    static constexpr std::uint64_t kNone = ~std::uint64_t{0};

    std::size_t ways_;
    bool hashed_;
    std::uint64_t mask_;
    std::vector<std::uint64_t> lines_;  // by set, the most recent first
};

}  // namespace blockexecd::bench

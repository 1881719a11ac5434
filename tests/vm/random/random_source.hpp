// SPDX-License-Identifier: Apache-2.0
// Random choices that are the same on every machine: the standard's distributions are not. Nor is
// the order in which a call's arguments are evaluated: two choices are never arguments of one call.
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace blockexecd::vm::random {

class RandomSource {
  public:
    explicit RandomSource(std::uint64_t seed) : engine_(seed) {}

    std::uint64_t next() { return engine_(); }
    // Precondition: n > 0.
    std::uint64_t below(std::uint64_t n) { return engine_() % n; }
    bool percent(std::uint64_t n) { return below(100) < n; }
    std::int32_t between(std::int32_t low, std::int32_t high) {
        return low + static_cast<std::int32_t>(below(static_cast<std::uint64_t>(high) -
                                                     static_cast<std::uint64_t>(low) + 1));
    }
    // Precondition: not empty.
    template <class Range>
    const auto& pick(const Range& range) {
        return range[below(std::size(range))];
    }

  private:
    std::mt19937_64 engine_;
};

}  // namespace blockexecd::vm::random

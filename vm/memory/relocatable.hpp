// SPDX-License-Identifier: Apache-2.0
// An address of VM memory before relocation: a segment and an offset in it. Negative segments are
// temporary.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace blockexecd::vm {

struct Relocatable {
    std::int32_t segment = 0;
    std::uint64_t offset = 0;

    friend constexpr auto operator<=>(const Relocatable&, const Relocatable&) = default;

    // Precondition of both: the result is not negative.
    friend constexpr Relocatable operator+(Relocatable a, std::uint64_t n) {
        return {a.segment, a.offset + n};
    }
    friend constexpr Relocatable operator-(Relocatable a, std::uint64_t n) {
        return {a.segment, a.offset - n};
    }

    // "segment:offset"
    [[nodiscard]] std::string to_string() const {
        return std::to_string(segment) + ":" + std::to_string(offset);
    }
};

}  // namespace blockexecd::vm

template <>
struct std::hash<blockexecd::vm::Relocatable> {
    std::size_t operator()(const blockexecd::vm::Relocatable& r) const noexcept {
        return (static_cast<std::size_t>(static_cast<std::uint32_t>(r.segment)) << 40 ^ r.offset) *
               0x9e3779b97f4a7c15ULL;
    }
};

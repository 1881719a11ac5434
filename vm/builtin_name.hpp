// SPDX-License-Identifier: Apache-2.0
// The builtins, in the order of the reference's enum: it is the sort order wherever builtins key an
// ordered map.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace blockexecd::vm {

// X(name): the name without the "_builtin" suffix.
#define BLOCKEXECD_BUILTINS(X)                                                                     \
    X(output)                                                                                      \
    X(range_check) X(pedersen) X(ecdsa) X(keccak) X(bitwise) X(ec_op) X(poseidon) X(segment_arena) \
        X(range_check96) X(add_mod) X(mul_mod)

enum class BuiltinName : std::uint8_t {
#define X(name) name,
    BLOCKEXECD_BUILTINS(X)
#undef X
};

inline constexpr std::array kBuiltinNames{
#define X(name) std::string_view(#name),
    BLOCKEXECD_BUILTINS(X)
#undef X
};
inline constexpr std::size_t kBuiltinCount = kBuiltinNames.size();

constexpr std::string_view builtin_name(BuiltinName name) {
    return kBuiltinNames[static_cast<std::size_t>(name)];
}
// Accepts "pedersen" and "pedersen_builtin".
constexpr std::optional<BuiltinName> builtin_from_name(std::string_view text) {
    constexpr std::string_view suffix = "_builtin";
    if (text.ends_with(suffix))
        text.remove_suffix(suffix.size());
    for (std::size_t i = 0; i < kBuiltinCount; ++i)
        if (kBuiltinNames[i] == text)
            return static_cast<BuiltinName>(i);
    return std::nullopt;
}

using BuiltinCounters = std::array<std::uint64_t, kBuiltinCount>;

// What a run used, as the reference's ExecutionResources.
struct ExecutionResources {
    std::uint64_t n_steps = 0;
    std::uint64_t n_memory_holes = 0;
    BuiltinCounters builtins{};

    [[nodiscard]] std::uint64_t& operator[](BuiltinName name) {
        return builtins[static_cast<std::size_t>(name)];
    }
    [[nodiscard]] std::uint64_t operator[](BuiltinName name) const {
        return builtins[static_cast<std::size_t>(name)];
    }
    ExecutionResources& operator+=(const ExecutionResources& other) {
        n_steps += other.n_steps;
        n_memory_holes += other.n_memory_holes;
        for (std::size_t i = 0; i < kBuiltinCount; ++i)
            builtins[i] += other.builtins[i];
        return *this;
    }
    friend ExecutionResources operator*(ExecutionResources r, std::uint64_t n) {
        r.n_steps *= n;
        r.n_memory_holes *= n;
        for (auto& count : r.builtins)
            count *= n;
        return r;
    }
    friend bool operator==(const ExecutionResources&, const ExecutionResources&) = default;
};

}  // namespace blockexecd::vm

// SPDX-License-Identifier: Apache-2.0
// Layouts: which builtins a run can have, and how many units of each a proof of it has per step.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "vm/builtin_name.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

// The order of builtins in programs and in runners.
inline constexpr std::array kBuiltinOrder{
    BuiltinName::output,  BuiltinName::pedersen, BuiltinName::range_check,
    BuiltinName::ecdsa,   BuiltinName::bitwise,  BuiltinName::ec_op,
    BuiltinName::keccak,  BuiltinName::poseidon, BuiltinName::range_check96,
    BuiltinName::add_mod, BuiltinName::mul_mod,
};

// One instance every ratio / ratio_den steps; 0: never; nothing: as many as are used, up to a power
// of two.
struct BuiltinRatio {
    std::optional<std::uint32_t> ratio = 0;
    std::uint32_t ratio_den = 1;
};

struct DilutedPool {
    // As a power of two: negative for less than one a step.
    std::int32_t log_units_per_step = 0;
    std::uint32_t spacing = 4;
    std::uint32_t n_bits = 16;
};

struct Layout {
    std::string name;
    std::uint32_t rc_units = 0;
    std::uint32_t public_memory_fraction = 4;
    std::uint32_t cpu_component_step = 1;
    std::uint32_t memory_units_per_step = 8;
    std::optional<DilutedPool> diluted_pool;
    std::array<std::optional<BuiltinRatio>, kBuiltinCount> builtins;
    // A run for the Stwo prover: its builtins come from a list, and the program's order of builtins
    // is not checked.
    bool stwo = false;

    [[nodiscard]] bool has(BuiltinName builtin) const {
        return builtins[static_cast<std::size_t>(builtin)].has_value();
    }
};

// The names that a command line takes, `dynamic` included.
[[nodiscard]] std::span<const std::string_view> layout_names();
// Nothing for a name that is none, and for `dynamic`, which is made from parameters.
[[nodiscard]] std::optional<Layout> find_layout(std::string_view name);
// From the JSON of a parameters file. Errors: missing or mistyped keys;
// BadDynamicLayoutBuiltinRatio; the diluted units' logarithm out of range.
[[nodiscard]] Result<Layout> dynamic_layout(std::string_view json);
// The reference's new_stwo and initialize_stwo: exactly these builtins, none with a ratio. Error:
// UnsupportedStwoBuiltin for ecdsa and keccak, and for a builtin of the program that is not allowed
// (segment_arena is passed over).
[[nodiscard]] Result<Layout> stwo_layout(std::span<const BuiltinName> allowed,
                                         std::span<const BuiltinName> program_builtins);

}  // namespace blockexecd::vm::cairo0

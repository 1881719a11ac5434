// SPDX-License-Identifier: Apache-2.0
// What the Starknet OS will have to do for a block beside running its transactions, as the
// reference's bouncer estimates it: hash the classes that ran, migrate their compiled class hashes,
// update the tries of storage (blockifier bouncer.rs, execution/casm_hash_estimation.rs). These are
// estimates with constants of their own, not measurements: equal to the reference's or wrong.
#pragma once

#include <cstdint>

#include "executor/constants/versioned_constants.hpp"
#include "executor/types/contract_class.hpp"
#include "vm/builtin_name.hpp"

namespace blockexecd::executor {

// Builtin instances with the BLAKE opcode beside them.
struct PrimitiveCounts {
    vm::BuiltinCounters builtins{};  // segment arena is none: no prover has it
    std::uint64_t blake = 0;
    PrimitiveCounts& operator+=(const PrimitiveCounts& other);
};

struct OsWork {
    vm::ExecutionResources vm = {};
    std::uint64_t blake = 0;
    OsWork& operator+=(const OsWork& other);
    [[nodiscard]] PrimitiveCounts primitives() const;
};

// To hash a class that ran, once a block: Pedersen for Cairo 0, BLAKE2s for Cairo 1.
OsWork class_hash_work(const CompiledClass& compiled_class);
// To hash a Cairo 1 class both ways, when its compiled class hash migrates.
OsWork migration_work(const CompiledClass& compiled_class);
// A traversal for each storage cell that was read or written, another for each that changed.
vm::ExecutionResources patricia_update_work(std::uint64_t visited_cells,
                                            std::uint64_t changed_cells);

// Gas at the prices given, that of work with its steps and holes.
std::uint64_t primitives_gas(const PrimitiveCounts& counts, const BuiltinGasCosts& prices);
std::uint64_t work_gas(const OsWork& work, const BuiltinGasCosts& prices,
                       const BaseGasCosts& base_prices);

}  // namespace blockexecd::executor

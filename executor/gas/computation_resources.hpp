// SPDX-License-Identifier: Apache-2.0
// What a transaction computes, in VM resources and in Sierra gas, and the gas of both
// (specification 4.4, 4.7; blockifier fee/fee_utils.rs, fee/resources.rs).
#pragma once

#include <cstdint>

#include "executor/gas/gas_vector.hpp"
#include "executor/types/transaction.hpp"
#include "vm/builtin_name.hpp"

namespace blockexecd::executor {

struct ComputationResources {
    vm::ExecutionResources tx_vm_resources;  // of the transaction's CairoSteps calls
    std::uint64_t opcode_blake_count = 0;    // beside them
    vm::ExecutionResources os_vm_resources;  // overhead of the Starknet OS
    std::uint64_t n_reverted_steps = 0;
    std::uint64_t sierra_gas = 0;
    std::uint64_t reverted_sierra_gas = 0;
    friend bool operator==(const ComputationResources&, const ComputationResources&) = default;

    [[nodiscard]] vm::ExecutionResources total_vm_resources() const {
        auto total = tx_vm_resources;
        return total += os_vm_resources;
    }
    // Error: an intermediate amount that does not fit 64 bits.
    [[nodiscard]] vm::Result<GasSum> gas(const VersionedConstants& constants,
                                         GasVectorComputationMode mode) const;
};

// The dearest of steps (with holes, reverted steps, and ten for each segment arena instance), each
// builtin, and the BLAKE opcode, each rounded up: a proof's size follows its largest segment. In L1
// gas, or that converted to L2 gas. Error: more than 64 bits.
vm::Result<GasSum> vm_resources_gas(const VersionedConstants& constants,
                                    const vm::ExecutionResources& resources,
                                    std::uint64_t opcode_blake_count,
                                    std::uint64_t n_reverted_steps, GasVectorComputationMode mode);

// Steps as the prover has them: it has no segment arena, whose instances the OS turns into steps.
std::uint64_t prover_steps(const vm::ExecutionResources& resources);

// The OS's Poseidon hash of a list of so many felts.
vm::ExecutionResources poseidon_hash_many_cost(std::uint64_t length);

// OS overhead for a transaction of this type with so many felts of calldata and proof facts (L1
// handler: payload).
vm::ExecutionResources os_resources_for_tx_type(const VersionedConstants& constants,
                                                TransactionType type,
                                                std::uint64_t extended_calldata_length);

// OS overhead of committing to so many felts of data availability in a blob; none before 0.13.2.
vm::ExecutionResources os_kzg_da_resources(const VersionedConstants& constants,
                                           std::uint64_t data_segment_length);

}  // namespace blockexecd::executor

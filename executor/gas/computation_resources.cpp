// SPDX-License-Identifier: Apache-2.0
#include "executor/gas/computation_resources.hpp"

#include <algorithm>

namespace blockexecd::executor {
namespace {

// The prover has no segment arena: the OS turns an instance into about so many steps.
constexpr std::uint64_t kStepsPerSegmentArena = 10;

vm::Error overflow() {
    return {vm::ErrorKind::host, "Computation resources overflowed."};
}

}  // namespace

std::uint64_t prover_steps(const vm::ExecutionResources& resources) {
    return resources.n_steps + kStepsPerSegmentArena * resources[vm::BuiltinName::segment_arena];
}

vm::ExecutionResources poseidon_hash_many_cost(std::uint64_t length) {
    vm::ExecutionResources resources;
    resources.n_steps = length / 10 * 55 + length % 10 / 2 * 18 + length % 2 * 3 + 21;
    resources[vm::BuiltinName::poseidon] = length / 2 + 1;
    return resources;
}

vm::Result<GasSum> vm_resources_gas(const VersionedConstants& constants,
                                    const vm::ExecutionResources& resources,
                                    std::uint64_t opcode_blake_count,
                                    std::uint64_t n_reverted_steps, GasVectorComputationMode mode) {
    const auto& costs = constants.vm_resource_fee_cost;
    std::uint64_t l1_gas = 0;
    bool overflowed = false;
    const auto consider = [&](const Ratio& price, std::uint64_t usage) {
        const auto cost = price.ceil_of(usage);
        overflowed |= !cost;
        l1_gas = std::max(l1_gas, cost.value_or(0));
    };
    consider(costs.n_steps, prover_steps(resources) + resources.n_memory_holes + n_reverted_steps);
    for (std::size_t i = 0; i < vm::kBuiltinCount; ++i)
        consider(costs.builtins[i], resources.builtins[i]);  // segment arena's price is 0
    const auto blake_l1_gas =
        constants.sierra_gas_in_l1_gas().ceil_of(constants.os_constants.gas_costs.builtins.blake);
    if (!blake_l1_gas)
        return overflow();
    consider({*blake_l1_gas, 1}, opcode_blake_count);
    if (overflowed)
        return overflow();

    if (mode == GasVectorComputationMode::no_l2_gas)
        return GasSum{.l1_gas = l1_gas};
    const auto l2_gas = constants.sierra_gas_in_l1_gas().inverse().ceil_of(l1_gas);
    if (!l2_gas)
        return overflow();
    return GasSum{.l2_gas = *l2_gas};
}

vm::Result<GasSum> ComputationResources::gas(const VersionedConstants& constants,
                                             GasVectorComputationMode mode) const {
    BX_TRY(const GasSum vm_gas, vm_resources_gas(constants, total_vm_resources(),
                                                 opcode_blake_count, n_reverted_steps, mode));
    std::uint64_t total_sierra_gas = 0;
    if (__builtin_add_overflow(sierra_gas, reverted_sierra_gas, &total_sierra_gas))
        return overflow();
    if (mode == GasVectorComputationMode::all)
        return vm_gas + GasSum{.l2_gas = total_sierra_gas};
    const auto l1_gas = constants.sierra_gas_in_l1_gas().ceil_of(total_sierra_gas);
    if (!l1_gas)
        return overflow();
    return vm_gas + GasSum{.l1_gas = *l1_gas};
}

vm::ExecutionResources os_resources_for_tx_type(const VersionedConstants& constants,
                                                TransactionType type,
                                                std::uint64_t extended_calldata_length) {
    const auto& params = constants.os_resources.execute_txs_inner[static_cast<std::size_t>(type)];
    auto resources = params.constant;
    return resources += params.linear(extended_calldata_length);
}

vm::ExecutionResources os_kzg_da_resources(const VersionedConstants& constants,
                                           std::uint64_t data_segment_length) {
    const auto& per_felt = constants.os_resources.compute_os_kzg_commitment_info;
    if (per_felt == vm::ExecutionResources{})
        return {};
    auto resources = per_felt * data_segment_length;
    return resources += poseidon_hash_many_cost(data_segment_length);
}

}  // namespace blockexecd::executor

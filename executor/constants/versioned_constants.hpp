// SPDX-License-Identifier: Apache-2.0
// The numbers and switches that Starknet changes from version to version. The data files are
// blockifier's; they are compiled into the program, so that an installed daemon needs no data path,
// and are read once.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "executor/calls/syscall_selector.hpp"
#include "executor/constants/ratio.hpp"
#include "executor/types/gas.hpp"
#include "executor/types/ids.hpp"
#include "executor/types/sierra_version.hpp"
#include "executor/types/transaction.hpp"
#include "vm/builtin_name.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Of one entry point call's events: felts of data, felts of keys, number.
struct EventLimits {
    std::uint64_t max_data_length = 0;
    std::uint64_t max_keys_length = 0;
    std::uint64_t max_n_emitted_events = 0;
};

// Gas a felt, a byte, or a proof; the event factor has no unit.
struct ArchivalDataGasCosts {
    Ratio gas_per_data_felt;
    Ratio event_key_factor;
    Ratio gas_per_code_byte;
    Ratio gas_per_proof;
};

// Of a storage cell that goes from zero to nonzero.
struct AllocationCost {
    GasVector blob_cost;
    GasVector gas_cost;
    [[nodiscard]] const GasVector& of(bool use_kzg_da) const {
        return use_kzg_da ? blob_cost : gas_cost;
    }
};

// L1 gas a step and a builtin instance. Segment arena has no price.
struct VmResourceCosts {
    Ratio n_steps;
    std::array<Ratio, vm::kBuiltinCount> builtins;
};

// L2 (Sierra) gas.
struct BaseGasCosts {
    std::uint64_t step_gas_cost = 0;
    std::uint64_t memory_hole_gas_cost = 0;
    std::uint64_t default_initial_gas_cost = 0;
    std::uint64_t entry_point_initial_budget = 0;
    std::uint64_t syscall_base_gas_cost = 0;
};

struct BuiltinGasCosts {
    std::uint64_t range_check = 0;
    std::uint64_t range_check96 = 0;
    std::uint64_t keccak = 0;
    std::uint64_t pedersen = 0;
    std::uint64_t bitwise = 0;
    std::uint64_t ecop = 0;
    std::uint64_t poseidon = 0;
    std::uint64_t add_mod = 0;
    std::uint64_t mul_mod = 0;
    std::uint64_t ecdsa = 0;
    std::uint64_t blake = 0;  // an opcode
};

// Sierra gas: base + linear_factor * length.
struct SyscallGasCost {
    std::uint64_t base = 0;
    std::uint64_t linear_factor = 0;
    friend bool operator==(const SyscallGasCost&, const SyscallGasCost&) = default;
};

struct GasCosts {
    BaseGasCosts base;
    BuiltinGasCosts builtins;
    // By SyscallSelector; zero for those that only Cairo 0 has.
    std::array<SyscallGasCost, kSyscallCount> syscalls;
    [[nodiscard]] const SyscallGasCost& syscall(SyscallSelector selector) const {
        return syscalls[static_cast<std::size_t>(selector)];
    }
};

struct ValidateRounding {
    std::uint64_t block_number = 1;
    std::uint64_t timestamp = 1;  // seconds
};

struct OsConstants {
    GasCosts gas_costs;
    std::vector<Felt> allowed_virtual_os_program_hashes;
    std::vector<Felt> allowed_proof_versions;
    EntryPointSelector constructor_entry_point_selector;
    EntryPointSelector default_entry_point_selector;
    EntryPointSelector execute_entry_point_selector;
    EntryPointSelector transfer_entry_point_selector;
    EntryPointSelector validate_declare_entry_point_selector;
    EntryPointSelector validate_deploy_entry_point_selector;
    EntryPointSelector validate_entry_point_selector;
    ValidateRounding validate_rounding;
    Felt validated;  // what __validate__ returns
    std::uint64_t execute_max_sierra_gas = 0;
    std::uint64_t validate_max_sierra_gas = 0;
    // Failure felts.
    Felt error_block_number_out_of_range;
    Felt error_invalid_input_len;
    Felt error_invalid_argument;
    Felt error_out_of_gas;
    Felt error_entry_point_failed;
    Felt error_entry_point_not_found;
    // Names in the resource bounds that a contract sees.
    Felt l1_gas;
    Felt l2_gas;
    Felt l1_data_gas;
    GasVector l1_handler_max_amount_bounds;
    ContractAddress block_hash_contract_address;
    ContractAddress alias_contract_address;
    std::vector<ClassHash> v1_bound_accounts_cairo0;
    std::vector<ClassHash> v1_bound_accounts_cairo1;
    std::uint64_t v1_bound_accounts_max_tip = 0;
    std::vector<ClassHash> data_gas_accounts;
};

// constant + ceil(calldata_factor * length / scaling_factor), each component by itself.
struct ResourcesParams {
    vm::ExecutionResources constant;
    vm::ExecutionResources calldata_factor;
    std::uint64_t scaling_factor = 1;
    [[nodiscard]] vm::ExecutionResources linear(std::uint64_t length) const;
};

// VM resources of the Starknet OS.
struct OsResources {
    std::array<ResourcesParams, kSyscallCount> execute_syscalls;
    // By TransactionType; `deploy` has none.
    std::array<ResourcesParams, 5> execute_txs_inner;
    vm::ExecutionResources
        compute_os_kzg_commitment_info;  // a felt of data availability; empty in old versions

    [[nodiscard]] const ResourcesParams& syscall(SyscallSelector selector) const {
        return execute_syscalls[static_cast<std::size_t>(selector)];
    }
};

struct VersionedConstants {
    std::string starknet_version;
    EventLimits tx_event_limits;
    std::uint64_t invoke_tx_max_n_steps = 0;
    std::uint64_t validate_max_n_steps = 0;
    std::uint64_t max_recursion_depth = 0;
    ArchivalDataGasCosts deprecated_l2_resource_gas_costs;
    ArchivalDataGasCosts archival_data_gas_costs;
    AllocationCost allocation_cost;
    VmResourceCosts vm_resource_fee_cost;
    bool disable_cairo0_redeclaration = false;
    bool enable_stateful_compression = false;
    bool comprehensive_state_diff = false;
    bool block_direct_execute_call = false;
    bool ignore_inner_event_resources = false;
    bool disable_deploy_in_validation_mode = false;
    bool enable_reverts = false;
    bool enable_casm_hash_migration = false;
    bool block_casm_hash_v1_declares = false;
    bool strip_vm_frames_in_sierra_gas = false;
    SierraVersion min_sierra_version_for_sierra_gas;
    bool enable_tip = false;
    bool segment_arena_cells = false;  // an instance counts as three: the old VM counted cells
    bool calldata_da_discount = true;  // before 0.13.0 a word of calldata cost what it costs
    OsConstants os_constants;
    OsResources os_resources;

    // L1 gas for one unit of Sierra gas: the price of a step over its gas.
    [[nodiscard]] Ratio sierra_gas_in_l1_gas() const {
        return {
            vm_resource_fee_cost.n_steps.numerator,
            vm_resource_fee_cost.n_steps.denominator * os_constants.gas_costs.base.step_gas_cost};
    }
    // Gas of a transaction that sets no bound on L2 gas.
    [[nodiscard]] std::uint64_t initial_gas_no_user_l2_bound() const {
        return os_constants.execute_max_sierra_gas + os_constants.validate_max_sierra_gas;
    }
    [[nodiscard]] std::uint64_t infinite_gas_for_vm_mode() const {
        return os_constants.gas_costs.base.default_initial_gas_cost;
    }
};

// From the text of a data file. Errors: bad JSON, an unknown or missing field, a number out of
// range.
vm::Result<VersionedConstants> parse_versioned_constants(std::string_view starknet_version,
                                                         std::string_view json);

// All known versions, oldest first.
std::span<const VersionedConstants> all_versioned_constants();

// The constants of exactly this version, or of the greatest known one below it; those of 0.13.0 for
// older blocks (the reference's full nodes do so) and for blocks so old that they name no version.
// Error: text that is no version.
vm::Result<const VersionedConstants*> versioned_constants_for(std::string_view starknet_version);

// "0.13.1.1" as numbers, compared like lists: 0.13.1 < 0.13.1.1 < 0.13.2. Error: anything else.
vm::Result<std::vector<std::uint32_t>> starknet_version_numbers(std::string_view text);

}  // namespace blockexecd::executor

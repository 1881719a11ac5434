// SPDX-License-Identifier: Apache-2.0
// From a data file to the struct, with the gas of each system call derived as the reference derives
// it.
#include <boost/json.hpp>
#include <charconv>

#include "executor/constants/builtins_gas.hpp"
#include "executor/constants/json_object.hpp"
#include "executor/constants/versioned_constants.hpp"

namespace blockexecd::executor {
namespace {

using json::Object;

vm::ExecutionResources read_vm_resources(Object object) {
    vm::ExecutionResources resources;
    resources.n_steps = object.number("n_steps");
    resources.n_memory_holes = object.number("n_memory_holes");
    Object builtins = object.object("builtin_instance_counter");
    builtins.for_each([&](std::string_view name) {
        const auto builtin = vm::builtin_from_name(name);
        // The modulo builtins are not known to the OS's cost tables.
        if (!builtin || *builtin > vm::BuiltinName::segment_arena)
            json::fail(builtins.path_of(name), "unknown builtin");
        resources[*builtin] = builtins.number(name);
    });
    object.refuse_unknown();
    return resources;
}

// Plain resources; or a constant and a factor; the factor plain or with a scale.
ResourcesParams read_params(Object object) {
    ResourcesParams params;
    if (!object.has("constant")) {
        params.constant = read_vm_resources(object);
        return params;
    }
    params.constant = read_vm_resources(object.object("constant"));
    Object factor = object.object("calldata_factor");
    if (factor.has("resources")) {
        params.calldata_factor = read_vm_resources(factor.object("resources"));
        params.scaling_factor = factor.number("scaling_factor");
        if (params.scaling_factor == 0)
            json::fail(factor.path_of("scaling_factor"), "0");
        factor.refuse_unknown();
    } else {
        params.calldata_factor = read_vm_resources(factor);
    }
    object.refuse_unknown();
    return params;
}

OsResources read_os_resources(Object object) {
    OsResources resources;
    Object syscalls = object.object("execute_syscalls");
    for (std::size_t i = 0; i < kSyscallCount; ++i)
        resources.execute_syscalls[i] = read_params(syscalls.object(kSyscallNames[i]));
    syscalls.refuse_unknown();

    constexpr std::array<std::pair<TransactionType, std::string_view>, 4> types{{
        {TransactionType::invoke, "InvokeFunction"},
        {TransactionType::declare, "Declare"},
        {TransactionType::deploy_account, "DeployAccount"},
        {TransactionType::l1_handler, "L1Handler"},
    }};
    Object transactions = object.object("execute_txs_inner");
    for (const auto& [type, name] : types)
        resources.execute_txs_inner[static_cast<std::size_t>(type)] =
            read_params(transactions.object(name));
    transactions.refuse_unknown();

    resources.compute_os_kzg_commitment_info =
        read_vm_resources(object.object("compute_os_kzg_commitment_info"));
    object.refuse_unknown();
    return resources;
}

ArchivalDataGasCosts read_archival(Object object) {
    ArchivalDataGasCosts costs{.gas_per_data_felt = object.ratio("gas_per_data_felt"),
                               .event_key_factor = object.ratio("event_key_factor"),
                               .gas_per_code_byte = object.ratio("gas_per_code_byte"),
                               .gas_per_proof = {}};
    if (object.has("gas_per_proof"))
        costs.gas_per_proof = object.ratio("gas_per_proof");
    object.refuse_unknown();
    return costs;
}

GasVector read_gas_vector(Object object) {
    const GasVector gas{.l1_gas = object.number("l1_gas"),
                        .l1_data_gas = object.number("l1_data_gas"),
                        .l2_gas = object.number_or_zero("l2_gas")};
    object.refuse_unknown();
    return gas;
}

VmResourceCosts read_vm_resource_costs(Object object) {
    VmResourceCosts costs;
    costs.n_steps = object.ratio("n_steps");
    if (costs.n_steps.numerator == 0)
        json::fail(object.path_of("n_steps"), "0");
    Object builtins = object.object("builtins");
    for (std::size_t i = 0; i < vm::kBuiltinCount; ++i)
        if (static_cast<vm::BuiltinName>(i) != vm::BuiltinName::segment_arena)
            costs.builtins[i] = builtins.ratio(std::string(vm::kBuiltinNames[i]) + "_builtin");
    builtins.refuse_unknown();
    object.refuse_unknown();
    return costs;
}

BuiltinGasCosts read_builtin_gas_costs(Object object) {
    const BuiltinGasCosts costs{.range_check = object.number("range_check"),
                                .range_check96 = object.number("range_check96"),
                                .keccak = object.number("keccak"),
                                .pedersen = object.number("pedersen"),
                                .bitwise = object.number("bitwise"),
                                .ecop = object.number("ecop"),
                                .poseidon = object.number("poseidon"),
                                .add_mod = object.number("add_mod"),
                                .mul_mod = object.number("mul_mod"),
                                .ecdsa = object.number("ecdsa"),
                                .blake = object.number("blake")};
    object.refuse_unknown();
    return costs;
}

std::uint64_t gas_of_vm_resources(const vm::ExecutionResources& resources, const GasCosts& costs) {
    return resources.n_steps * costs.base.step_gas_cost +
           resources.n_memory_holes * costs.base.memory_hole_gas_cost +
           builtins_gas(resources.builtins, costs.builtins);
}

// Cairo 0's own system calls have no gas.
bool has_gas_cost(SyscallSelector selector) {
    using enum SyscallSelector;
    switch (selector) {
        case DelegateCall:
        case DelegateL1Handler:
        case GetBlockNumber:
        case GetBlockTimestamp:
        case GetCallerAddress:
        case GetContractAddress:
        case GetTxInfo:
        case GetSequencerAddress:
        case GetTxSignature:
        case LibraryCallL1Handler:
            return false;
        default:
            return true;
    }
}

// Up to 0.13.3 the file lists the gas; a structured entry counts units of what has a price.
SyscallGasCost read_listed_syscall_cost(Object& list, std::string_view name,
                                        const GasCosts& costs) {
    if (list.field(name).is_number())
        return {.base = list.number(name)};
    Object entry = list.object(name);
    const SyscallGasCost cost{
        .base = entry.number_or_zero("step_gas_cost") * costs.base.step_gas_cost +
                entry.number_or_zero("range_check") * costs.builtins.range_check +
                entry.number_or_zero("bitwise") * costs.builtins.bitwise +
                entry.number_or_zero("syscall_base_gas_cost") * costs.base.syscall_base_gas_cost +
                entry.number_or_zero("memory_hole_gas_cost") * costs.base.memory_hole_gas_cost};
    entry.refuse_unknown();
    return cost;
}

// From 0.13.4 on the gas follows from the OS's resources; the compiled code has already paid the
// base.
SyscallGasCost derive_syscall_cost(const ResourcesParams& params, const GasCosts& costs) {
    return {.base = std::max(costs.base.syscall_base_gas_cost,
                             gas_of_vm_resources(params.constant, costs)),
            .linear_factor = gas_of_vm_resources(params.calldata_factor, costs)};
}

std::uint64_t read_steps_as_gas(Object object, std::uint64_t step_gas_cost) {
    const std::uint64_t steps = object.number("step_gas_cost");
    object.refuse_unknown();
    return steps * step_gas_cost;
}

GasCosts read_gas_costs(Object& object, const OsResources& resources) {
    GasCosts costs;
    const std::uint64_t step = object.number("step_gas_cost");
    costs.base = {
        .step_gas_cost = step,
        .memory_hole_gas_cost = object.number("memory_hole_gas_cost"),
        .default_initial_gas_cost =
            read_steps_as_gas(object.object("default_initial_gas_cost"), step),
        .entry_point_initial_budget =
            read_steps_as_gas(object.object("entry_point_initial_budget"), step),
        .syscall_base_gas_cost = read_steps_as_gas(object.object("syscall_base_gas_cost"), step)};
    if (step == 0)
        json::fail(object.path_of("step_gas_cost"), "0");
    costs.builtins = read_builtin_gas_costs(object.object("builtin_gas_costs"));

    const bool listed =
        object.has("syscall_gas_costs") && !object.field("syscall_gas_costs").is_null();
    if (listed) {
        Object list = object.object("syscall_gas_costs");
        for (std::size_t i = 0; i < kSyscallCount; ++i)
            if (has_gas_cost(static_cast<SyscallSelector>(i)))
                costs.syscalls[i] = read_listed_syscall_cost(list, kSyscallNames[i], costs);
        list.refuse_unknown();
        return costs;
    }
    for (std::size_t i = 0; i < kSyscallCount; ++i) {
        const auto selector = static_cast<SyscallSelector>(i);
        if (!has_gas_cost(selector))
            continue;
        if (resources.syscall(selector).scaling_factor != 1)
            json::fail("os_resources.execute_syscalls." + std::string(kSyscallNames[i]),
                       "scaling factor of a system call");
        costs.syscalls[i] = derive_syscall_cost(resources.syscall(selector), costs);
    }
    return costs;
}

OsConstants read_os_constants(Object object, const OsResources& resources) {
    OsConstants os;
    os.gas_costs = read_gas_costs(object, resources);
    os.allowed_virtual_os_program_hashes = object.felts("allowed_virtual_os_program_hashes");
    os.allowed_proof_versions = object.felts("allowed_proof_versions");
    os.constructor_entry_point_selector = object.felt("constructor_entry_point_selector");
    os.default_entry_point_selector = object.felt("default_entry_point_selector");
    os.execute_entry_point_selector = object.felt("execute_entry_point_selector");
    os.transfer_entry_point_selector = object.felt("transfer_entry_point_selector");
    os.validate_declare_entry_point_selector = object.felt("validate_declare_entry_point_selector");
    os.validate_deploy_entry_point_selector = object.felt("validate_deploy_entry_point_selector");
    os.validate_entry_point_selector = object.felt("validate_entry_point_selector");
    Object rounding = object.object("validate_rounding_consts");
    os.validate_rounding = {.block_number = rounding.number("validate_block_number_rounding"),
                            .timestamp = rounding.number("validate_timestamp_rounding")};
    if (os.validate_rounding.block_number == 0 || os.validate_rounding.timestamp == 0)
        json::fail(rounding.path(), "rounding to 0");
    rounding.refuse_unknown();
    os.validated = object.short_string("validated");
    os.execute_max_sierra_gas = object.number("execute_max_sierra_gas");
    os.validate_max_sierra_gas = object.number("validate_max_sierra_gas");
    os.error_block_number_out_of_range = object.short_string("error_block_number_out_of_range");
    os.error_invalid_input_len = object.short_string("error_invalid_input_len");
    os.error_invalid_argument = object.short_string("error_invalid_argument");
    os.error_out_of_gas = object.short_string("error_out_of_gas");
    os.error_entry_point_failed = object.short_string("error_entry_point_failed");
    os.error_entry_point_not_found = object.short_string("error_entry_point_not_found");
    os.l1_gas = object.short_string("l1_gas");
    os.l2_gas = object.short_string("l2_gas");
    os.l1_data_gas = object.short_string("l1_data_gas");
    os.l1_handler_max_amount_bounds =
        read_gas_vector(object.object("l1_handler_max_amount_bounds"));
    Object addresses = object.object("os_contract_addresses");
    os.block_hash_contract_address = Felt(addresses.number("block_hash_contract_address"));
    os.alias_contract_address = Felt(addresses.number("alias_contract_address"));
    addresses.expect("reserved_contract_address", 3);
    addresses.refuse_unknown();
    os.v1_bound_accounts_cairo0 = object.felts("v1_bound_accounts_cairo0");
    os.v1_bound_accounts_cairo1 = object.felts("v1_bound_accounts_cairo1");
    const auto max_tip = object.felt("v1_bound_accounts_max_tip").to_u64();
    if (!max_tip)
        json::fail(object.path_of("v1_bound_accounts_max_tip"), "more than 64 bits");
    os.v1_bound_accounts_max_tip = *max_tip;
    os.data_gas_accounts = object.felts("data_gas_accounts");

    object.expect("entry_point_type_external", 0);
    object.expect("entry_point_type_l1_handler", 1);
    object.expect("entry_point_type_constructor", 2);
    object.expect("l1_gas_index", 0);
    object.expect("l2_gas_index", 1);
    object.expect("l1_data_gas_index", 2);
    object.expect("l1_handler_version", 0);
    object.expect("nop_entry_point_offset", -1);
    object.expect("sierra_array_len_bound", std::int64_t{1} << 32);
    object.expect("stored_block_hash_buffer", 10);
    object.refuse_unknown();
    return os;
}

SierraVersion read_sierra_version(Object& object, std::string_view name) {
    const std::string text = object.text(name);
    SierraVersion version;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::uint64_t* part : {&version.major, &version.minor, &version.patch}) {
        const auto [next, error] = std::from_chars(at, end, *part);
        const bool last = part == &version.patch;
        if (error != std::errc() || (last ? next != end : next == end || *next != '.'))
            json::fail(object.path_of(name), "not a version of three numbers");
        at = next + (last ? 0 : 1);
    }
    return version;
}

VersionedConstants read_versioned_constants(std::string_view starknet_version, Object object) {
    VersionedConstants vc;
    vc.starknet_version = starknet_version;
    Object limits = object.object("tx_event_limits");
    vc.tx_event_limits = {.max_data_length = limits.number("max_data_length"),
                          .max_keys_length = limits.number("max_keys_length"),
                          .max_n_emitted_events = limits.number("max_n_emitted_events")};
    limits.refuse_unknown();
    // A gateway's limits on what it takes in: no part of execution, but part of the file's form.
    Object gateway = object.object("gateway");
    for (const auto* name : {"max_calldata_length", "max_contract_bytecode_size", "max_proof_size"})
        gateway.number(name);
    gateway.refuse_unknown();
    vc.invoke_tx_max_n_steps = object.number("invoke_tx_max_n_steps");
    vc.validate_max_n_steps = object.number("validate_max_n_steps");
    vc.max_recursion_depth = object.number("max_recursion_depth");
    vc.deprecated_l2_resource_gas_costs =
        read_archival(object.object("deprecated_l2_resource_gas_costs"));
    vc.archival_data_gas_costs = read_archival(object.object("archival_data_gas_costs"));
    Object allocation = object.object("allocation_cost");
    vc.allocation_cost = {.blob_cost = read_gas_vector(allocation.object("blob_cost")),
                          .gas_cost = read_gas_vector(allocation.object("gas_cost"))};
    allocation.refuse_unknown();
    vc.vm_resource_fee_cost = read_vm_resource_costs(object.object("vm_resource_fee_cost"));
    vc.disable_cairo0_redeclaration = object.boolean("disable_cairo0_redeclaration");
    vc.enable_stateful_compression = object.boolean("enable_stateful_compression");
    vc.comprehensive_state_diff = object.boolean("comprehensive_state_diff");
    vc.block_direct_execute_call = object.boolean("block_direct_execute_call");
    vc.ignore_inner_event_resources = object.boolean("ignore_inner_event_resources");
    vc.disable_deploy_in_validation_mode = object.boolean("disable_deploy_in_validation_mode");
    vc.enable_reverts = object.boolean("enable_reverts");
    vc.enable_casm_hash_migration = object.boolean("enable_casm_hash_migration");
    vc.block_casm_hash_v1_declares = object.boolean("block_casm_hash_v1_declares");
    vc.strip_vm_frames_in_sierra_gas = object.boolean("strip_vm_frames_in_sierra_gas");
    vc.min_sierra_version_for_sierra_gas =
        read_sierra_version(object, "min_sierra_version_for_sierra_gas");
    vc.enable_tip = object.boolean("enable_tip");
    vc.segment_arena_cells = object.boolean("segment_arena_cells");
    if (object.has("calldata_da_discount"))
        vc.calldata_da_discount = object.boolean("calldata_da_discount");
    vc.os_resources = read_os_resources(object.object("os_resources"));
    vc.os_constants = read_os_constants(object.object("os_constants"), vc.os_resources);
    object.refuse_unknown();
    return vc;
}

}  // namespace

vm::Result<VersionedConstants> parse_versioned_constants(std::string_view starknet_version,
                                                         std::string_view text) {
    try {
        const boost::json::value document = boost::json::parse(text);
        return read_versioned_constants(starknet_version, Object(document, "constants"));
    } catch (const std::exception& error) {
        return vm::Error(vm::ErrorKind::program, "Versioned constants of " +
                                                     std::string(starknet_version) +
                                                     " are malformed: " + error.what());
    }
}

}  // namespace blockexecd::executor

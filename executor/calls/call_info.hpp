// SPDX-License-Identifier: Apache-2.0
// The whole result of one call and of its inner calls: what the reference's CallInfo holds, field
// for field.
#pragma once

#include <boost/container/flat_set.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "executor/calls/syscall_selector.hpp"
#include "executor/types/contract_class.hpp"
#include "executor/types/gas.hpp"
#include "executor/types/ids.hpp"
#include "vm/builtin_name.hpp"

namespace blockexecd::executor {

enum class CallType : std::uint8_t { call, delegate };
enum class TrackedResource : std::uint8_t { cairo_steps, sierra_gas };

// As a request: class_hash is an input for delegate calls only, else that of storage_address is
// taken. In a CallInfo it is the class that ran.
struct CallEntryPoint {
    ClassHash class_hash;
    std::optional<ContractAddress> code_address;  // nothing for library calls and deployments
    EntryPointType entry_point_type = EntryPointType::external;
    EntryPointSelector entry_point_selector;
    std::vector<Felt> calldata;
    ContractAddress storage_address;
    ContractAddress caller_address;
    CallType call_type = CallType::call;
    std::uint64_t initial_gas = 0;
};

struct OrderedEvent {
    std::uint64_t order = 0;
    std::vector<Felt> keys;
    std::vector<Felt> data;
};

struct OrderedMessageToL1 {
    std::uint64_t order = 0;
    Felt to_address;
    std::vector<Felt> payload;
};

struct CallExecution {
    std::vector<Felt> retdata;
    std::vector<OrderedEvent> events;
    std::vector<OrderedMessageToL1> l2_to_l1_messages;
    bool failed = false;
    std::uint64_t gas_consumed = 0;
};

struct StorageAccessTracker {
    std::vector<Felt> storage_read_values;  // in call order
    boost::container::flat_set<StorageKey> accessed_storage_keys;
    std::vector<ClassHash> read_class_hash_values;
    boost::container::flat_set<ContractAddress> accessed_contract_addresses;
    std::vector<BlockHash> read_block_hash_values;
    boost::container::flat_set<BlockNumber> accessed_blocks;
};

struct CallInfo {
    CallEntryPoint call;
    CallExecution execution;
    std::vector<CallInfo> inner_calls;
    vm::ExecutionResources
        resources;  // VM resources of this call's CairoSteps frames, inner calls included
    std::uint64_t opcode_blake_count = 0;  // beside resources, inner calls included
    TrackedResource tracked_resource = TrackedResource::cairo_steps;
    StorageAccessTracker storage_access_tracker;
    // This frame alone, whatever it tracks, its system calls' part included; segment arena stays 0.
    vm::BuiltinCounters builtin_counters{};
    std::uint64_t own_blake_count = 0;
    SyscallUsages syscalls_usage;
};

}  // namespace blockexecd::executor

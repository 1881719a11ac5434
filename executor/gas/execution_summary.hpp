// SPDX-License-Identifier: Apache-2.0
// What a transaction's call trees add up to for the fee.
#pragma once

#include <cstdint>
#include <vector>

#include "executor/calls/call_info.hpp"
#include "executor/gas/starknet_resources.hpp"

namespace blockexecd::executor {

struct ExecutionSummary {
    vm::ExecutionResources vm_resources;
    std::uint64_t opcode_blake_count = 0;
    std::uint64_t gas_consumed = 0;  // of calls that track Sierra gas
    std::vector<std::uint64_t> l2_to_l1_payload_lengths;
    EventSummary event_summary;
};

// Adds one root call. Events are those of the whole tree, or (0.13.1) those of the root alone.
// Error: gas above 64 bits.
vm::Result<void> add_call(ExecutionSummary& summary, const CallInfo& root,
                          const VersionedConstants& constants);

}  // namespace blockexecd::executor

// SPDX-License-Identifier: Apache-2.0
// What a chain records of an executed transaction (the feeder gateway's receipt), and what we
// compute to compare with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "executor/types/gas.hpp"
#include "executor/types/ids.hpp"
#include "vm/builtin_name.hpp"

namespace blockexecd::executor {

struct Event {
    ContractAddress from_address;
    std::vector<Felt> keys;
    std::vector<Felt> data;
    friend bool operator==(const Event&, const Event&) = default;
};

struct MessageToL1 {
    ContractAddress from_address;
    Felt to_address;
    std::vector<Felt> payload;
    friend bool operator==(const MessageToL1&, const MessageToL1&) = default;
};

enum class ExecutionStatus : std::uint8_t { succeeded, reverted };

struct Receipt {
    TransactionHash transaction_hash;
    std::uint64_t transaction_index = 0;
    ExecutionStatus execution_status = ExecutionStatus::succeeded;
    std::string revert_error;  // empty unless reverted
    Felt actual_fee;
    std::vector<Event> events;
    std::vector<MessageToL1> l2_to_l1_messages;
    // n_steps: transaction + operating-system overhead + reverted steps; holes and builtins:
    // transaction + overhead.
    vm::ExecutionResources execution_resources;
    // Nothing where the chain does not record it (old versions).
    std::optional<GasVector> total_gas_consumed;
    std::optional<GasVector> data_availability;
    friend bool operator==(const Receipt&, const Receipt&) = default;
};

}  // namespace blockexecd::executor

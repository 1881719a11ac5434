// SPDX-License-Identifier: Apache-2.0
// The resources of a transaction, their gas, and the fee (specification 4.7, 4.10; blockifier
// fee/receipt.rs).
#pragma once

#include <cstdint>
#include <optional>

#include "executor/calls/block_context.hpp"
#include "executor/gas/computation_resources.hpp"
#include "executor/gas/execution_summary.hpp"
#include "executor/gas/starknet_resources.hpp"
#include "executor/types/transaction.hpp"

namespace blockexecd::executor {

struct TransactionReceipt {
    u128 fee = 0;      // what is charged
    GasVector gas;     // what was used; a reverted transaction's fee may be less than its cost
    GasVector da_gas;  // data availability alone, without the allocation of cells
    StarknetResources starknet_resources;
    ComputationResources computation;
    friend bool operator==(const TransactionReceipt&, const TransactionReceipt&) = default;
};

struct ReceiptInput {
    const BlockContext& block;
    const Transaction& transaction;
    std::uint64_t declared_code_size = 0;  // bytes
    StateResources state;                  // from count_for_fee_charge
    ExecutionSummary summary;              // without the fee transfer
    std::uint64_t n_reverted_steps = 0;
    std::uint64_t reverted_sierra_gas = 0;
};

// Declare v0 is free. Errors: amounts that overflow.
vm::Result<TransactionReceipt> make_receipt(ReceiptInput input);

// The least gas that an account transaction of this kind can use: it is refused before it runs if
// its bounds are below. Without archival data; with the overhead of blobs even in a block without
// (specification 4.9).
vm::Result<GasVector> minimal_gas_vector(const BlockContext& block, const Transaction& transaction);

// 32 bytes a felt of bytecode and of Sierra program, and the ABI's length.
std::uint64_t declared_code_size(const CompiledClass& declared);

}  // namespace blockexecd::executor

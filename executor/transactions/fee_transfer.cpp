// SPDX-License-Identifier: Apache-2.0
#include "executor/calls/call_error.hpp"
#include "executor/calls/entry_point.hpp"
#include "executor/gas/fee_bounds.hpp"
#include "executor/transactions/complete_fee_transfer.hpp"
#include "executor/transactions/decimal.hpp"
#include "executor/transactions/stages.hpp"

namespace blockexecd::executor {
namespace {

struct BalanceCells {
    StorageCell low;
    StorageCell high;
};

BalanceCells sequencer_balance_cells(const BlockContext& block,
                                     const ContractAddress& fee_token_address) {
    const StorageKey& low = block.sequencer_balance_key;
    return {{fee_token_address, low}, {fee_token_address, low + Felt(1)}};
}

vm::Result<CallInfo> transfer(TransactionRun& run, CachedState& state, u128 fee) {
    // The token is the sequencer's own concern, and the fee holds the price of this call: gas is no
    // limit.
    std::uint64_t remaining_gas = run.constants().infinite_gas_for_vm_mode();
    CallEntryPoint call;
    call.entry_point_selector = run.constants().os_constants.transfer_entry_point_selector;
    call.calldata = {run.block().sequencer_address, to_felt(fee), Felt()};
    call.storage_address = run.fee_token_address();
    call.caller_address = run.info.sender_address;
    call.initial_gas = remaining_gas;
    auto context = run.context(ExecutionMode::execute, true, remaining_gas);
    auto result = execute_call(std::move(call), state, context, remaining_gas);
    run.executed_steps += context.executed_steps;
    if (result.has_error() && !is_host_failure(result.error()))
        return rejection(result.error().message());
    return result;
}

// The sequencer's balance reads as 0 and is not written.
vm::Result<CallInfo> transfer_concurrently(TransactionRun& run, CachedState& state, u128 fee) {
    const BalanceCells cells = sequencer_balance_cells(run.block(), run.fee_token_address());
    CachedState transfer_state(&state);
    for (const auto* cell : {&cells.low, &cells.high})
        transfer_state.set_initial_storage(*cell, Felt());
    BX_TRY(CallInfo info, transfer(run, transfer_state, fee));
    for (const auto* cell : {&cells.low, &cells.high})
        transfer_state.erase_storage_write(*cell);
    transfer_state.commit_to(state);
    return info;
}

// Where the token reads the recipient's balance, low and high, among its four reads.
constexpr std::size_t kSequencerLowRead = 2;
constexpr std::size_t kSequencerHighRead = 3;

vm::Result<void> fill_sequencer_balance_reads(CallInfo& info, const FeeTokenBalance& balance) {
    if (info.inner_calls.size() > 1)
        return vm::Error(vm::ErrorKind::host, "A fee token's proxy should make one inner call.");
    CallInfo& token = info.inner_calls.empty() ? info : info.inner_calls.front();
    auto& reads = token.storage_access_tracker.storage_read_values;
    if (reads.size() != 4 || !reads[kSequencerLowRead].is_zero() ||
        !reads[kSequencerHighRead].is_zero())
        return vm::Error(vm::ErrorKind::host,
                         "A fee transfer should read four cells, the sequencer's balance last.");
    reads[kSequencerLowRead] = balance.low;
    reads[kSequencerHighRead] = balance.high;
    return {};
}

}  // namespace

vm::Result<std::optional<CallInfo>> run_fee_transfer(TransactionRun& run, CachedState& state,
                                                     u128 fee) {
    if (!run.flags().charge_fee || fee == 0)
        return std::optional<CallInfo>();
    const u128 max_fee =
        max_possible_fee(run.transaction(), effective_tip(run.constants(), run.transaction()));
    if (fee > max_fee)
        return vm::Error(vm::ErrorKind::host, "Actual fee " + to_decimal(fee) +
                                                  " exceeded bounds; max possible fee is " +
                                                  to_decimal(max_fee) + ".");
    const bool concurrently =
        run.flags().concurrency_mode && run.info.sender_address != run.block().sequencer_address;
    BX_TRY(CallInfo info,
           concurrently ? transfer_concurrently(run, state, fee) : transfer(run, state, fee));
    return std::optional(std::move(info));
}

vm::Result<void> complete_fee_transfer(TransactionExecutionInfo& info,
                                       const Transaction& transaction, const BlockContext& block,
                                       CachedState& state) {
    if (!info.fee_transfer_call_info || transaction.sender_address == block.sequencer_address)
        return {};
    const ContractAddress& fee_token_address = block.fee_token_address(transaction.fee_type());
    BX_TRY(const FeeTokenBalance balance,
           fee_token_balance(state, fee_token_address, block.sequencer_balance_key));
    BX_CHECK(fill_sequencer_balance_reads(*info.fee_transfer_call_info, balance));

    const auto wide = [](const Felt& half) {
        return static_cast<u128>(half.limbs()[1]) << 64 | half.limbs()[0];
    };
    u128 low = 0;
    const bool carry = __builtin_add_overflow(wide(balance.low), info.receipt.fee, &low);
    u128 high = 0;
    if (!balance.low.fits_u128() || !balance.high.fits_u128() ||
        __builtin_add_overflow(wide(balance.high), u128{carry ? 1U : 0U}, &high))
        return vm::Error(vm::ErrorKind::host,
                         "The sequencer balance overflowed when adding the fee.");
    const BalanceCells cells = sequencer_balance_cells(block, fee_token_address);
    if (info.receipt.fee != 0)
        state.set_storage_at(cells.low.address, cells.low.key, to_felt(low));
    if (carry)
        state.set_storage_at(cells.high.address, cells.high.key, to_felt(high));
    return {};
}

}  // namespace blockexecd::executor

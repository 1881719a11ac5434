// SPDX-License-Identifier: Apache-2.0
#include "executor/gas/transaction_receipt.hpp"

#include <utility>

#include "executor/gas/fee_bounds.hpp"

namespace blockexecd::executor {

vm::Result<TransactionReceipt> make_receipt(ReceiptInput input) {
    const Transaction& transaction = input.transaction;
    const BlockContext& block = input.block;
    const VersionedConstants& constants = *block.constants;
    const bool is_l1_handler = transaction.type == TransactionType::l1_handler;
    const std::uint64_t length = extended_calldata_length(transaction);

    TransactionReceipt receipt;
    receipt.starknet_resources = {
        .archival_data = {.event_summary = input.summary.event_summary,
                          .extended_calldata_length = length,
                          .signature_length =
                              is_l1_handler ? 0 : transaction.signature.size(),  // checked on L1
                          .code_size = input.declared_code_size,
                          .has_client_side_proof = !transaction.proof_facts.empty()},
        .messages = {.l2_to_l1_payload_lengths = std::move(input.summary.l2_to_l1_payload_lengths),
                     .l1_handler_payload_size =
                         is_l1_handler ? std::optional(length) : std::nullopt},
        .state = input.state,
    };
    // Overhead is counted in VM resources, whatever the calls track.
    auto os_resources = os_resources_for_tx_type(constants, transaction.type, length);
    if (block.use_kzg_da)
        os_resources +=
            os_kzg_da_resources(constants, input.state.count.onchain_data_segment_length());
    receipt.computation = {
        .tx_vm_resources = input.summary.vm_resources,
        .opcode_blake_count = input.summary.opcode_blake_count,
        .os_vm_resources = os_resources,
        .n_reverted_steps = input.n_reverted_steps,
        .sierra_gas = input.summary.gas_consumed,
        .reverted_sierra_gas = input.reverted_sierra_gas,
    };

    const auto mode = gas_mode(transaction);
    BX_TRY(const GasSum computation_gas, receipt.computation.gas(constants, mode));
    const GasSum gas =
        receipt.starknet_resources.gas(constants, block.use_kzg_da, mode) + computation_gas;
    BX_TRY(receipt.gas, gas.narrow());
    BX_TRY(receipt.da_gas,
           input.state.count.da_gas(block.use_kzg_da, constants.calldata_da_discount).narrow());
    if (transaction.type == TransactionType::declare && transaction.version == 0)
        return receipt;
    BX_TRY(receipt.fee, fee_of(receipt.gas, block.gas_prices(transaction.fee_type()),
                               effective_tip(constants, transaction)));
    return receipt;
}

vm::Result<GasVector> minimal_gas_vector(const BlockContext& block,
                                         const Transaction& transaction) {
    const StateChangesCount changes{
        .n_storage_updates = 1,
        .n_class_hash_updates = transaction.type == TransactionType::deploy_account ? 1U : 0U,
        .n_compiled_class_hash_updates = 0,
        .n_modified_contracts = 1};
    vm::ExecutionResources resources;
    resources.n_steps =
        os_resources_for_tx_type(*block.constants, transaction.type,
                                 extended_calldata_length(transaction))
            .n_steps +
        os_kzg_da_resources(*block.constants, changes.onchain_data_segment_length()).n_steps;
    BX_TRY(const GasSum vm_gas,
           vm_resources_gas(*block.constants, resources, 0, 0, gas_mode(transaction)));
    return (vm_gas + changes.da_gas(block.use_kzg_da, block.constants->calldata_da_discount))
        .narrow();
}

std::uint64_t declared_code_size(const CompiledClass& declared) {
    return (declared.bytecode_length + declared.sierra_program_length) * 32 + declared.abi_length;
}

}  // namespace blockexecd::executor

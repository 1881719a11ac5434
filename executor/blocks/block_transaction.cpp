// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_transaction.hpp"

#include <algorithm>
#include <string>

namespace blockexecd::executor {

vm::Result<TransactionInput> transaction_input(const BlockInput& input, const BlockContext& context,
                                               std::uint64_t index) {
    const Transaction& transaction = input.block.transactions[index];
    TransactionInput one{.transaction = transaction,
                         .block = context,
                         .declared_class = nullptr,
                         .flags = flags_of_block(transaction)};
    one.flags.validate = input.validate;
    if (transaction.type == TransactionType::declare) {
        BX_TRY(one.declared_class, input.declared_class(transaction.class_hash));
    }
    return one;
}

vm::Error located(const Block& block, std::uint64_t index, const vm::Error& error) {
    return {vm::ErrorKind::host,
            "Block " + std::to_string(block.header.number) + ", transaction " +
                std::to_string(index) + " (" + block.transactions[index].hash.to_hex() +
                "): " + error.message(),
            error};
}

void drop_sequencer_balance(AccessSet& access, const BlockContext& context) {
    const StorageKey& low = context.sequencer_balance_key;
    const auto is_balance = [&](const StorageCell& cell) {
        return (cell.key == low || cell.key == low + Felt(1)) &&
               (cell.address == context.eth_fee_token_address ||
                cell.address == context.strk_fee_token_address);
    };
    std::erase_if(access.reads.storage, is_balance);
    std::erase_if(access.writes.storage, is_balance);
}

}  // namespace blockexecd::executor

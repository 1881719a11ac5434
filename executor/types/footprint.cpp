// SPDX-License-Identifier: Apache-2.0
#include "executor/types/footprint.hpp"

namespace blockexecd::executor {
namespace {

template <class T>
std::size_t elements(const std::vector<T>& vector) {
    return vector.capacity() * sizeof(T);
}

// Of a map or set: three links and a colour beside each value.
template <class Tree>
std::size_t tree(const Tree& values) {
    return values.size() * (sizeof(typename Tree::value_type) + 4 * sizeof(void*));
}

std::size_t footprint(const Transaction& transaction) {
    return elements(transaction.signature) + elements(transaction.calldata) +
           elements(transaction.paymaster_data) + elements(transaction.account_deployment_data) +
           elements(transaction.proof_facts);
}

std::size_t footprint(const Receipt& receipt) {
    std::size_t bytes = receipt.revert_error.capacity() + elements(receipt.events) +
                        elements(receipt.l2_to_l1_messages);
    for (const auto& event : receipt.events)
        bytes += elements(event.keys) + elements(event.data);
    for (const auto& message : receipt.l2_to_l1_messages)
        bytes += elements(message.payload);
    return bytes;
}

}  // namespace

std::size_t footprint(const Block& block) {
    std::size_t bytes = sizeof block + elements(block.transactions) + elements(block.receipts);
    for (const auto& transaction : block.transactions)
        bytes += footprint(transaction);
    for (const auto& receipt : block.receipts)
        bytes += footprint(receipt);
    return bytes;
}

std::size_t footprint(const StateUpdate& update) {
    const auto& diff = update.diff;
    return sizeof update + tree(diff.storage) + tree(diff.nonces) + tree(diff.deployed_contracts) +
           tree(diff.replaced_classes) + tree(diff.declared_classes) +
           tree(diff.migrated_compiled_classes) + tree(diff.deprecated_declared_classes);
}

}  // namespace blockexecd::executor

// SPDX-License-Identifier: Apache-2.0
// Counting a diff for the fee.
#include "executor/gas/starknet_resources.hpp"

namespace blockexecd::executor {

FlatSet<ContractAddress> modified_contracts(const StateMaps& changes) {
    FlatSet<ContractAddress> modified;
    for (const auto& [cell, value] : changes.storage)
        modified.insert(cell.address);
    for (const auto& [address, nonce] : changes.nonces)
        modified.insert(address);
    for (const auto& [address, class_hash] : changes.class_hashes)
        modified.insert(address);
    return modified;
}

StateResources count_for_fee_charge(const StateChanges& changes,
                                    const std::optional<StorageKey>& sender_balance_key,
                                    const ContractAddress& fee_token_address) {
    const StateMaps& maps = changes.maps;
    auto modified = modified_contracts(maps);
    modified.erase(fee_token_address);

    std::uint64_t n_storage_updates = maps.storage.size();
    if (sender_balance_key && !maps.storage.contains({fee_token_address, *sender_balance_key}))
        ++n_storage_updates;
    return {.count = {.n_storage_updates = n_storage_updates,
                      .n_class_hash_updates = maps.class_hashes.size(),
                      .n_compiled_class_hash_updates = maps.compiled_class_hashes.size(),
                      .n_modified_contracts = modified.size()},
            .n_allocated_keys = changes.allocated_keys.size()};
}

}  // namespace blockexecd::executor

// SPDX-License-Identifier: Apache-2.0
#include "executor/state/overlay_state.hpp"

#include <algorithm>

namespace blockexecd::executor {
namespace {

// Null where no diff has the key in any of these maps. A key is in one of them at most.
template <class Key, class... Maps>
const Felt* newest(const DiffsNewestFirst& diffs, const Key& key, Maps... maps) {
    const Felt* value = nullptr;
    const auto look_up = [&](const std::map<Key, Felt>& map) {
        const auto found = map.find(key);
        if (found != map.end())
            value = &found->second;
    };
    for (const auto& diff : diffs) {
        (look_up((*diff).*maps), ...);
        if (value != nullptr)
            break;
    }
    return value;
}

}  // namespace

vm::Result<Felt> OverlayState::storage_at(const ContractAddress& address, const StorageKey& key) {
    if (const auto* value = newest(diffs_, StorageCell{address, key}, &StateDiff::storage))
        return *value;
    return below_.storage_at(address, key);
}

vm::Result<Nonce> OverlayState::nonce_at(const ContractAddress& address) {
    if (const auto* nonce = newest(diffs_, address, &StateDiff::nonces))
        return *nonce;
    return below_.nonce_at(address);
}

vm::Result<ClassHash> OverlayState::class_hash_at(const ContractAddress& address) {
    if (const auto* class_hash =
            newest(diffs_, address, &StateDiff::deployed_contracts, &StateDiff::replaced_classes))
        return *class_hash;
    return below_.class_hash_at(address);
}

vm::Result<std::shared_ptr<const CompiledClass>> OverlayState::compiled_class(
    const ClassHash& class_hash) {
    const bool declared = std::ranges::any_of(diffs_, [&](const auto& diff) {
        return diff->declared_classes.contains(class_hash) ||
               diff->deprecated_declared_classes.contains(class_hash);
    });
    return declared ? load_class_(class_hash) : below_.compiled_class(class_hash);
}

vm::Result<CompiledClassHash> OverlayState::compiled_class_hash(const ClassHash& class_hash) {
    if (const auto* hash = newest(diffs_, class_hash, &StateDiff::declared_classes,
                                  &StateDiff::migrated_compiled_classes))
        return *hash;
    return below_.compiled_class_hash(class_hash);
}

}  // namespace blockexecd::executor

// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/finalize_block.hpp"

#include "executor/blocks/aliases.hpp"
#include "executor/calls/for_each_call.hpp"
#include "executor/constants/versioned_constants.hpp"

namespace blockexecd::executor {
namespace {

vm::Result<void> migrate_compiled_class_hashes(CachedState& state,
                                               const FlatSet<ClassHash>& executed_classes) {
    for (const auto& class_hash : executed_classes) {
        BX_TRY(const auto migrated, migrated_compiled_class_hash(class_hash, state));
        if (migrated)
            state.set_compiled_class_hash(class_hash, *migrated);
    }
    return {};
}

vm::Result<StateDiff> to_state_diff(
    const StateMaps& changes,
    const FlatMap<ClassHash, std::shared_ptr<const CompiledClass>>& declared, StateReader& before) {
    StateDiff diff;
    diff.storage.insert(changes.storage.begin(), changes.storage.end());
    diff.nonces.insert(changes.nonces.begin(), changes.nonces.end());
    for (const auto& [address, class_hash] : changes.class_hashes) {
        BX_TRY(const ClassHash class_before, before.class_hash_at(address));
        (class_before.is_zero() ? diff.deployed_contracts : diff.replaced_classes)[address] =
            class_hash;
    }
    for (const auto& [class_hash, compiled_class_hash] : changes.compiled_class_hashes) {
        BX_TRY(const CompiledClassHash hash_before, before.compiled_class_hash(class_hash));
        (hash_before.is_zero() ? diff.declared_classes
                               : diff.migrated_compiled_classes)[class_hash] = compiled_class_hash;
    }
    // Before 0.13.2 also what was declared before, and so changes nothing.
    for (const auto& [class_hash, compiled_class] : declared)
        if (compiled_class->kind == ClassKind::cairo0)
            diff.deprecated_declared_classes.insert(class_hash);
    return diff;
}

}  // namespace

void add_executed_classes(const TransactionExecutionInfo& info,
                          FlatSet<ClassHash>& executed_classes) {
    for (const auto* root :
         {&info.validate_call_info, &info.execute_call_info, &info.fee_transfer_call_info})
        if (*root)
            for_each_call(**root, [&](const CallInfo& call) {
                executed_classes.insert(call.call.class_hash);
            });
}

vm::Result<std::shared_ptr<const CompiledClass>> executed_class(const ClassHash& class_hash,
                                                                StateReader& state) {
    BX_TRY(auto compiled_class, state.compiled_class(class_hash));
    if (compiled_class == nullptr)
        return vm::Error(vm::ErrorKind::host, "Class with hash " + class_hash.to_hex_padded() +
                                                  " was executed, and is not declared.");
    return compiled_class;
}

vm::Result<std::optional<CompiledClassHash>> migrated_compiled_class_hash(
    const ClassHash& class_hash, StateReader& state) {
    std::optional<CompiledClassHash> migrated;
    BX_TRY(const CompiledClassHash stored, state.compiled_class_hash(class_hash));
    if (stored.is_zero())
        return migrated;
    BX_TRY(const auto compiled_class, executed_class(class_hash, state));
    if (stored != compiled_class->compiled_class_hash_v2)
        migrated = compiled_class->compiled_class_hash_v2;
    return migrated;
}

vm::Result<StateDiff> finalize_block(CachedState& state, StateReader& before,
                                     const BlockContext& block,
                                     const FlatSet<ClassHash>& executed_classes) {
    const VersionedConstants& constants = *block.constants;
    if (constants.enable_stateful_compression)
        BX_CHECK(allocate_aliases(state, constants.os_constants.alias_contract_address));
    if (constants.enable_casm_hash_migration)
        BX_CHECK(migrate_compiled_class_hashes(state, executed_classes));
    BX_TRY(const StateChanges changes, state.state_changes());
    return to_state_diff(changes.maps, state.declared_classes(), before);
}

}  // namespace blockexecd::executor

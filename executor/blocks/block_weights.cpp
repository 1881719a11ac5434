// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_weights.hpp"

#include <algorithm>
#include <iterator>

#include "executor/blocks/finalize_block.hpp"
#include "executor/calls/for_each_call.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/gas/computation_resources.hpp"
#include "executor/gas/starknet_resources.hpp"

namespace blockexecd::executor {
namespace {

// Without the fee transfer: the OS's resources have it.
PrimitiveCounts primitives_of(const TransactionExecutionInfo& info) {
    PrimitiveCounts counts;
    for (const auto* root : {&info.validate_call_info, &info.execute_call_info})
        if (*root)
            for_each_call(**root, [&](const CallInfo& call) {
                counts += {call.builtin_counters, call.own_blake_count};
            });
    return counts;
}

template <class Key>
std::uint64_t count_missing(const FlatSet<Key>& keys, const FlatSet<Key>& known) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(keys, [&](const Key& key) { return !known.contains(key); }));
}

template <class Map, class Key>
void add_keys(const Map& map, FlatSet<Key>& keys) {
    for (const auto& [key, value] : map)
        keys.insert(key);
}

}  // namespace

std::string to_text(const BlockWeights& weights) {
    std::string text;
    for (const auto& field : kBlockWeightFields)
        text += (text.empty() ? "BouncerWeights { " : ", ") + std::string(field.name) + ": " +
                std::to_string(weights.*field.value);
    return text + " }";
}

BuiltinGasCosts proving_prices(std::uint64_t proving_gas_of_block) {
    const auto price = [&](std::uint64_t instances) { return proving_gas_of_block / instances; };
    return {.range_check = price(66'666'666),
            .range_check96 = price(33'519'553),
            .keccak = price(10'000),
            .pedersen = price(2'000'000),
            .bitwise = price(10'500'000),
            .ecop = price(130'000),
            .poseidon = price(600'000),
            .add_mod = price(3'000'000),
            .mul_mod = price(3'000'000),
            .ecdsa = price(3'000),
            .blake = price(1'800'000)};
}

TouchedKeys::TouchedKeys(const TransactionExecutionInfo& info, const StateMaps& writes)
    : contracts_(modified_contracts(writes)) {
    add_executed_classes(info, executed_classes_);
    for (const auto* root :
         {&info.validate_call_info, &info.execute_call_info, &info.fee_transfer_call_info})
        if (*root)
            for_each_call(**root, [&](const CallInfo& call) {
                for (const auto& key : call.storage_access_tracker.accessed_storage_keys)
                    visited_cells_.insert({call.call.storage_address, key});
            });
    add_keys(writes.storage, changed_cells_);
    add_keys(writes.class_hashes, class_hashes_);
    add_keys(writes.compiled_class_hashes, compiled_class_hashes_);
}

TouchedKeys::Added TouchedKeys::beside(const TouchedKeys& known) const {
    Added added;
    std::ranges::copy_if(
        executed_classes_, std::back_inserter(added.executed_classes),
        [&](const ClassHash& hash) { return !known.executed_classes_.contains(hash); });
    added.visited_cells = count_missing(visited_cells_, known.visited_cells_);
    added.changes = {.n_storage_updates = count_missing(changed_cells_, known.changed_cells_),
                     .n_class_hash_updates = count_missing(class_hashes_, known.class_hashes_),
                     .n_compiled_class_hash_updates =
                         count_missing(compiled_class_hashes_, known.compiled_class_hashes_),
                     .n_modified_contracts = count_missing(contracts_, known.contracts_)};
    return added;
}

void TouchedKeys::add(const TouchedKeys& other) {
    const auto add_all = [](auto& keys, const auto& more) {
        keys.insert(more.begin(), more.end());
    };
    add_all(executed_classes_, other.executed_classes_);
    add_all(visited_cells_, other.visited_cells_);
    add_all(changed_cells_, other.changed_cells_);
    add_all(contracts_, other.contracts_);
    add_all(class_hashes_, other.class_hashes_);
    add_all(compiled_class_hashes_, other.compiled_class_hashes_);
}

vm::Result<const BlockScales::ClassWork*> BlockScales::work_of(const ClassHash& class_hash,
                                                               StateReader& state) {
    if (const auto known = classes_.find(class_hash); known != classes_.end())
        return &known->second;
    BX_TRY(const auto compiled_class, executed_class(class_hash, state));
    ClassWork work;
    work.hash = class_hash_work(*compiled_class);
    if (constants_.enable_casm_hash_migration) {
        BX_TRY(const auto migrated, migrated_compiled_class_hash(class_hash, state));
        if (migrated)
            work.migration = migration_work(*compiled_class);
    }
    return &classes_.emplace(class_hash, work).first->second;
}

vm::Result<BlockWeights> BlockScales::weigh(const TransactionExecutionInfo& info,
                                            const TouchedKeys::Added& added, StateReader& state) {
    const auto& base = constants_.os_constants.gas_costs.base;
    const auto& sierra_prices = constants_.os_constants.gas_costs.builtins;
    const auto& resources = info.receipt.starknet_resources;
    const auto& computation = info.receipt.computation;
    const OsWork tries{patricia_update_work(added.visited_cells, added.changes.n_storage_updates)};

    OsWork steps{computation.total_vm_resources(), computation.opcode_blake_count};
    steps += tries;
    const auto sierra_gas = work_gas(steps, sierra_prices, base) + computation.sierra_gas;

    auto primitives = primitives_of(info);
    primitives += tries.primitives();
    primitives += OsWork{computation.os_vm_resources}.primitives();
    const auto primitives_at_sierra_prices = primitives_gas(primitives, sierra_prices);
    const auto proving_gas =
        (sierra_gas > primitives_at_sierra_prices ? sierra_gas - primitives_at_sierra_prices : 0) +
        primitives_gas(primitives, proving_prices_);

    BlockWeights weights{
        .l1_gas = static_cast<std::uint64_t>(resources.messages.starknet_gas().l1_gas),
        .message_segment_length = resources.messages.message_segment_length(),
        .n_events = resources.archival_data.event_summary.n_events,
        .n_txs = 1,
        .sierra_gas = sierra_gas,
        .proving_gas = proving_gas,
        .receipt_l2_gas = info.receipt.gas.l2_gas};
    auto changes = added.changes;
    for (const auto& class_hash : added.executed_classes) {
        BX_TRY(const auto* work, work_of(class_hash, state));
        auto os_work = work->hash;
        if (work->migration) {
            os_work += *work->migration;
            ++changes.n_compiled_class_hash_updates;
        }
        weights.sierra_gas += work_gas(os_work, sierra_prices, base);
        weights.proving_gas += work_gas(os_work, proving_prices_, base);
    }
    weights.state_diff_size = changes.onchain_data_segment_length();
    return weights;
}

}  // namespace blockexecd::executor

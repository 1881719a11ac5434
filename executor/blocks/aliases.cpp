// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/aliases.hpp"

#include <map>
#include <optional>
#include <set>

namespace blockexecd::executor {
namespace {

// Smaller keys and addresses stand for themselves; it is also the first alias.
constexpr Felt kFirstAlias(0x80);
// Keys of contracts up to this address are never replaced.
constexpr Felt kMaxUncompressedContract(0xf);
constexpr Felt kCounterKey(0);

// What is stored under an alias: contract(address) for each change of a contract, key(address, key)
// for each changed cell whose key is replaced too. Any of them may come more than once.
template <class Contract, class Key>
void each_aliased(const StateMaps& changes, Contract contract, Key key) {
    for (const auto& [cell, value] : changes.storage) {
        contract(cell.address);
        if (cell.address > kMaxUncompressedContract)
            key(cell.address, cell.key);
    }
    for (const auto& [address, nonce] : changes.nonces)
        contract(address);
    for (const auto& [address, class_hash] : changes.class_hashes)
        contract(address);
}

class AliasUpdater {
  public:
    AliasUpdater(CachedState& state, const ContractAddress& contract, const Felt& counter)
        : state_(state),
          contract_(contract),
          next_(counter.is_zero() ? kFirstAlias : counter),
          had_counter_(!counter.is_zero()) {}

    vm::Result<void> insert(const Felt& key) {
        if (key < kFirstAlias)
            return {};
        BX_TRY(const Felt alias, state_.storage_at(contract_, key));
        if (!alias.is_zero())
            return {};
        state_.set_storage_at(contract_, key, next_);
        next_ += Felt(1);
        inserted_ = true;
        return {};
    }
    // The counter starts with the first block that has aliases at all.
    void write_counter() {
        if (inserted_ || !had_counter_)
            state_.set_storage_at(contract_, kCounterKey, next_);
    }

  private:
    CachedState& state_;
    ContractAddress contract_;
    Felt next_;
    bool had_counter_;
    bool inserted_ = false;
};

}  // namespace

vm::Result<void> allocate_aliases(CachedState& state,
                                  const ContractAddress& alias_contract_address) {
    BX_TRY(const StateChanges changes, state.state_changes());
    std::map<ContractAddress, std::set<StorageKey>> changed;
    each_aliased(
        changes.maps, [&](const ContractAddress& address) { changed[address]; },
        [&](const ContractAddress& address, const StorageKey& key) {
            changed[address].insert(key);
        });

    BX_TRY(const Felt counter, state.storage_at(alias_contract_address, kCounterKey));
    AliasUpdater updater(state, alias_contract_address, counter);
    for (const auto& [address, keys] : changed) {
        for (const auto& key : keys)
            BX_CHECK(updater.insert(key));
        BX_CHECK(updater.insert(address));
    }
    updater.write_counter();
    return {};
}

std::vector<StorageKey> alias_keys(const StateMaps& changes) {
    std::vector<StorageKey> keys;
    const auto add = [&keys](const Felt& key) {
        if (key >= kFirstAlias)
            keys.push_back(key);
    };
    each_aliased(changes, add, [&](const ContractAddress&, const StorageKey& key) { add(key); });
    return keys;
}

}  // namespace blockexecd::executor

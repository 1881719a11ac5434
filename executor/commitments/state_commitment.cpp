// SPDX-License-Identifier: Apache-2.0
#include "executor/commitments/state_commitment.hpp"

#include <array>

#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/poseidon.hpp"

namespace blockexecd::executor {

Felt contract_state_hash(const ClassHash& class_hash, const Felt& storage_root,
                         const Nonce& nonce) {
    return vm::pedersen(vm::pedersen(vm::pedersen(class_hash, storage_root), nonce), Felt());
}

Felt class_leaf_hash(const CompiledClassHash& compiled_class_hash) {
    static const Felt version = Felt::from_ascii("CONTRACT_CLASS_LEAF_V0");
    return vm::poseidon(version, compiled_class_hash);
}

Felt state_root(const Felt& contracts_root, const Felt& classes_root, StateRootRule rule) {
    if (classes_root.is_zero() &&
        (contracts_root.is_zero() || rule == StateRootRule::contracts_alone))
        return contracts_root;
    static const Felt version = Felt::from_ascii("STARKNET_STATE_V0");
    const std::array elements{version, contracts_root, classes_root};
    return vm::poseidon_array(elements);
}

StateCommitment::StateCommitment() : contracts_trie_(vm::pedersen), classes_trie_(vm::poseidon) {}

StateCommitment::Contract& StateCommitment::change(const ContractAddress& address) {
    changed_.insert(address);
    return contracts_.try_emplace(address, Contract{{}, {}, PatriciaTrie(vm::pedersen)})
        .first->second;
}

void StateCommitment::apply(const StateDiff& diff) {
    for (const auto& [cell, value] : diff.storage)
        change(cell.address).storage.set(cell.key, value);
    for (const auto& [address, nonce] : diff.nonces)
        change(address).nonce = nonce;
    for (const auto* classes : {&diff.deployed_contracts, &diff.replaced_classes})
        for (const auto& [address, class_hash] : *classes)
            change(address).class_hash = class_hash;
    for (const auto* classes : {&diff.declared_classes, &diff.migrated_compiled_classes})
        for (const auto& [class_hash, compiled_class_hash] : *classes)
            classes_trie_.set(class_hash, class_leaf_hash(compiled_class_hash));
}

StateRoots StateCommitment::roots(StateRootRule rule) {
    for (const ContractAddress& address : changed_) {
        Contract& contract = contracts_.at(address);
        const bool absent =
            contract.class_hash.is_zero() && contract.nonce.is_zero() && contract.storage.empty();
        contracts_trie_.set(
            address, absent ? Felt()
                            : contract_state_hash(contract.class_hash, contract.storage.root(),
                                                  contract.nonce));
    }
    changed_.clear();
    const Felt contracts_root = contracts_trie_.root();
    const Felt classes_root = classes_trie_.root();
    return {contracts_root, classes_root, state_root(contracts_root, classes_root, rule)};
}

}  // namespace blockexecd::executor

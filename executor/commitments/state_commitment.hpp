// SPDX-License-Identifier: Apache-2.0
// The state root of a whole state held in memory, brought forward one state diff at a time.
#pragma once

#include <unordered_map>

#include "executor/commitments/patricia.hpp"
#include "executor/types/ids.hpp"
#include "executor/types/state_diff.hpp"

namespace blockexecd::executor {

struct StateRoots {
    Felt contracts_root;
    Felt classes_root;
    Felt state_root;
    friend bool operator==(const StateRoots&, const StateRoots&) = default;
};

Felt contract_state_hash(const ClassHash& class_hash, const Felt& storage_root, const Nonce& nonce);
Felt class_leaf_hash(const CompiledClassHash& compiled_class_hash);
// Before 0.14.0 a state without Sierra classes is committed to by its contracts alone; from then on
// (the version string is the block's) always by both.
Felt state_root(const Felt& contracts_root, const Felt& classes_root,
                bool contracts_alone_without_classes);

class StateCommitment {
  public:
    StateCommitment();
    void apply(const StateDiff& diff);
    // `contracts_alone_without_classes`: see state_root().
    [[nodiscard]] StateRoots roots(bool contracts_alone_without_classes);

  private:
    struct Contract {
        ClassHash class_hash;
        Nonce nonce;
        PatriciaTrie storage;
    };
    Contract& contract(const ContractAddress& address);

    std::unordered_map<ContractAddress, Contract> contracts_;
    std::unordered_map<ContractAddress, Contract*> changed_;
    PatriciaTrie contracts_trie_;
    PatriciaTrie classes_trie_;
};

}  // namespace blockexecd::executor

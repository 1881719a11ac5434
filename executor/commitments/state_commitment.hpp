// SPDX-License-Identifier: Apache-2.0
// The state root of a whole state held in memory, brought forward one state diff at a time.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>

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

// How a state without Sierra classes is committed to.
enum class StateRootRule : std::uint8_t {
    contracts_alone,  // the contracts root: before Starknet 0.14.0
    both_roots,       // as any other: from 0.14.0 on
};
Felt state_root(const Felt& contracts_root, const Felt& classes_root, StateRootRule rule);

class StateCommitment {
  public:
    StateCommitment();
    void apply(const StateDiff& diff);
    [[nodiscard]] StateRoots roots(StateRootRule rule);

  private:
    struct Contract {
        ClassHash class_hash;
        Nonce nonce;
        PatriciaTrie storage;
    };
    Contract& change(const ContractAddress& address);

    std::unordered_map<ContractAddress, Contract> contracts_;
    std::unordered_set<ContractAddress> changed_;
    PatriciaTrie contracts_trie_;
    PatriciaTrie classes_trie_;
};

}  // namespace blockexecd::executor

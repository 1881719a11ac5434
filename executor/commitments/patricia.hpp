// SPDX-License-Identifier: Apache-2.0
// Merkle-Patricia trees as Starknet has them: binary and edge nodes, absent leaves are 0, the empty
// tree's root is 0 (starknet_patricia). One shot for a block's commitments, kept and updated for
// the state's tries.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "vm/felt/felt.hpp"

namespace blockexecd::executor {

using vm::Felt;
// Pedersen for storage and contracts, Poseidon for classes; a block's trees depend on its version.
using TreeHash = Felt (*)(const Felt&, const Felt&);

// The root of the tree of height 64 whose leaf i is leaves[i].
Felt commitment_tree_root(std::span<const Felt> leaves, TreeHash hash);

// A tree of height 251 in memory. Hashes are computed when the root is asked for, and only of what
// changed since.
class PatriciaTrie {
  public:
    explicit PatriciaTrie(TreeHash hash) : hash_(hash) {}
    // Precondition: key < 2^251. The value 0 removes the leaf.
    void set(const Felt& key, const Felt& value);
    // 0 if absent.
    [[nodiscard]] Felt get(const Felt& key) const;
    [[nodiscard]] Felt root();
    [[nodiscard]] bool empty() const { return root_ == kNone; }

  private:
    static constexpr std::uint32_t kNone = 0xffffffff;
    // The subtree below an edge (of no length, if the parent is right above) that ends in a leaf or
    // a binary node. The height of a place is the number of key bits below it; the edge begins one
    // below its parent's bottom.
    struct Node {
        Felt
            path;  // the key of some leaf below: its bits from `bottom` up are those of all of them
        Felt value = {};  // of a leaf
        Felt hash = {};   // of the subtree with its edge; stale if dirty
        std::uint32_t left = kNone;
        std::uint32_t right = kNone;
        std::uint16_t bottom = 0;  // where the edge ends: 0 for a leaf
        bool dirty = true;         // it, its edge or anything below changed since `hash`
    };
    std::uint32_t allocate(Node node);
    // Both return the node that is then at the place of `index`.
    std::uint32_t insert(std::uint32_t index, const Felt& key, const Felt& value);
    std::uint32_t erase(std::uint32_t index, const Felt& key);
    Felt hash_subtree(std::uint32_t index, unsigned top);

    TreeHash hash_;
    std::vector<Node> nodes_;
    std::vector<std::uint32_t> free_;
    std::uint32_t root_ = kNone;
};

}  // namespace blockexecd::executor

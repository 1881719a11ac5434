// SPDX-License-Identifier: Apache-2.0
#include "executor/commitments/patricia.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/poseidon.hpp"

namespace blockexecd::executor {
namespace {

// The definition, without any shortcut: the root of the leaves whose keys are given as bits, most
// significant first.
struct Path {
    std::vector<bool> bits;
    Felt value;
};
struct Subtree {
    Felt bottom;
    std::vector<bool> edge;
};
Subtree reference(const std::vector<Path>& leaves, std::size_t depth, TreeHash hash) {
    if (depth == leaves.front().bits.size())
        return {leaves.front().value, {}};
    std::vector<Path> sides[2];
    for (const Path& leaf : leaves)
        sides[leaf.bits[depth] ? 1 : 0].push_back(leaf);
    const auto close = [&](const Subtree& subtree) {
        if (subtree.edge.empty())
            return subtree.bottom;
        Felt path;
        for (const bool bit : subtree.edge)
            path = path + path + Felt(bit ? 1 : 0);
        return hash(subtree.bottom, path) + Felt(subtree.edge.size());
    };
    if (!sides[0].empty() && !sides[1].empty())
        return {hash(close(reference(sides[0], depth + 1, hash)),
                     close(reference(sides[1], depth + 1, hash))),
                {}};
    Subtree below = reference(sides[0].empty() ? sides[1] : sides[0], depth + 1, hash);
    below.edge.insert(below.edge.begin(), sides[0].empty());
    return below;
}
Felt reference_root(const std::map<Felt, Felt>& leaves, unsigned height, TreeHash hash) {
    if (leaves.empty())
        return {};
    std::vector<Path> paths;
    for (const auto& [key, value] : leaves) {
        Path path{{}, value};
        for (unsigned bit = height; bit-- > 0;)
            path.bits.push_back((key.limbs()[bit / 64] >> (bit % 64) & 1) != 0);
        paths.push_back(std::move(path));
    }
    const Subtree root = reference(paths, 0, hash);
    if (root.edge.empty())
        return root.bottom;
    Felt path;
    for (const bool bit : root.edge)
        path = path + path + Felt(bit ? 1 : 0);
    return hash(root.bottom, path) + Felt(root.edge.size());
}

TEST(CommitmentTree, IsThePatriciaTreeOverIndices) {
    std::map<Felt, Felt> by_index;
    std::vector<Felt> leaves;
    EXPECT_EQ(commitment_tree_root(leaves, vm::poseidon), Felt());
    for (std::uint64_t i = 0; i < 40; ++i) {
        leaves.emplace_back(1000 + i);
        by_index[Felt(i)] = leaves.back();
        EXPECT_EQ(commitment_tree_root(leaves, vm::poseidon),
                  reference_root(by_index, 64, vm::poseidon))
            << i;
    }
    EXPECT_EQ(commitment_tree_root(leaves, vm::pedersen),
              reference_root(by_index, 64, vm::pedersen));
}

TEST(PatriciaTrie, HasTheRootOfItsLeavesAfterAnyChanges) {
    std::mt19937_64 random(1);
    PatriciaTrie trie(vm::poseidon);
    std::map<Felt, Felt> leaves;
    for (int step = 0; step < 400; ++step) {
        // Few distinct keys, close together and far apart, so that edges split, merge and leaves go
        // and come.
        Felt key(random() % 24);
        if (random() % 2 == 0)
            key = Felt::from_canonical({random() % 4, 0, random() % 2, (random() % 4) << 57});
        const Felt value(random() % 3 == 0 ? 0 : random());
        trie.set(key, value);
        if (value.is_zero())
            leaves.erase(key);
        else
            leaves[key] = value;
        EXPECT_EQ(trie.get(key), value);
        if (step % 7 == 0) {
            ASSERT_EQ(trie.root(), reference_root(leaves, 251, vm::poseidon)) << step;
        }
    }
    for (const auto& [key, value] : leaves)
        EXPECT_EQ(trie.get(key), value);
    for (const auto& [key, value] : leaves)
        trie.set(key, Felt());
    EXPECT_TRUE(trie.empty());
    EXPECT_EQ(trie.root(), Felt());
}

TEST(PatriciaTrie, DoesNotChangeWhenAnAbsentLeafIsRemoved) {
    PatriciaTrie trie(vm::poseidon);
    trie.set(Felt(5), Felt(1));
    const Felt root = trie.root();
    trie.set(Felt(4), Felt());
    trie.set(Felt(1ULL << 40), Felt());
    EXPECT_EQ(trie.root(), root);
    EXPECT_EQ(trie.get(Felt(4)), Felt());
}

}  // namespace
}  // namespace blockexecd::executor

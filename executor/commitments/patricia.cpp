// SPDX-License-Identifier: Apache-2.0
#include "executor/commitments/patricia.hpp"

#include <bit>
#include <utility>

namespace blockexecd::executor {
namespace {

constexpr unsigned kCommitmentTreeHeight = 64;
constexpr unsigned kStateTreeHeight = 251;

bool bit(const Felt& key, unsigned index) {
    return (key.limbs()[index / 64] >> (index % 64) & 1) != 0;
}

// Bits [low, high) of the key as an integer.
Felt bits(const Felt& key, unsigned low, unsigned high) {
    const Felt::Limbs& in = key.limbs();
    Felt::Limbs out{};
    const unsigned words = low / 64;
    const unsigned shift = low % 64;
    for (unsigned i = 0; i + words < 4; ++i) {
        out[i] = in[i + words] >> shift;
        if (shift != 0 && i + words + 1 < 4)
            out[i] |= in[i + words + 1] << (64 - shift);
    }
    const unsigned length = high - low;
    for (unsigned i = 0; i < 4; ++i) {
        if (length <= i * 64)
            out[i] = 0;
        else if (length < (i + 1) * 64)
            out[i] &= (std::uint64_t{1} << (length - i * 64)) - 1;
    }
    return Felt::from_canonical(out);
}

// One above the highest bit, at or above `low`, in which the keys differ; 0 if there is none.
unsigned split_height(const Felt& a, const Felt& b, unsigned low) {
    for (unsigned i = 4; i-- > 0;) {
        const std::uint64_t difference = a.limbs()[i] ^ b.limbs()[i];
        if (difference == 0)
            continue;
        const unsigned height = i * 64 + static_cast<unsigned>(std::bit_width(difference));
        return height > low ? height : 0;
    }
    return 0;
}

Felt edge_hash(TreeHash hash, const Felt& child, const Felt& path, unsigned length) {
    return hash(child, path) + Felt(length);
}

}  // namespace

Felt commitment_tree_root(std::span<const Felt> leaves, TreeHash hash) {
    if (leaves.empty())
        return {};
    // Indices are dense, so only the last node of a level can lack a right sibling: it waits as an
    // edge that turns left at every level, and its length is hashed when a left sibling turns up or
    // the root is reached.
    std::vector<Felt> level(leaves.begin(), leaves.end());
    unsigned edge_length = 0;
    unsigned height = 0;
    for (; level.size() > 1; ++height) {
        const bool odd = level.size() % 2 != 0;
        if (!odd && edge_length != 0) {
            level.back() = edge_hash(hash, level.back(), Felt(), edge_length);
            edge_length = 0;
        }
        const std::size_t pairs = level.size() / 2;
        for (std::size_t i = 0; i < pairs; ++i)
            level[i] = hash(level[2 * i], level[2 * i + 1]);
        if (odd) {
            level[pairs] = level.back();
            ++edge_length;
        }
        level.resize(pairs + (odd ? 1 : 0));
    }
    edge_length += kCommitmentTreeHeight - height;
    return edge_hash(hash, level.front(), Felt(), edge_length);
}

void PatriciaTrie::set(const Felt& key, const Felt& value) {
    root_ = value.is_zero() ? erase(root_, key) : insert(root_, key, value);
}

Felt PatriciaTrie::get(const Felt& key) const {
    std::uint32_t index = root_;
    while (index != kNone) {
        const Node& node = nodes_[index];
        if (split_height(node.path, key, node.bottom) != 0)
            break;
        if (node.bottom == 0)
            return node.value;
        index = bit(key, node.bottom - 1U) ? node.right : node.left;
    }
    return {};
}

Felt PatriciaTrie::root() {
    return root_ == kNone ? Felt() : hash_subtree(root_, kStateTreeHeight);
}

std::uint32_t PatriciaTrie::allocate(Node node) {
    if (free_.empty()) {
        nodes_.push_back(node);
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    nodes_[index] = node;
    return index;
}

std::uint32_t PatriciaTrie::insert(std::uint32_t index, const Felt& key, const Felt& value) {
    if (index == kNone)
        return allocate({.path = key, .value = value});
    const unsigned bottom = nodes_[index].bottom;
    nodes_[index].dirty = true;
    if (const unsigned height = split_height(nodes_[index].path, key, bottom); height != 0) {
        const std::uint32_t leaf = allocate({.path = key, .value = value});
        const bool right = bit(key, height - 1);
        return allocate({.path = key,
                         .left = right ? index : leaf,
                         .right = right ? leaf : index,
                         .bottom = static_cast<std::uint16_t>(height)});
    }
    if (bottom == 0) {
        nodes_[index].value = value;
    } else if (bit(key, bottom - 1)) {
        const std::uint32_t child = insert(nodes_[index].right, key, value);
        nodes_[index].right = child;
    } else {
        const std::uint32_t child = insert(nodes_[index].left, key, value);
        nodes_[index].left = child;
    }
    return index;
}

std::uint32_t PatriciaTrie::erase(std::uint32_t index, const Felt& key) {
    if (index == kNone)
        return kNone;
    Node& node = nodes_[index];
    if (split_height(node.path, key, node.bottom) != 0)
        return index;
    if (node.bottom == 0) {
        free_.push_back(index);
        return kNone;
    }
    const bool right = bit(key, node.bottom - 1U);
    std::uint32_t& child = right ? node.right : node.left;
    const std::uint32_t sibling = right ? node.left : node.right;
    child = erase(child, key);
    node.dirty = true;
    if (child != kNone)
        return index;
    // A binary node has two children: the other one takes its place, with a longer edge.
    free_.push_back(index);
    nodes_[sibling].dirty = true;
    return sibling;
}

Felt PatriciaTrie::hash_subtree(std::uint32_t index, unsigned top) {
    Node& node = nodes_[index];
    if (!node.dirty)
        return node.hash;
    const unsigned bottom = node.bottom;
    Felt hash = bottom == 0 ? node.value
                            : hash_(hash_subtree(node.left, bottom - 1),
                                    hash_subtree(node.right, bottom - 1));
    if (top > bottom)
        hash = edge_hash(hash_, hash, bits(node.path, bottom, top), top - bottom);
    node.hash = hash;
    node.dirty = false;
    return hash;
}

}  // namespace blockexecd::executor

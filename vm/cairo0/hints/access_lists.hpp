// SPDX-License-Identifier: Apache-2.0
// Which accesses of a dictionary use each key, or which places of an array hold each value: the map
// from keys to lists of squash_dict and usort, with all lists in one array and the keys ascending,
// in which order they are asked for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vm/felt/felt.hpp"
#include "vm/memory/relocatable.hpp"

namespace blockexecd::vm::cairo0 {

class AccessLists {
  public:
    AccessLists() = default;
    // accesses[i] is the key of access i of those at `array`.
    explicit AccessLists(std::span<const Felt> accesses, const Relocatable& array = {});

    // Ascending, each once.
    [[nodiscard]] const std::vector<Felt>& keys() const { return keys_; }
    // The key's accesses, ascending; empty for a key that is not there.
    [[nodiscard]] std::span<const std::uint64_t> of(const Felt& key);
    // The same, and the key is not there any more. The span is valid as long as the object.
    [[nodiscard]] std::span<const std::uint64_t> take(const Felt& key);
    // How often the key at that position of keys() is there.
    [[nodiscard]] std::uint64_t count(std::size_t position) const {
        return ends_[position] - begins_[position];
    }
    // The first access of that key.
    [[nodiscard]] std::uint64_t first(std::size_t position) const {
        return lists_[begins_[position]];
    }
    [[nodiscard]] const Relocatable& array() const { return array_; }

  private:
    void list_words(std::span<const Felt> accesses);
    void list_felts(std::span<const Felt> accesses);

    Relocatable array_;
    std::vector<Felt> keys_;
    std::vector<std::uint64_t> begins_;  // of each key's list
    std::vector<std::uint64_t> ends_;
    std::vector<std::uint64_t> lists_;
    std::size_t last_ = 0;  // position of the key found last
};

}  // namespace blockexecd::vm::cairo0

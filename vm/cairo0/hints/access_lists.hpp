// SPDX-License-Identifier: Apache-2.0
// Which accesses of a dictionary use each key: squash_dict's map from keys to lists, with all lists
// in one array and the keys ascending, in which order they are asked for.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm::cairo0 {

class AccessLists {
  public:
    AccessLists() = default;
    // accesses[i] is the key of access i.
    explicit AccessLists(std::span<const Felt> accesses);

    // Ascending, each once.
    [[nodiscard]] const std::vector<Felt>& keys() const { return keys_; }
    // The key's accesses, ascending; empty for a key that is not there.
    [[nodiscard]] std::span<const std::uint64_t> of(const Felt& key);

  private:
    std::vector<Felt> keys_;
    std::vector<std::uint64_t> begins_;  // of each key's list, and the end of the last
    std::vector<std::uint64_t> lists_;
    std::size_t last_ = 0;  // position of the key found last
};

}  // namespace blockexecd::vm::cairo0

// SPDX-License-Identifier: Apache-2.0
// The identifiers of Starknet. All are felts; the names say which one a signature means.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "vm/felt/felt.hpp"

namespace blockexecd::executor {

using vm::Felt;
using ContractAddress = Felt;
using ClassHash = Felt;
using CompiledClassHash = Felt;
using StorageKey = Felt;
using Nonce = Felt;
using EntryPointSelector = Felt;
using TransactionHash = Felt;
using BlockHash = Felt;
using BlockNumber = std::uint64_t;

// A storage cell of a contract.
struct StorageCell {
    ContractAddress address;
    StorageKey key;
    friend auto operator<=>(const StorageCell&, const StorageCell&) = default;
    friend bool operator==(const StorageCell&, const StorageCell&) = default;
};

// Unsigned 128-bit integers (fees, prices) as the compiler has them; the only GNU extension of the
// executor's headers.
__extension__ typedef unsigned __int128 u128;

}  // namespace blockexecd::executor

template <>
struct std::hash<blockexecd::executor::StorageCell> {
    std::size_t operator()(const blockexecd::executor::StorageCell& cell) const noexcept {
        const std::hash<blockexecd::vm::Felt> hash;
        return hash(cell.address) * 0x9e3779b97f4a7c15ULL ^ hash(cell.key);
    }
};

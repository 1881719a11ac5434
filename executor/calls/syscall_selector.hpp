// SPDX-License-Identifier: Apache-2.0
// The system calls of both Cairo generations, in the order of the reference's enum. A selector is
// the short string of the name, found in memory by the handler.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vm/felt/felt.hpp"

namespace blockexecd::executor {

// The enumerators are the names on chain. KeccakRound is no system call, only a price: no contract
// can name it.
// clang-format off
#define BLOCKEXECD_SYSCALLS(X) \
    X(CallContract) X(DelegateCall) X(DelegateL1Handler) X(Deploy) X(EmitEvent) \
    X(GetBlockHash) X(GetBlockNumber) X(GetBlockTimestamp) X(GetCallerAddress) \
    X(GetClassHashAt) X(GetContractAddress) X(GetExecutionInfo) X(GetSequencerAddress) \
    X(GetTxInfo) X(GetTxSignature) X(Keccak) X(KeccakRound) X(LibraryCall) \
    X(LibraryCallL1Handler) X(MetaTxV0) X(ReplaceClass) X(Secp256k1Add) \
    X(Secp256k1GetPointFromX) X(Secp256k1GetXy) X(Secp256k1Mul) X(Secp256k1New) \
    X(Secp256r1Add) X(Secp256r1GetPointFromX) X(Secp256r1GetXy) X(Secp256r1Mul) \
    X(Secp256r1New) X(SendMessageToL1) X(Sha256ProcessBlock) X(Sha512ProcessBlock) \
    X(StorageRead) X(StorageWrite)
// clang-format on

enum class SyscallSelector : std::uint8_t {
#define X(name) name,
    BLOCKEXECD_SYSCALLS(X)
#undef X
};

inline constexpr std::array kSyscallNames{
#define X(name) std::string_view(#name),
    BLOCKEXECD_SYSCALLS(X)
#undef X
};
inline constexpr std::size_t kSyscallCount = kSyscallNames.size();

constexpr std::string_view syscall_name(SyscallSelector selector) {
    return kSyscallNames[static_cast<std::size_t>(selector)];
}
// By the name of the reference ("CallContract").
constexpr std::optional<SyscallSelector> syscall_from_name(std::string_view name) {
    for (std::size_t i = 0; i < kSyscallCount; ++i)
        if (kSyscallNames[i] == name)
            return static_cast<SyscallSelector>(i);
    return std::nullopt;
}
// By the felt that a program writes; KeccakRound is a cost entry and has no felt.
std::optional<SyscallSelector> syscall_from_felt(const vm::Felt& selector);

struct SyscallUsage {
    std::uint64_t call_count = 0;  // keccak: rounds
    std::uint64_t linear_factor =
        0;  // felts of calldata (deploy, meta_tx_v0) or payload (send_message_to_l1)
    friend bool operator==(const SyscallUsage&, const SyscallUsage&) = default;
};

// Usage of one frame. An entry may exist with count 0 (a keccak of no rounds), which costs: so
// presence is kept.
class SyscallUsages {
  public:
    // Makes the entry if there is none.
    SyscallUsage& operator[](SyscallSelector selector) {
        const auto index = static_cast<std::size_t>(selector);
        present_ |= std::uint64_t{1} << index;
        return usages_[index];
    }
    // Null where there is no entry.
    [[nodiscard]] const SyscallUsage* find(SyscallSelector selector) const {
        const auto index = static_cast<std::size_t>(selector);
        return (present_ >> index & 1) != 0 ? &usages_[index] : nullptr;
    }
    [[nodiscard]] bool empty() const { return present_ == 0; }
    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(std::popcount(present_));
    }
    // visit(SyscallSelector, const SyscallUsage&), in the order of the enum.
    template <class Visitor>
    void for_each(Visitor&& visit) const {
        for (auto left = present_; left != 0; left &= left - 1) {
            const auto index = static_cast<std::size_t>(std::countr_zero(left));
            visit(static_cast<SyscallSelector>(index), usages_[index]);
        }
    }
    friend bool operator==(const SyscallUsages&, const SyscallUsages&) = default;

  private:
    std::array<SyscallUsage, kSyscallCount> usages_{};
    std::uint64_t present_ = 0;
};
static_assert(kSyscallCount <= 64);

}  // namespace blockexecd::executor

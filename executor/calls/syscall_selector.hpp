// SPDX-License-Identifier: Apache-2.0
// The system calls of both Cairo generations by their names on chain; the order is that of the
// names, which sorts usage.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace blockexecd::executor {

// KeccakRound is no system call, only a price: no contract can name it.
#define BLOCKEXECD_SYSCALLS(X)                                                                    \
    X(CallContract)                                                                               \
    X(DelegateCall) X(DelegateL1Handler) X(Deploy) X(EmitEvent) X(GetBlockHash) X(GetBlockNumber) \
        X(GetBlockTimestamp) X(GetCallerAddress) X(GetClassHashAt) X(GetContractAddress)          \
            X(GetExecutionInfo) X(GetSequencerAddress) X(GetTxInfo) X(GetTxSignature) X(Keccak)   \
                X(KeccakRound) X(LibraryCall) X(LibraryCallL1Handler) X(MetaTxV0) X(ReplaceClass) \
                    X(Secp256k1Add) X(Secp256k1GetPointFromX) X(Secp256k1GetXy) X(Secp256k1Mul)   \
                        X(Secp256k1New) X(Secp256r1Add) X(Secp256r1GetPointFromX)                 \
                            X(Secp256r1GetXy) X(Secp256r1Mul) X(Secp256r1New) X(SendMessageToL1)  \
                                X(Sha256ProcessBlock) X(Sha512ProcessBlock) X(StorageRead)        \
                                    X(StorageWrite)

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
constexpr std::optional<SyscallSelector> syscall_from_name(std::string_view name) {
    for (std::size_t i = 0; i < kSyscallCount; ++i)
        if (kSyscallNames[i] == name)
            return static_cast<SyscallSelector>(i);
    return std::nullopt;
}

}  // namespace blockexecd::executor

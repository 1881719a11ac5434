// SPDX-License-Identifier: Apache-2.0
// What things cost on Ethereum, and what the prover adds (blockifier fee/eth_gas_constants.rs,
// abi/constants.rs).
#pragma once

#include <cstdint>

namespace blockexecd::executor::ethereum {

inline constexpr std::uint64_t kGasPerMemoryZeroByte = 4;
inline constexpr std::uint64_t kGasPerMemoryByte = 16;
inline constexpr std::uint64_t kWordWidth = 32;
inline constexpr std::uint64_t kGasPerMemoryWord = kGasPerMemoryByte * kWordWidth;

inline constexpr std::uint64_t kFieldElementsPerBlob = 1 << 12;
inline constexpr std::uint64_t kDataGasPerBlob = 1 << 17;
inline constexpr std::uint64_t kDataGasPerFieldElement = kDataGasPerBlob / kFieldElementsPerBlob;

inline constexpr std::uint64_t kGasPerZeroToNonzeroStorageSet = 20000;
inline constexpr std::uint64_t kGasPerColdStorageAccess = 2100;
inline constexpr std::uint64_t kGasPerNonzeroToIntStorageSet = 2900;
inline constexpr std::uint64_t kGasPerCounterDecrease =
    kGasPerColdStorageAccess + kGasPerNonzeroToIntStorageSet;

inline constexpr std::uint64_t kGasPerLog = 375;
inline constexpr std::uint64_t kGasPerLogTopic = 375;
inline constexpr std::uint64_t kGasPerLogDataWord = 8 * kWordWidth;

inline constexpr std::uint64_t kSharpGasPerMemoryWord = kGasPerMemoryWord + 100;
// A discount of 10% for data availability.
inline constexpr std::uint64_t kSharpGasPerDaWord =
    kSharpGasPerMemoryWord - kSharpGasPerMemoryWord * 10 / 100;

// Felts of the OS's output beside a payload.
inline constexpr std::uint64_t kL2ToL1MessageHeaderSize = 3;
inline constexpr std::uint64_t kL1ToL2MessageHeaderSize = 5;

// A log's topics (its signature is one more) and words beside a payload.
inline constexpr std::uint64_t kLogMessageToL1Topics = 2;
inline constexpr std::uint64_t kLogMessageToL1Words = 2;
inline constexpr std::uint64_t kConsumedMessageToL2Topics = 3;
inline constexpr std::uint64_t kConsumedMessageToL2Words = 3;

constexpr std::uint64_t log_gas(std::uint64_t topics, std::uint64_t words) {
    return kGasPerLog + (topics + 1) * kGasPerLogTopic + words * kGasPerLogDataWord;
}
constexpr std::uint64_t calldata_word_gas(std::uint64_t nonzero_bytes) {
    return nonzero_bytes * kGasPerMemoryByte + (kWordWidth - nonzero_bytes) * kGasPerMemoryZeroByte;
}

}  // namespace blockexecd::executor::ethereum

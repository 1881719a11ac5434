// SPDX-License-Identifier: Apache-2.0
// Keys as the column table describes them, built on the stack.
#pragma once

#include <rocksdb/slice.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "executor/types/ids.hpp"
#include "storage/schema/columns.hpp"
#include "storage/schema/error.hpp"

namespace blockexecd::storage {

class Key {
  public:
    Key& byte(std::uint8_t value) {
        bytes_[size_++] = value;
        return *this;
    }
    Key& number(std::uint64_t value) {
        for (int shift = 56; shift >= 0; shift -= 8)
            byte(static_cast<std::uint8_t>(value >> shift));
        return *this;
    }
    Key& felt(const vm::Felt& value) {
        for (std::size_t i = 4; i-- > 0;)
            number(value.limbs()[i]);
        return *this;
    }

    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {bytes_.data(), size_}; }
    [[nodiscard]] rocksdb::Slice slice() const {
        return {reinterpret_cast<const char*>(bytes_.data()), size_};
    }

  private:
    std::array<std::uint8_t, 72> bytes_{};  // the longest: contract | slot | ~block
    std::size_t size_ = 0;
};

inline Key block_key(executor::BlockNumber block) {
    return Key().number(block);
}
inline Key felt_key(const vm::Felt& felt) {
    return Key().felt(felt);
}
// A block number as a value. Errors: corrupt.
inline Result<std::uint64_t> read_number(std::string_view bytes, std::string_view what) {
    if (bytes.size() != 8)
        return Error{ErrorCode::corrupt, "stored " + std::string(what) + " is not 8 bytes long"};
    std::uint64_t number = 0;
    for (const auto byte : bytes)
        number = number << 8 | static_cast<std::uint8_t>(byte);
    return number;
}

// Newer blocks sort first: a forward seek to block N finds the newest entry at or below N.
inline Key history_key(const vm::Felt& subject, executor::BlockNumber block) {
    return Key().felt(subject).number(~block);
}
inline Key storage_history_key(const executor::StorageCell& cell, executor::BlockNumber block) {
    return Key().felt(cell.address).felt(cell.key).number(~block);
}

// `done` first: its presence is the done key.
enum class ResultPart : std::uint8_t { done, outcome, receipts, state_diff };
inline Key result_key(StateMode mode, executor::BlockNumber block, ResultPart part) {
    return Key()
        .byte(static_cast<std::uint8_t>(mode))
        .number(block)
        .byte(static_cast<std::uint8_t>(part));
}
inline Key timings_key(StateMode mode, executor::BlockNumber block) {
    return Key().byte(static_cast<std::uint8_t>(mode)).number(block);
}

// `first_use`: number of the block that brought the class, to know when a revert removes it.
enum class SourcePart : std::uint8_t { first_use, cairo0, sierra, casm };
inline Key class_source_key(const executor::ClassHash& class_hash, SourcePart part) {
    return Key().felt(class_hash).byte(static_cast<std::uint8_t>(part));
}

namespace meta_key {
inline constexpr std::string_view schema = "schema";  // u32, big-endian
inline constexpr std::string_view chain = "chain";    // ChainInfo
inline constexpr std::string_view range = "range";    // BlockRange
// The last block such that it and all before it are done; big-endian.
inline constexpr std::array<std::string_view, 2> watermark{"watermark/recorded",
                                                           "watermark/computed"};
}  // namespace meta_key

}  // namespace blockexecd::storage

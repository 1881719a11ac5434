// SPDX-License-Identifier: Apache-2.0
// The packed32 cell: 32 bytes aligned to 32, flags in the top bits of the first word, which a
// canonical felt never uses. A cell never straddles two cache lines, and one test of the first word
// tells felt, address and empty apart.
#pragma once

#include <cstdint>
#include <string_view>

#include "vm/memory/arena.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm {

class alignas(32) Cell {
  public:
    static constexpr std::string_view kName = "packed32";
    static constexpr bool kBoxesValues = false;
    static constexpr std::uint64_t kMaxSmall = UINT64_MAX;

    void clear() {
        words_[0] = kEmpty;
        words_[1] = words_[2] = words_[3] = 0;
    }
    [[nodiscard, gnu::always_inline]] bool is_empty() const { return (words_[0] & kEmpty) != 0; }
    [[nodiscard, gnu::always_inline]] bool is_accessed() const {
        return (words_[0] & kAccessed) != 0;
    }
    [[nodiscard]] bool is_relocatable() const { return (words_[0] & kRelocatable) != 0; }
    [[gnu::always_inline]] void mark_accessed() {
        if ((words_[0] & kAccessed) == 0)
            words_[0] |= kAccessed;
    }

    [[nodiscard]] Value load() const {
        return is_relocatable() ? Value(relocatable()) : Value(felt());
    }
    [[nodiscard]] Felt felt() const {
        return Felt::from_canonical({words_[3], words_[2], words_[1], words_[0] & ~kFlags});
    }
    [[nodiscard]] Relocatable relocatable() const {
        return {static_cast<std::int32_t>(static_cast<std::int64_t>(words_[2])), words_[3]};
    }

    void prefetch_box() const {}

    void store(const Value& value, Arena& arena, bool accessed = false) {
        if (value.is_relocatable())
            store_relocatable(value.relocatable(), arena, accessed);
        else
            store_felt(value.felt(), arena, accessed);
    }
    void store_felt(const Felt& felt, Arena& /*arena*/, bool accessed) {
        const auto& limbs = felt.limbs();
        words_[0] = limbs[3] | (accessed ? kAccessed : 0);
        words_[1] = limbs[2];
        words_[2] = limbs[1];
        words_[3] = limbs[0];
    }
    void store_relocatable(const Relocatable& address, Arena& /*arena*/, bool accessed) {
        words_[0] = kRelocatable | (accessed ? kAccessed : 0);
        words_[1] = 0;
        words_[2] = static_cast<std::uint64_t>(static_cast<std::int64_t>(address.segment));
        words_[3] = address.offset;
    }

    [[nodiscard, gnu::always_inline]] bool is_small() const {
        return ((words_[0] & ~kAccessed) | words_[1] | words_[2]) == 0;
    }
    [[nodiscard, gnu::always_inline]] bool is_marked_small() const {
        return ((words_[0] ^ kAccessed) | words_[1] | words_[2]) == 0;
    }
    [[nodiscard, gnu::always_inline]] std::uint64_t small() const { return words_[3]; }
    [[nodiscard, gnu::always_inline]] bool is_address() const {
        return (words_[0] & (kEmpty | kRelocatable)) == kRelocatable;
    }
    [[nodiscard, gnu::always_inline]] std::int64_t segment() const {
        return static_cast<std::int64_t>(words_[2]);
    }
    [[nodiscard, gnu::always_inline]] std::uint64_t offset() const { return words_[3]; }
    [[nodiscard, gnu::always_inline]] bool is_zero() const { return is_small() && words_[3] == 0; }
    [[nodiscard, gnu::always_inline]] bool is_u128() const {
        return ((words_[0] & ~kAccessed) | words_[1]) == 0;
    }

    [[nodiscard, gnu::always_inline]] static bool same_value(const Cell& a, const Cell& b) {
        return (((a.words_[0] ^ b.words_[0]) & ~kAccessed) | (a.words_[1] ^ b.words_[1]) |
                (a.words_[2] ^ b.words_[2]) | (a.words_[3] ^ b.words_[3])) == 0;
    }
    [[nodiscard]] static bool same_raw(const Cell& a, const Cell& b) {
        return a.words_[0] == b.words_[0] && a.words_[1] == b.words_[1] &&
               a.words_[2] == b.words_[2] && a.words_[3] == b.words_[3];
    }
    void copy(const Cell& from, Arena& /*arena*/) {
        *this = from;
        words_[0] &= ~kAccessed;
    }
    [[gnu::always_inline]] void copy_accessed(const Cell& from, Arena& /*arena*/) {
        const std::uint64_t w0 = from.words_[0] | kAccessed, w1 = from.words_[1],
                            w2 = from.words_[2], w3 = from.words_[3];
        words_[0] = w0;
        words_[1] = w1;
        words_[2] = w2;
        words_[3] = w3;
    }
    [[gnu::always_inline]] void store_small_accessed(std::uint64_t value, Arena& /*arena*/) {
        words_[0] = kAccessed;
        words_[1] = words_[2] = 0;
        words_[3] = value;
    }
    [[gnu::always_inline]] void store_address_accessed(std::int64_t segment, std::uint64_t offset,
                                                       Arena& /*arena*/) {
        words_[0] = kRelocatable | kAccessed;
        words_[1] = 0;
        words_[2] = static_cast<std::uint64_t>(segment);
        words_[3] = offset;
    }

  private:
    static constexpr std::uint64_t kEmpty = std::uint64_t{1} << 63;
    static constexpr std::uint64_t kAccessed = std::uint64_t{1} << 62;
    static constexpr std::uint64_t kRelocatable = std::uint64_t{1} << 61;
    static constexpr std::uint64_t kFlags = std::uint64_t{0xf} << 60;

    std::uint64_t words_[4];
};

static_assert(sizeof(Cell) == 32 && alignof(Cell) == 32);

}  // namespace blockexecd::vm

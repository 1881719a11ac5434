// SPDX-License-Identifier: Apache-2.0
// The limbs48 cell: what a Rust compiler makes of the reference's Option<MemoryCell>, where a
// MemoryCell is a MaybeRelocatable (a felt of four limbs, or a segment and an offset) and its
// access mark. A tag word, four words of payload, a word for the mark: 48 bytes, so that two of
// three cells touch two cache lines or share one unevenly. Only the layout is modelled: felts are
// canonical here, too.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "vm/memory/arena.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm {

class Cell {
  public:
    // Values live in the cell: a temporary one costs the arena nothing.
    static constexpr std::string_view kName = "limbs48";
    static constexpr bool kBoxesValues = false;
    static constexpr std::uint64_t kMaxSmall = UINT64_MAX;

    void clear() {
        tag_ = kEmpty;
        words_ = {};
        accessed_ = 0;
    }
    [[nodiscard, gnu::always_inline]] bool is_empty() const { return tag_ == kEmpty; }
    [[nodiscard, gnu::always_inline]] bool is_accessed() const { return accessed_ != 0; }
    [[nodiscard]] bool is_relocatable() const { return tag_ == kAddress; }
    [[gnu::always_inline]] void mark_accessed() {
        if (accessed_ == 0)
            accessed_ = 1;
    }

    [[nodiscard]] Value load() const {
        return is_relocatable() ? Value(relocatable()) : Value(felt());
    }
    [[nodiscard]] Felt felt() const { return Felt::from_canonical(words_); }
    [[nodiscard]] Relocatable relocatable() const {
        return {static_cast<std::int32_t>(segment()), words_[0]};
    }

    void prefetch_box() const {}

    void store(const Value& value, Arena& arena, bool accessed = false) {
        if (value.is_relocatable())
            store_relocatable(value.relocatable(), arena, accessed);
        else
            store_felt(value.felt(), arena, accessed);
    }
    void store_felt(const Felt& felt, Arena& /*arena*/, bool accessed) {
        tag_ = kFelt;
        words_ = felt.limbs();
        accessed_ = accessed ? 1 : 0;
    }
    void store_relocatable(const Relocatable& address, Arena& /*arena*/, bool accessed) {
        set_address(address.segment, address.offset, accessed ? 1 : 0);
    }

    [[nodiscard, gnu::always_inline]] bool is_small() const {
        return (tag_ | words_[1] | words_[2] | words_[3]) == 0;
    }
    [[nodiscard, gnu::always_inline]] bool is_marked_small() const {
        return is_small() && accessed_ != 0;
    }
    [[nodiscard, gnu::always_inline]] std::uint64_t small() const { return words_[0]; }
    [[nodiscard, gnu::always_inline]] bool is_address() const { return tag_ == kAddress; }
    [[nodiscard, gnu::always_inline]] std::int64_t segment() const {
        return static_cast<std::int64_t>(words_[1]);
    }
    [[nodiscard, gnu::always_inline]] std::uint64_t offset() const { return words_[0]; }
    [[nodiscard, gnu::always_inline]] bool is_zero() const { return is_small() && words_[0] == 0; }
    [[nodiscard, gnu::always_inline]] bool is_u128() const {
        return (tag_ | words_[2] | words_[3]) == 0;
    }

    [[nodiscard, gnu::always_inline]] static bool same_value(const Cell& a, const Cell& b) {
        return ((a.tag_ ^ b.tag_) | (a.words_[0] ^ b.words_[0]) | (a.words_[1] ^ b.words_[1]) |
                (a.words_[2] ^ b.words_[2]) | (a.words_[3] ^ b.words_[3])) == 0;
    }
    [[nodiscard]] static bool same_raw(const Cell& a, const Cell& b) {
        return a.accessed_ == b.accessed_ && same_value(a, b);
    }
    void copy(const Cell& from, Arena& /*arena*/) {
        *this = from;
        accessed_ = 0;
    }
    [[gnu::always_inline]] void copy_accessed(const Cell& from, Arena& /*arena*/) {
        tag_ = from.tag_;
        words_ = from.words_;
        accessed_ = 1;
    }
    [[gnu::always_inline]] void store_small_accessed(std::uint64_t value, Arena& /*arena*/) {
        tag_ = kFelt;
        words_ = {value, 0, 0, 0};
        accessed_ = 1;
    }
    [[gnu::always_inline]] void store_address_accessed(std::int64_t segment, std::uint64_t offset,
                                                       Arena& /*arena*/) {
        set_address(segment, offset, 1);
    }

  private:
    enum : std::uint64_t { kFelt = 0, kAddress = 1, kEmpty = 2 };

    // The words that an address leaves free are zero, so that same_value may look at all of them.
    void set_address(std::int64_t segment, std::uint64_t offset, std::uint64_t accessed) {
        tag_ = kAddress;
        words_ = {offset, static_cast<std::uint64_t>(segment), 0, 0};
        accessed_ = accessed;
    }

    std::uint64_t tag_;
    Limbs words_;
    std::uint64_t accessed_;
};

static_assert(sizeof(Cell) == 48 && alignof(Cell) == 8);

}  // namespace blockexecd::vm

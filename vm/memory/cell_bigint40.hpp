// SPDX-License-Identifier: Apache-2.0
// The bigint40 cell: the oldest layout of the reference, an Option<MemoryCell> whose integers are
// arbitrary-precision numbers: tag, then capacity, pointer and length of a vector of words (or
// segment and offset), then the access mark. Every integer but 0 has its words out of line, in a
// block as large as a general allocator's would be, and a copied value gets words of its own.
// Blocks come from the arena and are not freed one by one; sums and products are the fast ones of
// the other layouts. So this models where the data lies, not the time that malloc, free and long
// arithmetic took.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "vm/memory/arena.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm {

class Cell {
  public:
    static constexpr std::string_view kName = "bigint40";
    static constexpr bool kBoxesValues = true;
    static constexpr std::uint64_t kMaxSmall = UINT64_MAX;

    void clear() { set(kEmpty, 0, 0, 0, 0); }
    [[nodiscard, gnu::always_inline]] bool is_empty() const { return kind_ == kEmpty; }
    [[nodiscard, gnu::always_inline]] bool is_accessed() const { return accessed_ != 0; }
    [[nodiscard]] bool is_relocatable() const { return kind_ == kAddress; }
    [[gnu::always_inline]] void mark_accessed() {
        if (accessed_ == 0)
            accessed_ = 1;
    }

    [[nodiscard]] Value load() const {
        return is_relocatable() ? Value(relocatable()) : Value(felt());
    }
    [[nodiscard]] Felt felt() const {
        Limbs limbs{};
        std::copy_n(words(), length(), limbs.begin());
        return Felt::from_canonical(limbs);
    }
    [[nodiscard]] Relocatable relocatable() const {
        return {static_cast<std::int32_t>(segment()), offset()};
    }

    void prefetch_box() const {
        if (kind_ == kInteger)
            __builtin_prefetch(words());
    }

    void store(const Value& value, Arena& arena, bool accessed = false) {
        if (value.is_relocatable())
            store_relocatable(value.relocatable(), arena, accessed);
        else
            store_felt(value.felt(), arena, accessed);
    }
    void store_felt(const Felt& felt, Arena& arena, bool accessed) {
        std::uint64_t length = 4;
        while (length != 0 && felt.limbs()[length - 1] == 0)
            --length;
        store_words(felt.limbs().data(), length, arena, accessed);
    }
    void store_relocatable(const Relocatable& address, Arena& /*arena*/, bool accessed) {
        store_address(address.segment, address.offset, accessed);
    }

    [[nodiscard, gnu::always_inline]] bool is_small() const {
        return kind_ == kInteger && length() <= 1;
    }
    [[nodiscard, gnu::always_inline]] bool is_marked_small() const {
        return is_small() && accessed_ != 0;
    }
    [[nodiscard, gnu::always_inline]] std::uint64_t small() const {
        return length() == 0 ? 0 : *words();
    }
    [[nodiscard, gnu::always_inline]] bool is_address() const { return kind_ == kAddress; }
    [[nodiscard, gnu::always_inline]] std::int64_t segment() const {
        return static_cast<std::int64_t>(payload_[0]);
    }
    [[nodiscard, gnu::always_inline]] std::uint64_t offset() const { return payload_[1]; }
    [[nodiscard, gnu::always_inline]] bool is_zero() const {
        return kind_ == kInteger && length() == 0;
    }
    [[nodiscard, gnu::always_inline]] bool is_u128() const {
        return kind_ == kInteger && length() <= 2;
    }

    [[nodiscard, gnu::always_inline]] static bool same_value(const Cell& a, const Cell& b) {
        if (a.kind_ != b.kind_)
            return false;
        if (a.kind_ == kAddress)
            return a.segment() == b.segment() && a.offset() == b.offset();
        return std::equal(a.words(), a.words() + a.length(), b.words(), b.words() + b.length());
    }
    [[nodiscard]] static bool same_raw(const Cell& a, const Cell& b) {
        return a.accessed_ == b.accessed_ && same_value(a, b);
    }
    void copy(const Cell& from, Arena& arena) {
        if (from.kind_ == kAddress)
            store_address(from.segment(), from.offset(), false);
        else
            store_words(from.words(), from.length(), arena, false);
    }
    void copy_accessed(const Cell& from, Arena& arena) {
        copy(from, arena);
        accessed_ = 1;
    }
    void store_small_accessed(std::uint64_t value, Arena& arena) {
        store_words(&value, value == 0 ? 0 : 1, arena, true);
    }
    [[gnu::always_inline]] void store_address_accessed(std::int64_t segment, std::uint64_t offset,
                                                       Arena& /*arena*/) {
        store_address(segment, offset, true);
    }

  private:
    enum : std::uint64_t { kInteger, kAddress, kEmpty };

    // Of an integer: least significant first, the last one not zero.
    [[nodiscard]] const std::uint64_t* words() const {
        return reinterpret_cast<const std::uint64_t*>(payload_[1]);
    }
    [[nodiscard]] std::uint64_t length() const { return payload_[2]; }

    // glibc's block for so many words: its header, and no less than 32 bytes, in steps of 16.
    static constexpr std::uint64_t block_bytes(std::uint64_t words) {
        return std::max<std::uint64_t>(32, (words * 8 + 8 + 15) & ~std::uint64_t{15});
    }
    void set(std::uint64_t kind, std::uint64_t first, std::uint64_t second, std::uint64_t third,
             std::uint64_t accessed) {
        kind_ = kind;
        payload_[0] = first;
        payload_[1] = second;
        payload_[2] = third;
        accessed_ = accessed;
    }
    void store_words(const std::uint64_t* words, std::uint64_t length, Arena& arena,
                     bool accessed) {
        std::uint64_t* own = nullptr;
        if (length != 0) {
            own = static_cast<std::uint64_t*>(arena.allocate_box(block_bytes(length)));
            std::copy_n(words, length, own);
        }
        set(kInteger, length, reinterpret_cast<std::uint64_t>(own), length, accessed ? 1 : 0);
    }
    void store_address(std::int64_t segment, std::uint64_t offset, bool accessed) {
        set(kAddress, static_cast<std::uint64_t>(segment), offset, 0, accessed ? 1 : 0);
    }

    std::uint64_t kind_;
    std::uint64_t payload_[3];  // capacity, words, length; or segment, offset
    std::uint64_t accessed_;
};

static_assert(sizeof(Cell) == 40 && alignof(Cell) == 8);

}  // namespace blockexecd::vm

// SPDX-License-Identifier: Apache-2.0
// The compact cell: one word. Small integers and addresses are in it; any other value lies in a box
// of the arena that the word points to. Boxes are never written again, so that copies of a cell
// share one, and shared program cells work as they are: their boxes are in the arena of their code.
//
// Bit 0 is the access mark, bits 1 and 2 say what the rest is:
//   small    bits 3 to 63: an integer below 2^61
//   address  bits 3 to 23: the segment, signed; bits 24 to 63: the offset
//   boxed    bits 3 and 4: the box's shape; bits 16 to 63: where it is (user space needs no more)
//   empty
// A value has one form only: what fits the word is not boxed, what fits 128 bits has no wide box.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "vm/memory/arena.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm {

class Cell {
  public:
    static constexpr std::string_view kName = "compact";
    static constexpr bool kBoxesValues = true;
    static constexpr unsigned kSmallShift = 3;
    static constexpr std::uint64_t kMaxSmall = UINT64_MAX >> kSmallShift;

    void clear() { word_ = kEmpty; }
    [[nodiscard, gnu::always_inline]] bool is_empty() const { return kind() == kEmpty; }
    [[nodiscard, gnu::always_inline]] bool is_accessed() const { return (word_ & kAccessed) != 0; }
    [[nodiscard]] bool is_relocatable() const {
        return is_address() || (word_ & (kKind | kShape)) == (kBoxed | kFarAddress);
    }
    [[gnu::always_inline]] void mark_accessed() {
        if ((word_ & kAccessed) == 0)
            word_ |= kAccessed;
    }

    [[nodiscard]] Value load() const {
        return is_relocatable() ? Value(relocatable()) : Value(felt());
    }
    [[nodiscard]] Felt felt() const {
        if (is_small())
            return Felt(small());
        const std::uint64_t* const words = box();
        if ((word_ & kShape) == kTwoWords)
            return Felt::from_u128(words[0], words[1]);
        return Felt::from_canonical({words[0], words[1], words[2], words[3]});
    }
    [[nodiscard]] Relocatable relocatable() const {
        if (is_address())
            return {static_cast<std::int32_t>(segment()), offset()};
        return {static_cast<std::int32_t>(static_cast<std::int64_t>(box()[0])), box()[1]};
    }

    void prefetch_box() const {
        if (kind() == kBoxed)
            __builtin_prefetch(box());
    }

    void store(const Value& value, Arena& arena, bool accessed = false) {
        if (value.is_relocatable())
            store_relocatable(value.relocatable(), arena, accessed);
        else
            store_felt(value.felt(), arena, accessed);
    }
    void store_felt(const Felt& felt, Arena& arena, bool accessed) {
        const Limbs& limbs = felt.limbs();
        if (felt.fits_u64() && limbs[0] <= kMaxSmall)
            word_ = limbs[0] << kSmallShift;
        else if (felt.fits_u128())
            word_ = boxed(kTwoWords, limbs.data(), 2, arena);
        else
            word_ = boxed(kFourWords, limbs.data(), 4, arena);
        word_ |= accessed ? kAccessed : 0;
    }
    void store_relocatable(const Relocatable& address, Arena& arena, bool accessed) {
        store_address_accessed(address.segment, address.offset, arena);
        if (!accessed)
            word_ &= ~kAccessed;
    }

    [[nodiscard, gnu::always_inline]] bool is_small() const { return kind() == kSmall; }
    [[nodiscard, gnu::always_inline]] bool is_marked_small() const {
        return (word_ & (kKind | kAccessed)) == kAccessed;
    }
    [[nodiscard, gnu::always_inline]] std::uint64_t small() const { return word_ >> kSmallShift; }
    [[nodiscard, gnu::always_inline]] bool is_address() const { return kind() == kAddress; }
    [[nodiscard, gnu::always_inline]] std::int64_t segment() const {
        return static_cast<std::int64_t>(word_ << (64 - kOffsetShift)) >>
               (64 - kOffsetShift + kSmallShift);
    }
    [[nodiscard, gnu::always_inline]] std::uint64_t offset() const { return word_ >> kOffsetShift; }
    [[nodiscard, gnu::always_inline]] bool is_zero() const { return (word_ & ~kAccessed) == 0; }
    [[nodiscard, gnu::always_inline]] bool is_u128() const {
        return is_small() || (word_ & (kKind | kShape)) == (kBoxed | kTwoWords);
    }

    [[nodiscard, gnu::always_inline]] static bool same_value(const Cell& a, const Cell& b) {
        if (((a.word_ ^ b.word_) & ~kAccessed) == 0)
            return true;
        return a.kind() == kBoxed && b.kind() == kBoxed && same_box(a, b);
    }
    [[nodiscard]] static bool same_raw(const Cell& a, const Cell& b) {
        return a.is_accessed() == b.is_accessed() && same_value(a, b);
    }
    void copy(const Cell& from, Arena& /*arena*/) { word_ = from.word_ & ~kAccessed; }
    [[gnu::always_inline]] void copy_accessed(const Cell& from, Arena& /*arena*/) {
        word_ = from.word_ | kAccessed;
    }
    [[gnu::always_inline]] void store_small_accessed(std::uint64_t value, Arena& arena) {
        if (value > kMaxSmall) [[unlikely]] {
            box_pair(kTwoWords, value, 0, arena);
            return;
        }
        word_ = value << kSmallShift | kAccessed;
    }
    [[gnu::always_inline]] void store_address_accessed(std::int64_t segment, std::uint64_t offset,
                                                       Arena& arena) {
        if (offset > kMaxOffset || segment > kMaxSegment || segment < -kMaxSegment) [[unlikely]] {
            box_pair(kFarAddress, static_cast<std::uint64_t>(segment), offset, arena);
            return;
        }
        word_ = offset << kOffsetShift |
                ((static_cast<std::uint64_t>(segment) << kSmallShift) & kSegmentBits) | kAddress |
                kAccessed;
    }

  private:
    static constexpr std::uint64_t kAccessed = 1;
    static constexpr std::uint64_t kKind = 6;
    static constexpr std::uint64_t kSmall = 0;
    static constexpr std::uint64_t kAddress = 2;
    static constexpr std::uint64_t kBoxed = 4;
    static constexpr std::uint64_t kEmpty = 6;
    static constexpr unsigned kOffsetShift = 24;
    static constexpr unsigned kBoxShift = 16;
    static constexpr std::uint64_t kSegmentBits = 0xfffff8;
    static constexpr std::uint64_t kMaxOffset = UINT64_MAX >> kOffsetShift;
    static constexpr std::int64_t kMaxSegment = (1 << 20) - 1;
    static constexpr std::uint64_t kShape = 0x18;
    static constexpr std::uint64_t kTwoWords = 0x00;    // a felt below 2^128
    static constexpr std::uint64_t kFourWords = 0x08;   // any other felt
    static constexpr std::uint64_t kFarAddress = 0x10;  // segment, offset

    [[nodiscard]] std::uint64_t kind() const { return word_ & kKind; }
    // Precondition: boxed.
    [[nodiscard]] const std::uint64_t* box() const {
        return reinterpret_cast<const std::uint64_t*>(word_ >> kBoxShift);
    }
    // Unmarked.
    [[nodiscard]] static std::uint64_t boxed(std::uint64_t shape, const std::uint64_t* words,
                                             std::size_t count, Arena& arena) {
        void* const box = arena.allocate_box(count * sizeof(std::uint64_t));
        std::memcpy(box, words, count * sizeof(std::uint64_t));
        return reinterpret_cast<std::uint64_t>(box) << kBoxShift | shape | kBoxed;
    }
    [[gnu::noinline]] void box_pair(std::uint64_t shape, std::uint64_t first, std::uint64_t second,
                                    Arena& arena) {
        const std::uint64_t words[2] = {first, second};
        word_ = boxed(shape, words, 2, arena) | kAccessed;
    }
    [[nodiscard, gnu::noinline]] static bool same_box(const Cell& a, const Cell& b) {
        if (((a.word_ ^ b.word_) & kShape) != 0)
            return false;
        const std::uint64_t* const x = a.box();
        const std::uint64_t* const y = b.box();
        if (((x[0] ^ y[0]) | (x[1] ^ y[1])) != 0)
            return false;
        return (a.word_ & kShape) != kFourWords || ((x[2] ^ y[2]) | (x[3] ^ y[3])) == 0;
    }

    std::uint64_t word_;
};

static_assert(sizeof(Cell) == 8 && alignof(Cell) == 8);

}  // namespace blockexecd::vm

// SPDX-License-Identifier: Apache-2.0
// The memory of one VM worker: one large reserved region on huge pages, handed out by moving
// pointers and given back by rewinding. Nested runs are last in, first out, so a run costs no
// malloc and reuses pages that are already in the cache. Cells come from the bottom up, values that
// do not fit their cell (boxes) from the top down: so the newest segment can grow in place, and
// boxes are dense.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace blockexecd::vm {

class Arena {
  public:
    // Address space, not memory: pages are taken when first touched.
    static constexpr std::size_t kDefaultReserve = std::size_t{64} << 30;

    // Huge pages (but for both ends) for a worker's arena; small ones where a whole huge page would
    // be waste.
    enum class Pages : std::uint8_t { huge, small };

    // Throws std::bad_alloc when the address space cannot be had.
    explicit Arena(std::size_t reserve_bytes = kDefaultReserve, Pages pages = Pages::huge);
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    struct Mark {
        std::byte* top;
        std::byte* boxes;
    };
    [[nodiscard]] Mark mark() const { return {top_, boxes_}; }
    // Frees everything allocated since the mark.
    void rewind(Mark mark) {
        top_ = mark.top;
        boxes_ = mark.boxes;
    }

    // Uninitialised; the alignment is at most 64. Throws std::bad_alloc when the reserve is used
    // up.
    [[nodiscard]] void* allocate(std::size_t bytes) {
        std::byte* const start = top_;
        const std::size_t rounded = (bytes + kAlignment - 1) & ~(kAlignment - 1);
        if (rounded > static_cast<std::size_t>(boxes_ - start)) [[unlikely]]
            exhausted();
        top_ = start + rounded;
        return start;
    }
    // A box: uninitialised, aligned to 16. Precondition: bytes is a multiple of 16. Throws
    // std::bad_alloc when the reserve is used up.
    [[nodiscard]] void* allocate_box(std::size_t bytes) {
        if (bytes > static_cast<std::size_t>(boxes_ - top_)) [[unlikely]]
            exhausted();
        boxes_ -= bytes;
        return boxes_;
    }
    // Enlarges a block: in place when it is the newest, else by copying. `used` bytes are kept.
    [[nodiscard]] void* grow(void* block, std::size_t old_bytes, std::size_t used,
                             std::size_t new_bytes) {
        const std::size_t old_rounded = (old_bytes + kAlignment - 1) & ~(kAlignment - 1);
        if (block != nullptr && static_cast<std::byte*>(block) + old_rounded == top_) {
            top_ = static_cast<std::byte*>(block);
            return allocate(new_bytes);
        }
        void* const fresh = allocate(new_bytes);
        if (used != 0)
            std::memcpy(fresh, block, used);
        return fresh;
    }
    template <class T>
    [[nodiscard]] T* allocate_array(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= kAlignment);
        return static_cast<T*>(allocate(count * sizeof(T)));
    }

    // Bytes that are left.
    [[nodiscard]] std::size_t room() const { return static_cast<std::size_t>(boxes_ - top_); }
    // Bytes handed out.
    [[nodiscard]] std::size_t used() const {
        return static_cast<std::size_t>(top_ - begin_) + static_cast<std::size_t>(end_ - boxes_);
    }

  private:
    static constexpr std::size_t kAlignment = 64;
    [[noreturn]] void exhausted() const;

    // begin_ <= top_ <= boxes_ <= end_
    std::byte* begin_ = nullptr;
    std::byte* top_ = nullptr;
    std::byte* boxes_ = nullptr;
    std::byte* end_ = nullptr;
    std::byte* region_ = nullptr;  // what was mapped: begin_ is the first whole page in it
    std::size_t region_bytes_ = 0;
};

}  // namespace blockexecd::vm

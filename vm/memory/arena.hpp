// SPDX-License-Identifier: Apache-2.0
// The memory of one VM worker: one large reserved region on huge pages, handed out by a moving
// pointer and given back by rewinding. Nested runs are last in, first out, so a run costs no malloc
// and reuses pages that are already in the cache.
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

    // Huge pages for a worker's arena; small ones where a whole huge page would be waste.
    enum class Pages : std::uint8_t { huge, small };

    // Throws std::bad_alloc when the address space cannot be had.
    explicit Arena(std::size_t reserve_bytes = kDefaultReserve, Pages pages = Pages::huge);
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    struct Mark {
        std::byte* top;
    };
    [[nodiscard]] Mark mark() const { return {top_}; }
    // Frees everything allocated since the mark.
    void rewind(Mark mark) { top_ = mark.top; }

    // Uninitialised; the alignment is at most 64. Throws std::bad_alloc when the reserve is used
    // up.
    [[nodiscard]] void* allocate(std::size_t bytes) {
        std::byte* const start = top_;
        const std::size_t rounded = (bytes + kAlignment - 1) & ~(kAlignment - 1);
        if (rounded > static_cast<std::size_t>(end_ - start)) [[unlikely]]
            exhausted();
        top_ = start + rounded;
        return start;
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

    [[nodiscard]] std::size_t used() const { return static_cast<std::size_t>(top_ - begin_); }

  private:
    static constexpr std::size_t kAlignment = 64;
    [[noreturn]] void exhausted() const;

    std::byte* begin_ = nullptr;
    std::byte* top_ = nullptr;
    std::byte* end_ = nullptr;
};

}  // namespace blockexecd::vm

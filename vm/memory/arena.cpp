// SPDX-License-Identifier: Apache-2.0
// Reserving address space is what malloc cannot do well: the pages must be huge, contiguous and
// untouched until used.
#include "vm/memory/arena.hpp"

#include <sys/mman.h>

#include <new>

namespace blockexecd::vm {

namespace {

constexpr std::size_t kLeastReserve = std::size_t{1} << 30;

}  // namespace

Arena::Arena(std::size_t reserve_bytes, Pages pages) {
    const std::size_t page = pages == Pages::huge ? std::size_t{2} << 20 : std::size_t{4} << 10;
    std::size_t bytes = (reserve_bytes + page - 1) & ~(page - 1);
    const auto map = [&bytes] {
        return mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    };
    void* region = map();
    // Limits on address space and tools like valgrind leave less: half of it does for most runs.
    while (region == MAP_FAILED && bytes / 2 >= kLeastReserve) {
        bytes = (bytes / 2 + page - 1) & ~(page - 1);
        region = map();
    }
    if (region == MAP_FAILED)
        throw std::bad_alloc();
    // Advice only: without huge pages everything works, slower.
    (void)madvise(region, bytes, pages == Pages::huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
    begin_ = top_ = static_cast<std::byte*>(region);
    end_ = begin_ + bytes;
}

Arena::~Arena() {
    munmap(begin_, static_cast<std::size_t>(end_ - begin_));
}

void Arena::exhausted() const {
    throw std::bad_alloc();
}

}  // namespace blockexecd::vm

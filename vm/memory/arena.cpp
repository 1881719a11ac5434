// SPDX-License-Identifier: Apache-2.0
// Reserving address space is what malloc cannot do well: the pages must be huge, contiguous and
// untouched until used.
#include "vm/memory/arena.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace blockexecd::vm {

namespace {

// Up to here an arena is of the heap (region_bytes_ is 0 then): a program's code is loaded in less
// time than the kernel takes to map and clear pages for it.
constexpr std::size_t kHeapBytes = std::size_t{1} << 20;
constexpr std::size_t kLeastReserve = std::size_t{1} << 30;
// At both ends of an arena of huge pages, of small ones: a short run touches less than this, and
// clearing a huge page takes longer than such a run.
constexpr std::size_t kEdgeBytes = std::size_t{256} << 10;
// Behind each arena, never accessible: else the kernel joins neighbouring arenas to one mapping,
// which VMs of all nodes would share, and which /proc/PID/numa_maps could not tell apart. A page of
// any size.
constexpr std::size_t kGuardBytes = std::size_t{64} << 10;

// So that what a program asks for fails before the machine does.
std::size_t physical_memory() {
    static const auto bytes = static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) *
                              static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return bytes;
}

}  // namespace

Arena::Arena(std::size_t reserve_bytes, Pages pages) {
    reserve_bytes = std::min(reserve_bytes, physical_memory());
    const bool huge = pages == Pages::huge;
    if (!huge && reserve_bytes <= kHeapBytes) {
        reserve_bytes = (reserve_bytes + kAlignment - 1) & ~(kAlignment - 1);
        // Aligned here: aligned_alloc takes several times as long as malloc.
        region_ = static_cast<std::byte*>(std::malloc(reserve_bytes + kAlignment));
        if (region_ == nullptr)
            throw std::bad_alloc();
        const auto address = reinterpret_cast<std::uintptr_t>(region_);
        begin_ = top_ = region_ + (-address & (kAlignment - 1));
        end_ = boxes_ = begin_ + reserve_bytes;
        return;
    }
    const std::size_t page = huge ? std::size_t{2} << 20 : std::size_t{4} << 10;
    std::size_t bytes = (reserve_bytes + page - 1) & ~(page - 1);
    // The kernel need not align to huge pages: one more, so that their ends can be, and the edges
    // around them; then a guard.
    const std::size_t edge = huge ? kEdgeBytes : 0;
    const std::size_t extra = (huge ? page : 0) + 2 * edge + kGuardBytes;
    const auto map = [&bytes, extra] {
        return mmap(nullptr, bytes + extra, PROT_READ | PROT_WRITE,
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
    region_bytes_ = bytes + extra;
    region_ = static_cast<std::byte*>(region);
    const auto address = reinterpret_cast<std::uintptr_t>(region);
    std::byte* const aligned = region_ + (((address + edge + page - 1) & ~(page - 1)) - address);
    // Advice only: without huge pages everything works, slower.
    (void)madvise(region, region_bytes_, MADV_NOHUGEPAGE);
    if (huge)
        (void)madvise(aligned, bytes, MADV_HUGEPAGE);
    begin_ = top_ = aligned - edge;
    end_ = boxes_ = aligned + bytes + edge;
    (void)mprotect(end_, static_cast<std::size_t>(region_ + region_bytes_ - end_), PROT_NONE);
}

Arena::~Arena() {
    if (region_bytes_ == 0)
        std::free(region_);
    else
        munmap(region_, region_bytes_);
}

void Arena::exhausted() const {
    throw std::bad_alloc();
}

}  // namespace blockexecd::vm

// SPDX-License-Identifier: Apache-2.0
// glibc's own limits are 128 KiB, and setting one stops it from raising the other.
#include "vm/cairo0/runner/process_heap.hpp"

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace blockexecd::vm::cairo0 {

void keep_freed_memory() {
#if defined(__GLIBC__)
    (void)mallopt(M_TRIM_THRESHOLD, 64 << 20);
    (void)mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

}  // namespace blockexecd::vm::cairo0

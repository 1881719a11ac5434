// SPDX-License-Identifier: Apache-2.0
// The heap of a process that loads a program, runs it and ends.
#pragma once

namespace blockexecd::vm::cairo0 {

// Keeps what is freed, up to 64 MiB, and takes blocks of up to 32 MiB from the heap: the kernel
// clears every page that it hands out again, which takes longer than parsing most programs. For a
// main function, before it allocates; without glibc it does nothing.
void keep_freed_memory();

}  // namespace blockexecd::vm::cairo0

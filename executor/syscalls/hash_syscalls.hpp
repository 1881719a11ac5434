// SPDX-License-Identifier: Apache-2.0
// Cairo 1 system calls that hash: keccak, and one block of SHA-256 or SHA-512.
#pragma once

#include <cstdint>

#include "executor/syscalls/syscall_handler.hpp"
#include "executor/syscalls/syscall_memory.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

struct Keccak {
    vm::Relocatable input_start;
    vm::Relocatable input_end;
    static vm::Result<Keccak> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

// Pointers to 8 words of state and 16 words of input; answers a pointer to the next state.
struct ShaProcessBlock {
    vm::Relocatable state;
    vm::Relocatable input;
    static vm::Result<ShaProcessBlock> read(SyscallCursor& cursor);
};

struct Sha256ProcessBlock : ShaProcessBlock {
    static vm::Result<Sha256ProcessBlock> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct Sha512ProcessBlock : ShaProcessBlock {
    static vm::Result<Sha512ProcessBlock> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

}  // namespace blockexecd::executor

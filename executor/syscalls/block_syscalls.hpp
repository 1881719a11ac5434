// SPDX-License-Identifier: Apache-2.0
// Cairo 1 system calls about the block and the transaction that the call is part of.
#pragma once

#include <cstdint>

#include "executor/syscalls/syscall_handler.hpp"
#include "executor/syscalls/syscall_memory.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

struct GetBlockHash {
    BlockNumber block_number = 0;
    static vm::Result<GetBlockHash> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct GetExecutionInfo {
    static vm::Result<GetExecutionInfo> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

}  // namespace blockexecd::executor

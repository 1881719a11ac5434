// SPDX-License-Identifier: Apache-2.0
// Cairo 1 system calls about the contract's own state and what it sends out: storage, events,
// messages.
#pragma once

#include <cstdint>
#include <vector>

#include "executor/syscalls/syscall_handler.hpp"
#include "executor/syscalls/syscall_memory.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// A request of any system call: `read` takes it from the cursor, `run` has the effect and fills the
// response. An optional linear_length() is what its gas cost grows with.
struct StorageRead {
    StorageKey key;
    static vm::Result<StorageRead> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct StorageWrite {
    StorageKey key;
    Felt value;
    static vm::Result<StorageWrite> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct EmitEvent {
    std::vector<Felt> keys;
    std::vector<Felt> data;
    static vm::Result<EmitEvent> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct SendMessageToL1 {
    Felt to_address;
    std::vector<Felt> payload;
    static vm::Result<SendMessageToL1> read(SyscallCursor& cursor);
    [[nodiscard]] std::uint64_t linear_length() const { return payload.size(); }
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

}  // namespace blockexecd::executor

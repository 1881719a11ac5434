// SPDX-License-Identifier: Apache-2.0
// Cairo 1 system calls that run or change classes: calls, deployment, meta transactions, class
// replacement.
#pragma once

#include <cstdint>
#include <vector>

#include "executor/syscalls/syscall_handler.hpp"
#include "executor/syscalls/syscall_memory.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

struct CallContract {
    ContractAddress contract_address;
    EntryPointSelector selector;
    std::vector<Felt> calldata;
    static vm::Result<CallContract> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct LibraryCall {
    ClassHash class_hash;
    EntryPointSelector selector;
    std::vector<Felt> calldata;
    static vm::Result<LibraryCall> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct Deploy {
    ClassHash class_hash;
    Felt salt;
    std::vector<Felt> constructor_calldata;
    bool deploy_from_zero = false;
    static vm::Result<Deploy> read(SyscallCursor& cursor);
    [[nodiscard]] std::uint64_t linear_length() const { return constructor_calldata.size(); }
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

// Calls an account's __execute__ as a version 0 transaction of its own would.
struct MetaTxV0 {
    ContractAddress contract_address;
    EntryPointSelector selector;
    std::vector<Felt> calldata;
    std::vector<Felt> signature;
    static vm::Result<MetaTxV0> read(SyscallCursor& cursor);
    [[nodiscard]] std::uint64_t linear_length() const { return calldata.size(); }
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct ReplaceClass {
    ClassHash class_hash;
    static vm::Result<ReplaceClass> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

struct GetClassHashAt {
    ContractAddress contract_address;
    static vm::Result<GetClassHashAt> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

}  // namespace blockexecd::executor

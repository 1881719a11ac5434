// SPDX-License-Identifier: Apache-2.0
// System calls of Cairo 1 programs: each has a gas cost, and many can fail without ending the run.
#pragma once

#include <boost/container/static_vector.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "executor/syscalls/secp_points.hpp"
#include "executor/syscalls/syscall_frame.hpp"
#include "executor/syscalls/syscall_memory.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::executor {

// What a system call answers: fields, or (failed) the felts of a failure that the program may
// handle.
struct SyscallResponse {
    boost::container::static_vector<vm::Value, 4> fields;
    std::vector<Felt> failure;
    bool failed = false;

    void add(const vm::Value& field) { fields.push_back(field); }
    void add(const ReadOnlySegment& segment) {
        fields.push_back(segment.start);
        fields.push_back(segment.end());
    }
    void fail(std::vector<Felt> felts) {
        failure = std::move(felts);
        failed = true;
    }
};

class SyscallHandler final : public vm::SyscallHandler {
  public:
    SyscallHandler(CallInfo& info, CachedState& state, ExecutionContext& context)
        : frame(info, state, context) {}

    // Before the run: where system calls are read from.
    void attach(vm::Memory& memory, const vm::Relocatable& syscall_segment) {
        cursor = {memory, syscall_segment};
    }

    vm::Result<void> system_call(vm::VirtualMachine& vm) override;
    vm::Result<void> deprecated_system_call(vm::VirtualMachine& vm,
                                            const vm::Relocatable& syscall_ptr) override;

    SyscallFrame frame;
    SyscallCursor cursor;
    SecpPoints secp_points;
    // Made once a frame, at first use.
    std::optional<vm::Relocatable> execution_info;
    std::optional<vm::Relocatable> sha256_end;  // behind the newest state
    std::optional<vm::Relocatable> sha512_end;
    // The limit of a run that counts gas: out of reach, and 0 once the stage's steps are used up by
    // a call below it.
    vm::RunResources uncounted_steps;
};

}  // namespace blockexecd::executor

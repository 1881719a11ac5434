// SPDX-License-Identifier: Apache-2.0
// The failures of calls, as vm::Errors whose details keep what the error trace prints: which call
// failed, and where its VM stopped.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

enum class EntryPointErrorKind : std::uint8_t {
    run,               // cause: the VM's error
    execution_failed,  // the message is the revert summary
    // These two become failed calls where the version has reverts:
    entry_point_not_found,
    insufficient_entry_point_gas,
    other,
};

struct EntryPointErrorDetail : vm::ErrorDetail {
    EntryPointErrorDetail(EntryPointErrorKind error_kind, bool omit)
        : kind(error_kind), omit_vm_frame(omit) {}
    EntryPointErrorKind kind;
    bool omit_vm_frame;  // where VersionedConstants::strip_vm_frames_in_sierra_gas, and the call
                         // counted Sierra gas
};

enum class CallFrameKind : std::uint8_t { call_contract, library_call, constructor };

struct CallFrame {
    CallFrameKind kind = CallFrameKind::call_contract;
    ContractAddress contract_address;
    ClassHash class_hash;
    std::optional<EntryPointSelector> selector;
};

// A call that a system call (or a deployment) made and that failed; cause: its error.
struct CallFrameDetail : vm::ErrorDetail {
    explicit CallFrameDetail(CallFrame call_frame) : frame(std::move(call_frame)) {}
    CallFrame frame;
};

vm::Error entry_point_error(EntryPointErrorKind kind, std::string message);
// The VM's own failure, from FunctionRunner.
vm::Error run_error(const vm::Error& error, bool omit_vm_frame);
vm::Error call_frame_error(CallFrame frame, const vm::Error& error);
// A failure of a system call itself: the text is all there is to it.
vm::Error syscall_error(std::string message);

// Whether the state could not be read somewhere below: no transaction is to blame, and none may be
// called reverted.
bool is_host_failure(const vm::Error& error);

}  // namespace blockexecd::executor

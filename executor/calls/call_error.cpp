// SPDX-License-Identifier: Apache-2.0
// Makes the failures of calls.
#include "executor/calls/call_error.hpp"

#include <memory>

namespace blockexecd::executor {

vm::Error entry_point_error(EntryPointErrorKind kind, std::string message) {
    return {vm::ErrorKind::syscall, std::move(message),
            std::make_shared<EntryPointErrorDetail>(kind, false)};
}

vm::Error run_error(const vm::Error& error, bool omit_vm_frame) {
    return {vm::ErrorKind::syscall, error.message(), error,
            std::make_shared<EntryPointErrorDetail>(EntryPointErrorKind::run, omit_vm_frame)};
}

vm::Error call_frame_error(CallFrame frame, const vm::Error& error) {
    return {vm::ErrorKind::syscall, error.message(), error,
            std::make_shared<CallFrameDetail>(std::move(frame))};
}

vm::Error syscall_error(std::string message) {
    return {vm::ErrorKind::syscall, std::move(message)};
}

bool is_host_failure(const vm::Error& error) {
    for (auto at = error;; at = at.cause()) {
        if (at.kind() == vm::ErrorKind::host)
            return true;
        if (!at.has_cause())
            return false;
    }
}

}  // namespace blockexecd::executor

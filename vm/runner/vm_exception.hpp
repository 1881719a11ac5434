// SPDX-License-Identifier: Apache-2.0
// A failure with its place: pc, error attributes, source location, callers.
#pragma once

#include <optional>
#include <string>

#include "vm/error.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm {

// The place where a run failed; the executor prints it into the error stack.
struct VmExceptionDetail : ErrorDetail {
    Relocatable pc;
    std::string error_attribute;  // "Error message: …\n" of the attributes that cover pc, or empty
    std::optional<std::string>
        traceback;  // "Cairo traceback (most recent call last):\n…", or nothing
};

// The error of a run as the reference's VmException: its message is the Display text, its cause the
// error given.
Error make_vm_exception(const VirtualMachine& vm, const Error& error);

}  // namespace blockexecd::vm

// SPDX-License-Identifier: Apache-2.0
// The threaded interpreter over the decoded stream. It runs what is ordinary and gives back the
// rest: an instruction either completes here exactly as VirtualMachine::step_instruction would have
// done it, or is left to that.
#pragma once

#include "vm/error.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm {

struct FastLoop {
    // Whether the machine's state is one that the loop can start from.
    static bool possible(const VirtualMachine& vm);
    // Precondition: possible(vm), and pc is not `end`. Runs until `end`, until the steps run out,
    // or until the state is no longer possible(vm); makes at least one step. Errors are those of
    // the failing step, with the machine standing at it.
    static Result<void> run(VirtualMachine& vm, const Relocatable& end, RunResources* resources);

    // kPlain: no trace and no end inside the program, so that neither costs anything.
    template <bool kPlain>
    static Result<void> loop(VirtualMachine& vm, const Relocatable& end, RunResources* resources);
};

}  // namespace blockexecd::vm

// SPDX-License-Identifier: Apache-2.0
// What follows the last step of a run, in every runner.
#pragma once

#include <cstdint>

#include "vm/error.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm {

// Relocates temporary segments, verifies (or with fill_holes completes) deductions, checks that
// scopes are closed, and computes used sizes.
Result<void> end_run(VirtualMachine& vm, bool fill_holes = false);

// How the saved fp below the initial one is compared when it is an address.
enum class ReturnFpCheck : std::uint8_t {
    address,  // canonical proof mode
    offset,   // execution mode
    none,     // Cairo 1 proof mode
};

// The secure run's checks but those of stop pointers: program segment size, temporary addresses,
// builtins' own, saved fp.
Result<void> verify_secure_run(VirtualMachine& vm, std::uint64_t program_segment_size,
                               const Relocatable& initial_fp, ReturnFpCheck check);

}  // namespace blockexecd::vm

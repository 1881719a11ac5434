// SPDX-License-Identifier: Apache-2.0
// Sums resources up a call tree, one level at a time.
#include "executor/calls/frame_resources.hpp"

#include "executor/constants/versioned_constants.hpp"

namespace blockexecd::executor {

namespace {

constexpr std::uint64_t kSegmentArenaCells = 3;

}  // namespace

vm::ExecutionResources syscall_resources(const SyscallUsages& usages,
                                         const VersionedConstants& constants) {
    vm::ExecutionResources resources;
    usages.for_each([&](SyscallSelector selector, const SyscallUsage& usage) {
        // The usage of keccak is in rounds; the call itself costs once, also without rounds.
        if (selector == SyscallSelector::Keccak) {
            resources += constants.os_resources.syscall(SyscallSelector::Keccak).constant;
            selector = SyscallSelector::KeccakRound;
        }
        const auto& params = constants.os_resources.syscall(selector);
        resources += params.constant * usage.call_count;
        if (usage.linear_factor != 0)
            resources += params.linear(usage.linear_factor);
    });
    return resources;
}

void set_frame_resources(CallInfo& info, vm::ExecutionResources own, std::uint64_t n_blake_opcodes,
                         const VersionedConstants& constants) {
    if (constants.segment_arena_cells)
        own[vm::BuiltinName::segment_arena] *= kSegmentArenaCells;
    own += syscall_resources(info.syscalls_usage, constants);
    info.builtin_counters = own.builtins;
    // No prover has it: the OS turns it into steps.
    info.builtin_counters[static_cast<std::size_t>(vm::BuiltinName::segment_arena)] = 0;
    info.own_blake_count = n_blake_opcodes;
    if (info.tracked_resource == TrackedResource::cairo_steps) {
        info.resources = own;
        info.opcode_blake_count = n_blake_opcodes;
    }
    for (const auto& inner : info.inner_calls) {
        info.resources += inner.resources;
        info.opcode_blake_count += inner.opcode_blake_count;
    }
}

vm::Result<std::vector<Felt>> read_retdata(const vm::Memory& memory, const vm::Value& size,
                                           const vm::Value& start) {
    if (size.is_relocatable())
        return vm::Error(vm::ErrorKind::virtual_machine,
                         "Expected integer, found: Some(" + size.to_debug_string() + ")");
    if (!size.felt().fits_u64())
        return vm::Error(vm::ErrorKind::virtual_machine,
                         "out of range conversion regarding big integer attempted");
    if (start.is_felt())
        return vm::Error(vm::ErrorKind::memory, "Memory addresses must be relocatable");
    return memory.get_felt_range(start.relocatable(), size.felt().limbs()[0]);
}

}  // namespace blockexecd::executor

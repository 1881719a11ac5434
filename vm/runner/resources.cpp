// SPDX-License-Identifier: Apache-2.0
// Counting.
#include "vm/runner/resources.hpp"

namespace blockexecd::vm {

Result<std::uint64_t> count_memory_holes(const VirtualMachine& vm) {
    const Memory& memory = vm.memory();
    const auto is_skipped = [&vm](std::int32_t segment) {
        for (const Builtin& builtin : vm.builtins().all())
            if (builtin.segment == segment && !builtin.simulated &&
                builtin.name != BuiltinName::output)
                return true;
        return false;
    };
    std::uint64_t holes = 0;
    for (std::int32_t segment = 0; segment < static_cast<std::int32_t>(memory.segment_count());
         ++segment) {
        if (is_skipped(segment))
            continue;
        const std::uint64_t accessed = memory.accessed_count(segment);
        if (accessed == 0)
            continue;
        const std::uint64_t size = memory.used_size(segment);
        if (accessed > size)
            return Error(ErrorKind::memory,
                         "Segment " + std::to_string(segment) + " has " + std::to_string(accessed) +
                             " amount of accessed addresses but its size is only " +
                             std::to_string(size) + ".");
        holes += size - accessed;
    }
    return holes;
}

Result<ExecutionResources> execution_resources(const VirtualMachine& vm) {
    ExecutionResources resources;
    resources.n_steps = vm.steps();
    BX_TRY(resources.n_memory_holes, count_memory_holes(vm));
    for (const Builtin& builtin : vm.builtins().all()) {
        if (builtin.simulated)
            continue;
        BX_TRY(const std::uint64_t instances, vm.builtins().used_instances(builtin));
        resources[builtin.name] = instances;
    }
    return resources;
}

}  // namespace blockexecd::vm

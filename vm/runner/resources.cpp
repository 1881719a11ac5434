// SPDX-License-Identifier: Apache-2.0
// Counting.
#include "vm/runner/resources.hpp"

namespace blockexecd::vm {

std::vector<std::uint64_t> used_sizes(const VirtualMachine& vm) {
    std::vector<std::uint64_t> sizes;
    for (std::size_t i = 0; i < vm.memory().segment_count(); ++i)
        sizes.push_back(vm.memory().used_size(static_cast<std::int32_t>(i)));
    return sizes;
}

Result<std::uint64_t> count_memory_holes(const VirtualMachine& vm) {
    return count_memory_holes(vm, used_sizes(vm));
}

Result<std::uint64_t> count_memory_holes(const VirtualMachine& vm,
                                         std::span<const std::uint64_t> segment_sizes) {
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
        const std::uint64_t size = segment_sizes[static_cast<std::size_t>(segment)];
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
    return execution_resources(vm, used_sizes(vm));
}

Result<ExecutionResources> execution_resources(const VirtualMachine& vm,
                                               std::span<const std::uint64_t> segment_sizes) {
    ExecutionResources resources;
    resources.n_steps = vm.steps();
    BX_TRY(resources.n_memory_holes, count_memory_holes(vm, segment_sizes));
    for (const Builtin& builtin : vm.builtins().all()) {
        if (builtin.simulated)
            continue;
        BX_TRY(const std::uint64_t instances, vm.builtins().used_instances(builtin));
        resources[builtin.name] = instances;
    }
    return resources;
}

}  // namespace blockexecd::vm

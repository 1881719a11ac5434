// SPDX-License-Identifier: Apache-2.0
// The function runner: stack, run, end of run, secure checks.
#include "vm/runner/function_runner.hpp"

#include "vm/runner/resources.hpp"
#include "vm/runner/run_end.hpp"

namespace blockexecd::vm {

struct FunctionRunner::State {
    State(Arena& worker, std::shared_ptr<const Code> code)
        : arena(worker), mark(worker.mark()), vm(worker, std::move(code)) {}

    Arena& arena;
    Arena::Mark mark;
    VirtualMachine vm;
    std::uint64_t initial_fp = 0;
};

FunctionRunner::FunctionRunner(Arena& arena, std::shared_ptr<const Code> code,
                               SyscallHandler* syscalls)
    : state_(std::make_unique<State>(arena, std::move(code))) {
    state_->vm.set_syscalls(syscalls);
}

FunctionRunner::~FunctionRunner() {
    Arena& arena = state_->arena;
    const Arena::Mark mark = state_->mark;
    state_.reset();
    arena.rewind(mark);
}

Result<void> FunctionRunner::add_builtins(std::span<const BuiltinName> names) {
    Builtins& builtins = state_->vm.builtins();
    for (const BuiltinName name : names) {
        if (builtins.find(name) != nullptr)
            return Error(ErrorKind::runner, "Given builtins are not in appropiate order");
        builtins.add(name);
    }
    return {};
}

Relocatable FunctionRunner::builtin_initial_stack(BuiltinName name) const {
    return state_->vm.builtins().find(name)->initial_stack();
}

std::int32_t FunctionRunner::builtin_segment(BuiltinName name) const {
    return state_->vm.builtins().find(name)->segment;
}

void FunctionRunner::append_program_data(std::span<const Value> values) {
    Memory& memory = state_->vm.memory();
    Relocatable at{0, memory.segment_size(0)};
    // Fresh cells take any value.
    for (const Value& value : values) {
        (void)memory.insert(at, value);
        ++at.offset;
    }
}

Result<void> FunctionRunner::run_from_entrypoint(std::uint64_t entry_pc,
                                                 std::span<const Value> args,
                                                 RunResources* resources) {
    VirtualMachine& vm = state_->vm;
    const Relocatable end = vm.memory().add_segment();
    const Relocatable stack{1, 0};
    BX_CHECK(vm.memory().load(stack, args));
    BX_CHECK(vm.memory().insert(stack + args.size(), Value(std::uint64_t{0})));
    BX_CHECK(vm.memory().insert(stack + args.size() + 1, Value(end)));
    state_->initial_fp = args.size() + 2;
    vm.set_registers({0, entry_pc}, state_->initial_fp, state_->initial_fp);
    vm.builtins().install_rules();
    if (auto run = vm.run_until(end, resources); run.has_error())
        return make_vm_exception(vm, run.error());
    return end_run(vm);
}

Result<void> FunctionRunner::verify_secure(std::uint64_t program_segment_size) {
    return verify_secure_run(state_->vm, program_segment_size, initial_fp(), ReturnFpCheck::offset);
}

VirtualMachine& FunctionRunner::vm() {
    return state_->vm;
}
Memory& FunctionRunner::memory() {
    return state_->vm.memory();
}

Result<std::vector<Value>> FunctionRunner::return_values(std::size_t count) const {
    const VirtualMachine& vm = state_->vm;
    if (vm.ap().offset < count)
        return Error(ErrorKind::memory, "Failed to fetch " + std::to_string(count) +
                                            " return values, ap is only " + vm.ap().to_string());
    return vm.memory().get_continuous_range(vm.ap() - count, count);
}

Relocatable FunctionRunner::ap() const {
    return state_->vm.ap();
}
Relocatable FunctionRunner::initial_fp() const {
    return {1, state_->initial_fp};
}
Result<ExecutionResources> FunctionRunner::resources() const {
    return execution_resources(state_->vm);
}
std::uint64_t FunctionRunner::blake_opcodes() const {
    return state_->vm.blake_count() + state_->vm.blake_finalize_count();
}
std::uint64_t FunctionRunner::steps() const {
    return state_->vm.steps();
}

}  // namespace blockexecd::vm

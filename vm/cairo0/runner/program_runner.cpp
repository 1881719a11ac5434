// SPDX-License-Identifier: Apache-2.0
// The order of segments and checks is the reference's: it shows in addresses and in which error
// comes first.
#include "vm/cairo0/runner/program_runner.hpp"

#include <algorithm>
#include <string>

#include "vm/runner/resources.hpp"
#include "vm/runner/run_end.hpp"
#include "vm/runner/vm_exception.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Error runner_error(std::string message) {
    return {ErrorKind::runner, std::move(message)};
}

bool is_ordered(const std::vector<BuiltinName>& builtins) {
    auto rest = kBuiltinOrder.begin();
    return std::ranges::all_of(builtins, [&](BuiltinName builtin) {
        rest = std::find(rest, kBuiltinOrder.end(), builtin);
        return rest != kBuiltinOrder.end() && rest++ != kBuiltinOrder.end();
    });
}

// Room for a long run: address space that costs nothing until it is touched, where growing would
// copy the segment again and again.
constexpr std::uint64_t kExecutionCells = std::uint64_t{1} << 27;
constexpr std::uint64_t kBuiltinCells = std::uint64_t{1} << 24;

std::string display(BuiltinName builtin) {
    return std::string(builtin_name(builtin)) + "_builtin";
}

}  // namespace

ProgramRunner::ProgramRunner(Arena& arena, const Cairo0Program& program, Layout layout,
                             RunOptions options)
    : program_(program),
      layout_(std::move(layout)),
      options_(options),
      vm_(arena, make_code(program.data, program.extra, program.debug_info)) {
    if (options_.trace)
        vm_.enable_trace();
}

Result<void> ProgramRunner::run() {
    BX_CHECK(initialize());
    BX_CHECK(run_to_end());
    BX_CHECK(end());
    BX_CHECK(read_return_values());
    return options_.secure_run ? verify_secure() : Result<void>();
}

Result<void> ProgramRunner::add_builtins() {
    if (!is_ordered(program_.builtins))
        return runner_error("Given builtins are not in appropiate order");
    std::string missing;
    for (const BuiltinName builtin : program_.builtins) {
        if (layout_.has(builtin))
            vm_.builtins().add(builtin);
        else
            missing += (missing.empty() ? "" : ", ") + std::string(builtin_name(builtin));
    }
    if (!missing.empty() && !options_.allow_missing_builtins)
        return runner_error("Builtin(s) {" + missing + "} not present in layout " + layout_.name);
    return {};
}

// One segment of zeros for all mod builtins, not marked as accessed.
void ProgramRunner::add_zero_segment() {
    const auto& builtins = vm_.builtins();
    if (builtins.find(BuiltinName::add_mod) == nullptr &&
        builtins.find(BuiltinName::mul_mod) == nullptr)
        return;
    const std::uint64_t cells = std::max<std::uint64_t>(4, 3 * builtins.mod_batch_size());
    const std::vector<Felt> zeros(cells);
    // Fresh cells take any value.
    (void)vm_.memory().load(vm_.memory().add_segment(), zeros);
}

Result<void> ProgramRunner::initialize() {
    BX_CHECK(vm_.memory().reserve(vm_.memory().segments()[1], kExecutionCells));
    BX_CHECK(add_builtins());
    for (const Builtin& builtin : vm_.builtins().all())
        BX_CHECK(vm_.memory().reserve(vm_.memory().segments()[builtin.segment], kBuiltinCells));
    for (const BuiltinName builtin : program_.builtins) {
        const Builtin* const held = vm_.builtins().find(builtin);
        initial_stack_.push_back(held == nullptr ? Value(Felt(0)) : Value(held->initial_stack()));
    }
    const Relocatable return_fp = vm_.memory().add_segment();
    if (!program_.main)
        return runner_error("Missing main()");
    end_ = vm_.memory().add_segment();
    initial_stack_.emplace_back(return_fp);
    initial_stack_.emplace_back(end_);
    BX_CHECK(vm_.memory().load({1, 0}, initial_stack_));
    initial_fp_ = {1, initial_stack_.size()};
    vm_.set_registers({0, *program_.main}, initial_fp_.offset, initial_fp_.offset);
    add_zero_segment();
    vm_.builtins().install_rules();
    return {};
}

Result<void> ProgramRunner::run_to_end() {
    if (auto result = vm_.run_until(end_, options_.resources); result.has_error())
        return make_vm_exception(vm_, result.error());
    return {};
}

Result<void> ProgramRunner::end() {
    return end_run(vm_);
}

Result<void> ProgramRunner::read_return_values() {
    Relocatable pointer = vm_.ap();
    for (auto name = program_.builtins.rbegin(); name != program_.builtins.rend(); ++name) {
        if (Builtin* const builtin = vm_.builtins().find(*name)) {
            BX_TRY(pointer, vm_.builtins().final_stack(*builtin, pointer));
            continue;
        }
        if (!options_.allow_missing_builtins)
            return runner_error(display(*name) + " is missing");
        pointer.offset -= pointer.offset == 0 ? 0 : 1;
        BX_TRY(const Felt stop, vm_.memory().get_felt(pointer));
        if (!stop.is_zero())
            return runner_error("The stop pointer of the missing builtin " + display(*name) +
                                " must be 0");
    }
    return {};
}

Result<void> ProgramRunner::verify_secure() {
    for (const Builtin& builtin : vm_.builtins().all()) {
        if (!builtin.stop_pointer)
            return runner_error("No stop pointer found for builtin " + display(builtin.name));
        if (vm_.memory().segment_size(builtin.segment) > *builtin.stop_pointer)
            return Error(ErrorKind::virtual_machine, "Out of bounds access to builtin segment");
    }
    return verify_secure_run(vm_, program_.data.size(), initial_fp_, ReturnFpCheck::offset);
}

Result<ExecutionResources> ProgramRunner::resources() const {
    return execution_resources(vm_);
}

}  // namespace blockexecd::vm::cairo0

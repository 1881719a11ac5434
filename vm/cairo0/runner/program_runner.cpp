// SPDX-License-Identifier: Apache-2.0
// The order of segments and checks is the reference's: it shows in addresses and in which error
// comes first.
#include "vm/cairo0/runner/program_runner.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "vm/cairo0/runner/used_cells.hpp"
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

// Where the reference, which makes the steps to find out, is out of memory long since.
constexpr std::uint64_t kMaxPaddedSteps = std::uint64_t{1} << 40;

std::string display(BuiltinName builtin) {
    return std::string(builtin_name(builtin)) + "_builtin";
}

}  // namespace

ProgramRunner::ProgramRunner(Arena& arena, const Cairo0Program& program, Layout layout,
                             RunOptions options, std::shared_ptr<const Code> code)
    : program_(program),
      layout_(std::move(layout)),
      options_(options),
      vm_(arena,
          code ? std::move(code) : make_code(program.data, program.extra, program.debug_info)) {
    // Padding needs the range checks of the steps, so that proof mode always goes through the
    // trace.
    if (options_.trace && options_.trace_sink == nullptr)
        vm_.enable_trace();
    else if (options_.trace || is_proof())
        vm_.stream_trace(options_.trace_sink);
}

Result<void> ProgramRunner::run() {
    BX_CHECK(initialize());
    BX_CHECK(run_to_end());
    BX_CHECK(end());
    BX_CHECK(read_return_values());
    if (is_proof())
        BX_CHECK(finalize_segments());
    return options_.secure_run ? verify_secure() : Result<void>();
}

Result<void> ProgramRunner::add_builtins() {
    if (!layout_.stwo && !is_ordered(program_.builtins))
        return runner_error("Given builtins are not in appropiate order");
    for (const BuiltinName builtin : kBuiltinOrder) {
        const bool included =
            std::ranges::find(program_.builtins, builtin) != program_.builtins.end();
        if (layout_.has(builtin) && (included || is_proof()))
            vm_.builtins().add(builtin, included);
    }
    std::string missing;
    for (const BuiltinName builtin : program_.builtins) {
        if (!layout_.has(builtin) && !layout_.stwo)
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
    const Relocatable base = vm_.memory().add_segment();
    zero_segment_ = base.segment;
    // Fresh cells take any value.
    (void)vm_.memory().load(base, zeros);
}

Result<void> ProgramRunner::initialize_stack(std::vector<Value> stack, std::uint64_t entry_pc,
                                             std::uint64_t initial_fp) {
    initial_stack_ = std::move(stack);
    BX_CHECK(vm_.memory().load({1, 0}, initial_stack_));
    initial_fp_ = {1, initial_fp};
    vm_.set_registers({0, entry_pc}, initial_fp, initial_fp);
    return {};
}

Result<void> ProgramRunner::initialize_proof(std::vector<Value> builtin_pointers) {
    // The reference looks for the end after it wrote the stack.
    const auto find_end = [this]() -> Result<void> {
        if (!program_.end_label)
            return runner_error(
                "Running in proof-mode but no __end__ label found, try compiling with proof-mode");
        end_ = {0, *program_.end_label};
        return {};
    };
    const Error no_start = runner_error(
        "Running in proof-mode but no __start__ label found, try compiling with proof-mode");
    std::vector<Value> stack;
    if (options_.mode == RunMode::proof_cairo1) {
        stack = std::move(builtin_pointers);
        const std::uint64_t initial_fp = stack.size() + 2;
        stack.emplace_back(vm_.memory().add_segment());
        stack.emplace_back(vm_.memory().add_segment());
        if (!program_.start_label)
            return no_start;
        BX_CHECK(initialize_stack(std::move(stack), *program_.start_label, initial_fp));
        return find_end();
    }
    // A caller's fp and return pc that a verifier can know: fp itself, and 0.
    constexpr std::uint64_t kInitialFp = 2;
    stack.emplace_back(Relocatable{1, kInitialFp});
    stack.emplace_back(std::uint64_t{0});
    stack.insert(stack.end(), builtin_pointers.begin(), builtin_pointers.end());
    for (std::uint64_t offset = 0; offset < stack.size(); ++offset)
        execution_public_memory_.push_back(offset);
    if (!program_.start_label)
        return no_start;
    BX_CHECK(initialize_stack(std::move(stack), *program_.start_label, kInitialFp));
    return find_end();
}

Result<void> ProgramRunner::initialize() {
    if (options_.disable_trace_padding && !is_proof())
        return runner_error(
            "Initialization failure: Cannot run with trace padding disabled without proof mode");
    vm_.memory().expect_long_run();
    BX_CHECK(add_builtins());
    std::vector<Value> stack;
    stack.reserve(program_.builtins.size() + 2);
    for (const BuiltinName builtin : program_.builtins) {
        const Builtin* const held = vm_.builtins().find(builtin);
        stack.push_back(held == nullptr ? Value(Felt(0)) : Value(held->initial_stack()));
    }
    if (is_proof()) {
        BX_CHECK(initialize_proof(std::move(stack)));
    } else {
        const Relocatable return_fp = vm_.memory().add_segment();
        if (!program_.main)
            return runner_error("Missing main()");
        end_ = vm_.memory().add_segment();
        stack.emplace_back(return_fp);
        stack.emplace_back(end_);
        const std::uint64_t initial_fp = stack.size();
        BX_CHECK(initialize_stack(std::move(stack), *program_.main, initial_fp));
    }
    add_zero_segment();
    vm_.builtins().install_rules();
    return {};
}

Result<void> ProgramRunner::run_to_end() {
    if (auto result = vm_.run_until(end_, options_.resources); result.has_error())
        return make_vm_exception(vm_, result.error());
    return is_proof() ? step_for_proof(1) : Result<void>();
}

bool ProgramRunner::is_idle() const {
    const TraceEntry next{vm_.pc(), vm_.ap().offset, vm_.fp().offset};
    return vm_.code().hints_at(next.pc.offset).empty() && vm_.trace().size() != 0 &&
           vm_.trace().last() == next;
}

// The reference's run_for_steps: the hints of the first pc come before every one of the steps.
Result<void> ProgramRunner::step_for_proof(std::uint64_t steps) {
    const std::span<const Hint> hints = vm_.code().hints_at(vm_.pc().offset);
    for (std::uint64_t made = 0; made < steps; ++made) {
        if (is_idle()) {
            vm_.repeat_last_step(steps - made);
            return {};
        }
        BX_CHECK(vm_.step_with_hints(hints));
    }
    return {};
}

Result<void> ProgramRunner::pad() {
    UsedCellsCheck used_cells(vm_, layout_);
    std::uint64_t steps = std::bit_ceil(vm_.steps());
    while (true) {
        // Further steps of an idle machine change nothing, so only their number has to be found.
        if (!is_idle()) {
            BX_CHECK(step_for_proof(steps - vm_.steps()));
            used_cells.forget();
        }
        const auto checked = used_cells.check(steps);
        if (checked.has_value())
            return step_for_proof(steps - vm_.steps());
        if (!is_insufficient_cells(checked.error()))
            return checked;
        if (steps == kMaxPaddedSteps)
            return runner_error("No number of steps is enough for this layout: " +
                                checked.error().message());
        if (!is_idle())
            BX_CHECK(step_for_proof(1));
        steps = std::bit_ceil(steps + 1);
    }
}

Result<void> ProgramRunner::end() {
    BX_CHECK(end_run(vm_, options_.fill_holes));
    return is_proof() && !options_.disable_trace_padding ? pad() : Result<void>();
}

Result<void> ProgramRunner::finalize_segments() {
    if (!is_proof())
        return runner_error("finalize_segments called but proof_mode is not enabled");
    const std::uint64_t length = program_.data.size();
    set_final_size(0, length);
    auto& program_cells = public_memory_[0];
    for (std::uint64_t offset = 0; offset < length; ++offset)
        program_cells.push_back({offset, 0});
    auto& stack_cells = public_memory_[1];
    for (const std::uint64_t offset : execution_public_memory_)
        stack_cells.push_back({offset, 0});
    const AllocationInputs inputs{vm_.builtins(), layout_, vm_.steps(),
                                  !options_.disable_trace_padding};
    for (const Builtin& builtin : vm_.builtins().all()) {
        const auto cells = used_and_allocated_cells(inputs, builtin);
        if (cells.has_error())
            return runner_error("Error while finalizing segments: " + cells.error().message());
        set_final_size(builtin.segment, cells->allocated);
        if (builtin.name != BuiltinName::output)
            continue;
        auto& output_cells = public_memory_[builtin.segment];
        for (std::uint64_t offset = 0; offset < cells->used; ++offset)
            output_cells.push_back({offset, 0});
        for (const auto& [id, page] : vm_.builtins().output_data().pages)
            for (std::uint64_t i = 0; i < page.size && page.start + i < output_cells.size(); ++i)
                output_cells[page.start + i].page = id;
    }
    if (zero_segment_)
        set_final_size(*zero_segment_, vm_.memory().used_size(*zero_segment_));
    return {};
}

void ProgramRunner::set_final_size(std::int32_t segment, std::uint64_t size) {
    final_sizes_[segment] = size;
}

std::vector<std::uint64_t> ProgramRunner::segment_sizes() const {
    std::vector<std::uint64_t> sizes;
    const auto count = static_cast<std::int32_t>(vm_.memory().segment_count());
    for (std::int32_t segment = 0; segment < count; ++segment) {
        const auto final_size = final_sizes_.find(segment);
        sizes.push_back(final_size == final_sizes_.end() ? vm_.memory().used_size(segment)
                                                         : final_size->second);
    }
    return sizes;
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
    if (is_proof())
        for (std::uint64_t offset = pointer.offset; offset < vm_.ap().offset; ++offset)
            execution_public_memory_.push_back(offset);
    return {};
}

Result<void> ProgramRunner::verify_secure() {
    for (const Builtin& builtin : vm_.builtins().all()) {
        if (!builtin.stop_pointer && is_proof())
            continue;
        if (!builtin.stop_pointer)
            return runner_error("No stop pointer found for builtin " + display(builtin.name));
        if (vm_.memory().segment_size(builtin.segment) > *builtin.stop_pointer)
            return Error(ErrorKind::virtual_machine, "Out of bounds access to builtin segment");
    }
    constexpr std::array kChecks{ReturnFpCheck::offset, ReturnFpCheck::address,
                                 ReturnFpCheck::none};
    return verify_secure_run(vm_, program_.data.size(), initial_fp_,
                             kChecks[static_cast<std::size_t>(options_.mode)]);
}

Result<ExecutionResources> ProgramRunner::resources() const {
    return execution_resources(vm_, segment_sizes());
}

}  // namespace blockexecd::vm::cairo0

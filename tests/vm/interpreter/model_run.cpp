// SPDX-License-Identifier: Apache-2.0
// Prepares both alike, runs both, compares.
#include "tests/vm/interpreter/model_run.hpp"

#include <algorithm>
#include <span>

#include "tests/vm/interpreter/machine_model.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kMaxCells = 100000;
constexpr std::string_view kNoRoom = "Vector capacity exceeded";

std::string differs(const std::string& what, const std::string& machine, const std::string& model) {
    return what + ": machine " + machine + ", model " + model;
}

std::string text(const std::optional<Value>& value) {
    return value ? value->to_string() : "empty";
}

std::string compare_registers(const MachineModel& model, const VirtualMachine& vm) {
    if (!(vm.pc() == model.pc))
        return differs("pc", vm.pc().to_string(), model.pc.to_string());
    const std::array numbers{std::tuple("steps", vm.steps(), model.steps),
                             std::tuple("ap", vm.ap().offset, model.ap),
                             std::tuple("fp", vm.fp().offset, model.fp),
                             std::tuple("segments", std::uint64_t{vm.memory().segment_count()},
                                        static_cast<std::uint64_t>(model.segments))};
    for (const auto& [name, machine, expected] : numbers)
        if (machine != expected)
            return differs(name, std::to_string(machine), std::to_string(expected));
    return {};
}

std::string compare_cells(const MachineModel& model, const VirtualMachine& vm, bool marks) {
    const Memory& memory = vm.memory();
    for (std::int32_t segment = 0; segment < model.segments; ++segment) {
        const std::uint64_t size = std::max(memory.segment_size(segment), model.size(segment));
        if (size > kMaxCells)
            return {};
        if (marks && memory.segment_size(segment) != model.size(segment))
            return differs("size of segment " + std::to_string(segment),
                           std::to_string(memory.segment_size(segment)),
                           std::to_string(model.size(segment)));
        for (std::uint64_t offset = 0; offset < size; ++offset) {
            const Relocatable at{segment, offset};
            if (memory.get(at) != model.get(at))
                return differs(at.to_string(), text(memory.get(at)), text(model.get(at)));
            const bool accessed = model.get(at) && model.accessed.contains({segment, offset});
            if (marks && memory.is_accessed(at) != accessed)
                return differs("mark of " + at.to_string(),
                               memory.is_accessed(at) ? "set" : "not set",
                               accessed ? "set" : "not set");
        }
    }
    return {};
}

MachineModel make_model(const ModelProgram& program, std::span<const Value> stack) {
    MachineModel model;
    model.segments = 6;
    model.range_check = 2;
    model.bitwise = 3;
    model.ap = model.fp = stack.size();
    const auto load = [&model](std::int32_t segment, const auto& values) {
        std::uint64_t offset = 0;
        for (const auto& value : values)
            model.cells.emplace(std::pair(segment, offset++), Value(value));
    };
    load(0, program.words);
    for (std::uint64_t i = 0; i < program.words.size(); ++i)
        model.accessed.insert({0, i});
    load(1, stack);
    load(3, program.bits);
    load(4, program.data);
    return model;
}

ModelComparison compare(const ModelProgram& program, ModelMode mode, Arena& arena) {
    VirtualMachine vm(arena, Code::make(program.words, {}));
    vm.builtins().add(BuiltinName::range_check);
    vm.builtins().add(BuiltinName::bitwise);
    vm.builtins().install_rules();
    (void)vm.memory().add_segment();
    const Relocatable end = vm.memory().add_segment();
    std::vector<Value> stack = program.stack;
    stack.emplace_back(Relocatable{1, program.frame});
    stack.emplace_back(end);
    // Fresh cells take any value.
    (void)vm.memory().load({1, 0}, stack);
    (void)vm.memory().load({4, 0}, program.data);
    (void)vm.memory().load({3, 0}, std::span<const Value>(program.bits));
    vm.set_registers({0, 0}, stack.size(), stack.size());
    if (mode.trace)
        vm.enable_trace();

    MachineModel model = make_model(program, stack);
    std::string expected;
    std::vector<TraceEntry> expected_trace;
    while (expected.empty() && !(model.pc == end) && model.steps < program.step_limit) {
        const TraceEntry entry{model.pc, model.ap, model.fp};
        expected = model.step();
        if (expected.empty())
            expected_trace.push_back(entry);
    }
    ModelComparison result;
    const bool exhausted = expected.empty() && !(model.pc == end);
    result.completed = expected.empty() && !exhausted;
    if (exhausted)
        expected = "Could not reach the end of the program. RunResources has no remaining steps.";

    std::string found;
    RunResources resources{program.step_limit};
    if (mode.fast) {
        if (const auto run = vm.run_until(end, &resources); run.has_error())
            found = run.error().message();
    } else {
        while (found.empty() && !(vm.pc() == end) && vm.steps() < program.step_limit)
            if (const auto step = vm.step(); step.has_error())
                found = step.error().message();
        if (exhausted && found.empty())
            found = expected;
    }
    // The model has no arena to fill.
    if (found == kNoRoom && expected != kNoRoom)
        return {};
    if (found != expected)
        result.difference = differs("error", found, expected);
    else if (mode.fast && resources.n_steps != program.step_limit - model.steps)
        result.difference = differs("steps left", std::to_string(resources.n_steps),
                                    std::to_string(program.step_limit - model.steps));
    else if (mode.trace && (result.completed || exhausted) &&
             vm.trace().entries() != expected_trace)
        result.difference = "trace";
    if (result.difference.empty())
        result.difference = compare_registers(model, vm);
    if (result.difference.empty())
        result.difference = compare_cells(model, vm, result.completed || exhausted);
    return result;
}

}  // namespace

ModelComparison compare_with_model(const ModelProgram& program, ModelMode mode, Arena& arena) {
    const Arena::Mark mark = arena.mark();
    ModelComparison result = compare(program, mode, arena);
    arena.rewind(mark);
    return result;
}

}  // namespace blockexecd::vm

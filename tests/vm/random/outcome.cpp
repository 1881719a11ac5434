// SPDX-License-Identifier: Apache-2.0
// Runs a program by its flow and writes the machine down.
#include "tests/vm/random/outcome.hpp"

#include <array>
#include <sstream>

#include "tests/vm/random/string_sink.hpp"
#include "vm/cairo0/runner/flat_memory.hpp"
#include "vm/cairo0/runner/outputs.hpp"
#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/hints/casm_hint_table.hpp"
#include "vm/program/instruction.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::vm::random {

namespace {

// A program that writes farther than this is not compared: the reference would fill real memory up
// to there.
constexpr std::uint64_t kMaxSegment = std::uint64_t{1} << 16;
constexpr std::uint64_t kTemporaryCells = 256;

std::uint64_t fnv(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text)
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    return hash;
}

std::string hex16(std::uint64_t number) {
    std::string out(16, '0');
    for (std::size_t i = 16; i-- > 0; number >>= 4)
        out[i] = "0123456789abcdef"[number & 15];
    return out;
}

std::string escape(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\\\";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    return out;
}

Result<void> prepare(VirtualMachine& vm, const RandomProgram& program) {
    for (std::uint64_t i = 0; i < program.segments; ++i)
        (void)vm.memory().add_segment();
    for (std::uint64_t i = 0; i < program.temporary; ++i)
        (void)vm.memory().add_temporary_segment();
    for (const RandomSignature& signature : program.signatures)
        vm.builtins().add_signature(signature.public_key, signature.r, signature.s);
    for (const auto& [address, value] : program.cells)
        BX_CHECK(vm.memory().insert(address, value));
    return {};
}

void write_cells(std::ostream& out, const VirtualMachine& vm, bool marks) {
    const Memory& memory = vm.memory();
    for (std::int32_t segment = 0; segment < static_cast<std::int32_t>(memory.segment_count());
         ++segment) {
        const std::uint64_t size = memory.segment_size(segment);
        out << "segment " << segment << ' ' << size << '\n';
        for (std::uint64_t offset = 0; offset < size; ++offset) {
            const Cell* const cell = memory.cell({segment, offset});
            if (!cell->is_empty())
                out << offset << ' ' << cell->load().to_string()
                    << (marks && cell->is_accessed() ? "*" : "") << '\n';
        }
    }
    for (std::int32_t segment = 1;
         segment <= static_cast<std::int32_t>(memory.temporary_segment_count()); ++segment) {
        out << "temporary " << segment << '\n';
        for (std::uint64_t offset = 0; offset < kTemporaryCells; ++offset)
            if (const auto value = memory.get({-segment, offset}))
                out << offset << ' ' << value->to_string() << '\n';
    }
}

std::string machine_text(const VirtualMachine& vm, const Outcome& outcome, std::uint64_t left,
                         const Result<ExecutionResources>& resources) {
    std::ostringstream out;
    if (outcome.stage != "initialize" && outcome.stage != "prepare") {
        out << "pc " << vm.pc().to_string() << " ap " << vm.ap().to_string() << " fp "
            << vm.fp().to_string() << " steps " << vm.steps() << " left " << left << '\n';
        std::string trace;
        for (const TraceEntry& entry : vm.trace().entries())
            trace += entry.pc.to_string() + " " + std::to_string(entry.ap) + " " +
                     std::to_string(entry.fp) + "\n";
        out << "trace " << hex16(fnv(trace)) << '\n';
    }
    write_cells(out, vm, outcome.stage == "ok");
    if (outcome.stage != "ok")
        return out.str();
    if (resources.has_error())
        return out.str() + resources.error().message();
    out << "n_steps " << resources->n_steps << " n_memory_holes " << resources->n_memory_holes
        << '\n';
    for (std::size_t i = 0; i < kBuiltinCount; ++i)
        if (const auto name = static_cast<BuiltinName>(i); vm.builtins().find(name) != nullptr)
            out << builtin_name(name) << ' ' << (*resources)[name] << '\n';
    return out.str();
}

// Whether the run stayed small. A write that finds no room here may still have found it, and filled
// it, in the reference.
bool is_small(const VirtualMachine& vm, const Outcome& outcome) {
    if (outcome.error.find("Vector capacity exceeded") != outcome.error.npos)
        return false;
    const Memory& memory = vm.memory();
    for (std::int32_t segment = -static_cast<std::int32_t>(memory.temporary_segment_count());
         segment < static_cast<std::int32_t>(memory.segment_count()); ++segment)
        if (memory.segment_size(segment) > kMaxSegment)
            return false;
    return true;
}

void count_forms(const VirtualMachine& vm, Tally& tally) {
    static constexpr std::array kOpcodes{"nop", "call", "ret", "", "assert"};
    static constexpr std::array kPcUpdates{"", " jump", " jump_rel", "", " jnz"};
    static constexpr std::array kResults{" op1", " add", " mul", ""};
    static constexpr std::array kSources{" [op0]", " imm", " fp", " ap"};
    static constexpr std::array kExtensions{"", " blake", " blake_finalize", " qm31"};
    static_assert(static_cast<int>(Opcode::nop) == 0);
    for (const TraceEntry& entry : vm.trace().entries()) {
        const auto word = vm.memory().get_felt(entry.pc);
        const auto decoded =
            word.has_value() ? decode_instruction(*word) : Result<Instruction>(word.error());
        if (decoded.has_error())
            continue;
        const Instruction& i = *decoded;
        const auto opcode = i.opcode == Opcode::nop    ? 0U
                            : i.opcode == Opcode::call ? 1U
                            : i.opcode == Opcode::ret  ? 2U
                                                       : 4U;
        const auto pc = i.pc_update == PcUpdate::regular    ? 0U
                        : i.pc_update == PcUpdate::jump     ? 1U
                        : i.pc_update == PcUpdate::jump_rel ? 2U
                                                            : 4U;
        const auto res = i.res == Res::op1   ? 0U
                         : i.res == Res::add ? 1U
                         : i.res == Res::mul ? 2U
                                             : 3U;
        const auto op1 = i.op1_source == Op1Source::op0   ? 0U
                         : i.op1_source == Op1Source::imm ? 1U
                         : i.op1_source == Op1Source::fp  ? 2U
                                                          : 3U;
        std::string name = std::string("form ") + kOpcodes[opcode] + kPcUpdates[pc] +
                           kResults[res] + kSources[op1] +
                           kExtensions[static_cast<std::size_t>(i.extension)];
        if (i.ap_update == ApUpdate::add)
            name += " ap+=res";
        ++tally[name];
        if (entry.pc.segment != 0)
            ++tally["steps outside of the program segment"];
    }
    tally["steps"] += vm.trace().size();
}

// Which Cairo 1 hints ran: well in every step that was made, and the last ones of a run that failed
// in a hint.
void count_casm_hints(const RandomProgram& random, const VirtualMachine& vm, const Outcome& outcome,
                      Tally& tally) {
    std::map<std::uint64_t, const CasmHintsAtPc*> by_pc;
    for (const CasmHintsAtPc& at : random.casm_hints)
        by_pc.emplace(at.pc, &at);
    const auto count = [&](const Relocatable& pc, const char* how) {
        if (const auto found = by_pc.find(pc.offset); found != by_pc.end())
            for (const CasmHint& hint : found->second->hints)
                ++tally["casm hint " + std::string(casm_hint_name(hint.id)) + how];
    };
    for (const TraceEntry& entry : vm.trace().entries())
        count(entry.pc, " done");
    if (outcome.error.find("while executing a hint") != outcome.error.npos)
        count(vm.pc(), " refused");
}

Outcome run_main(const RandomProgram& random, const cairo0::Cairo0Program& program, Arena& arena,
                 Tally* tally) {
    RunResources steps{random.steps};
    cairo0::ProgramRunner runner(arena, program, *cairo0::find_layout("all_cairo"),
                                 {.trace = true, .resources = &steps});
    Outcome outcome;
    std::string files;
    const auto stage = [&outcome](const char* name, const Result<void>& result) {
        if (!outcome.error.empty() || (!outcome.stage.empty() && outcome.stage != "ok"))
            return false;
        outcome.stage = result.has_error() ? name : "ok";
        outcome.error = result.has_error() ? result.error().message() : "";
        return !result.has_error();
    };
    const auto relocate = [&]() -> Result<void> {
        const std::vector<std::uint64_t> sizes = runner.segment_sizes();
        BX_TRY(const cairo0::FlatMemory flat,
               cairo0::FlatMemory::make(runner.vm().memory(), sizes));
        StringSink trace, memory;
        flat.write(memory);
        BX_CHECK(cairo0::write_trace(runner.vm().trace(), flat.table(), trace));
        files = "files " + hex16(fnv(trace.bytes)) + " " + hex16(fnv(memory.bytes)) + "\nsizes ";
        for (std::int32_t i = 0;
             i < static_cast<std::int32_t>(runner.vm().memory().segment_count()); ++i)
            files += std::to_string(runner.vm().memory().used_size(i)) + " ";
        files += "\n" + cairo0::output_lines(runner.vm());
        return {};
    };
    (void)(stage("initialize", runner.initialize()) &&
           stage("prepare", prepare(runner.vm(), random)) && stage("run", runner.run_to_end()) &&
           stage("end", runner.end()) && stage("return", runner.read_return_values()) &&
           stage("secure", runner.verify_secure()) && stage("relocate", relocate()));
    outcome.comparable = is_small(runner.vm(), outcome);
    outcome.machine = machine_text(runner.vm(), outcome, steps.n_steps, runner.resources()) + files;
    if (tally != nullptr && outcome.comparable)
        count_forms(runner.vm(), *tally);
    return outcome;
}

Outcome run_function(const RandomProgram& random, std::shared_ptr<const Code> code, Arena& arena,
                     Tally* tally) {
    RunResources steps{random.steps};
    FunctionRunner runner(arena, std::move(code), nullptr);
    Outcome outcome;
    runner.vm().enable_trace();
    const auto run = [&]() -> Result<void> {
        outcome.stage = "initialize";
        BX_CHECK(runner.add_builtins(random.builtins));
        outcome.stage = "prepare";
        BX_CHECK(prepare(runner.vm(), random));
        outcome.stage = "run";
        BX_CHECK(runner.run_from_entrypoint(random.main, random.arguments, &steps));
        outcome.stage = "secure";
        BX_CHECK(runner.verify_secure(random.data.size()));
        outcome.stage = "ok";
        return {};
    };
    if (const auto result = run(); result.has_error())
        outcome.error = result.error().message();
    outcome.comparable = is_small(runner.vm(), outcome);
    outcome.machine = machine_text(runner.vm(), outcome, steps.n_steps, runner.resources());
    if (tally != nullptr && outcome.comparable) {
        count_forms(runner.vm(), *tally);
        count_casm_hints(random, runner.vm(), outcome, *tally);
    }
    return outcome;
}

}  // namespace

std::string Outcome::line(std::uint64_t seed) const {
    return std::to_string(seed) + "\t" + hex16(fnv(machine)) + "\t" + stage + "\t" + escape(error);
}

Outcome run_random_program(const RandomProgram& random, Arena& arena, Tally* tally) {
    const auto refused = [](const Error& error) {
        Outcome outcome;
        outcome.stage = "load";
        outcome.error = error.message();
        return outcome;
    };
    const Arena::Mark mark = arena.mark();
    Outcome outcome;
    if (random.flow == Flow::casm) {
        auto code = make_casm_code(random.data, random.casm_hints);
        if (code.has_error())
            return refused(code.error());
        outcome = run_function(random, *code, arena, tally);
    } else {
        const auto program = cairo0::parse_program(to_program_json(random), "main");
        if (program.has_error())
            return refused(program.error());
        outcome =
            random.flow == Flow::main
                ? run_main(random, *program, arena, tally)
                : run_function(
                      random, cairo0::make_code(program->data, program->extra, program->debug_info),
                      arena, tally);
    }
    arena.rewind(mark);
    return outcome;
}

}  // namespace blockexecd::vm::random

// SPDX-License-Identifier: Apache-2.0
// Keys in the reference's order; the segments', which are in no order there, in that of the
// builtins.
#include "vm/cairo0/runner/air_input.hpp"
#include "vm/cairo0/runner/used_cells.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

void write_segment(JsonOutput& out, std::string_view name, std::uint64_t begin, std::uint64_t end) {
    out.key(name);
    out.begin_object();
    out.member("begin_addr", begin);
    out.member("stop_ptr", end);
    out.end_object();
}

Result<std::uint64_t> flat_pc(const TraceEntry& entry, std::span<const std::uint64_t> table) {
    const auto segment = static_cast<std::size_t>(entry.pc.segment);
    if (entry.pc.segment < 0 || segment >= table.size())
        return Error(ErrorKind::trace, "No relocation found for this segment");
    return table[segment] + entry.pc.offset;
}

Result<void> write_segments(const ProgramRunner& runner, std::span<const std::uint64_t> table,
                            JsonOutput& out) {
    const VirtualMachine& vm = runner.vm();
    out.key("memory_segments");
    out.begin_object();
    const TraceEntry first = vm.trace().first(), last = vm.trace().last();
    BX_TRY(const std::uint64_t first_pc, flat_pc(first, table));
    BX_TRY(const std::uint64_t last_pc, flat_pc(last, table));
    write_segment(out, "program", first_pc, last_pc);
    write_segment(out, "execution", first.ap + table[1], last.ap + table[1]);
    for (const Builtin& builtin : vm.builtins().all()) {
        if (builtin.included && !builtin.stop_pointer)
            return Error(ErrorKind::runner,
                         "No stop pointer found for builtin " + builtin_display(builtin.name));
        const std::uint64_t base = table[static_cast<std::size_t>(builtin.segment)];
        write_segment(out, builtin_name(builtin.name), base,
                      base + builtin.stop_pointer.value_or(0));
    }
    out.end_object();
    return {};
}

Result<void> write_public_memory(const ProgramRunner& runner, const FlatMemory& memory,
                                 JsonOutput& out) {
    out.key("public_memory");
    out.begin_array();
    for (const auto& [segment, cells] : runner.public_memory()) {
        const std::uint64_t base = memory.table()[static_cast<std::size_t>(segment)];
        for (const PublicCell& cell : cells) {
            const std::uint64_t address = base + cell.offset;
            if (address >= memory.size())
                return Error(ErrorKind::runner,
                             "The provided memory doesn't contain public address " +
                                 std::to_string(address));
            out.begin_object();
            out.member("address", address);
            out.key("value");
            if (const auto value = memory.at(address))
                out.hex(*value);
            else
                out.null();
            out.member("page", cell.page);
            out.end_object();
        }
    }
    out.end_array();
    return {};
}

}  // namespace

Result<void> write_air_public_input(const ProgramRunner& runner, const FlatMemory& memory,
                                    JsonOutput& out) {
    const auto limits = range_check_limits(runner.vm());
    if (!limits)
        return Error(ErrorKind::runner, "Range check values are missing");
    if (runner.vm().trace().size() == 0)
        return Error(ErrorKind::runner, "The trace slice provided is empty");
    out.begin_object();
    out.member("layout", runner.layout().name);
    out.key("rc_min");
    out.signed_number(limits->min);
    out.key("rc_max");
    out.signed_number(limits->max);
    out.member("n_steps", runner.vm().trace().size());
    BX_CHECK(write_segments(runner, memory.table(), out));
    BX_CHECK(write_public_memory(runner, memory, out));
    out.key("dynamic_params");
    out.null();
    out.end_object();
    out.finish();
    return {};
}

}  // namespace blockexecd::vm::cairo0

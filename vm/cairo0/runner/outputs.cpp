// SPDX-License-Identifier: Apache-2.0
// Formats as in the reference's cairo_run.rs.
#include "vm/cairo0/runner/outputs.hpp"

#include <array>

namespace blockexecd::vm::cairo0 {

namespace {

void write_u64(std::ostream& out, std::uint64_t value) {
    std::array<char, 8> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(value >> (8 * i));
    out.write(bytes.data(), bytes.size());
}

Error memory_error(std::string message) {
    return {ErrorKind::memory, std::move(message)};
}

Result<Felt> flat_value(const Value& value, const std::vector<std::uint64_t>& table) {
    if (value.is_felt())
        return value.felt();
    const Relocatable& address = value.relocatable();
    if (address.segment < 0)
        return memory_error("Temporary segment found while relocating (flattening), segment: " +
                            std::to_string(address.segment));
    if (static_cast<std::size_t>(address.segment) >= table.size())
        return memory_error("Inconsistent Relocation");
    return Felt(table[static_cast<std::size_t>(address.segment)]) + Felt(address.offset);
}

}  // namespace

std::vector<std::uint64_t> relocation_table(const VirtualMachine& vm) {
    std::vector<std::uint64_t> table{1};
    const auto segments = static_cast<std::int32_t>(vm.memory().segment_count());
    for (std::int32_t segment = 0; segment < segments; ++segment)
        table.push_back(table.back() + vm.memory().used_size(segment));
    return table;
}

Result<void> write_trace(const VirtualMachine& vm, const std::vector<std::uint64_t>& table,
                         std::ostream& out) {
    for (const TraceEntry& entry : vm.trace()) {
        const auto segment = static_cast<std::size_t>(entry.pc.segment);
        if (entry.pc.segment < 0 || segment >= table.size())
            return Error(ErrorKind::trace, "No relocation found for this segment");
        write_u64(out, entry.ap + table[1]);
        write_u64(out, entry.fp + table[1]);
        write_u64(out, entry.pc.offset + table[segment]);
    }
    return {};
}

Result<void> write_memory(const VirtualMachine& vm, const std::vector<std::uint64_t>& table,
                          std::ostream& out) {
    const auto segments = static_cast<std::int32_t>(vm.memory().segment_count());
    for (std::int32_t segment = 0; segment < segments; ++segment) {
        const std::uint64_t size = vm.memory().segment_size(segment);
        for (std::uint64_t offset = 0; offset < size; ++offset) {
            const Cell* const cell = vm.memory().cell({segment, offset});
            if (cell->is_empty())
                continue;
            BX_TRY(const Felt value, flat_value(cell->load(), table));
            write_u64(out, table[static_cast<std::size_t>(segment)] + offset);
            const auto bytes = value.to_bytes_le();
            out.write(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        }
    }
    return {};
}

std::string output_lines(const VirtualMachine& vm) {
    const Builtin* const output = vm.builtins().find(BuiltinName::output);
    std::string lines;
    if (output == nullptr)
        return lines;
    for (std::uint64_t offset = 0; offset < vm.memory().used_size(output->segment); ++offset) {
        const auto value = vm.memory().get({output->segment, offset});
        if (!value)
            lines += "<missing>";
        else
            lines += value->is_felt() ? value->felt().to_signed_decimal()
                                      : value->relocatable().to_string();
        lines += "\n";
    }
    return lines;
}

}  // namespace blockexecd::vm::cairo0

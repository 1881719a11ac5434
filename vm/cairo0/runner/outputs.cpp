// SPDX-License-Identifier: Apache-2.0
// As in the reference's write_output.
#include "vm/cairo0/runner/outputs.hpp"

#include <bit>
#include <vector>

namespace blockexecd::vm::cairo0 {

Result<void> write_trace(const Trace& trace, std::span<const std::uint64_t> relocation_table,
                         ByteSink& out) {
    std::vector<std::uint64_t> words;
    for (const TraceEntry& entry : trace.entries()) {
        const auto segment = static_cast<std::size_t>(entry.pc.segment);
        if (entry.pc.segment < 0 || segment >= relocation_table.size())
            return Error(ErrorKind::trace, "No relocation found for this segment");
        words.insert(words.end(), {entry.ap + relocation_table[1], entry.fp + relocation_table[1],
                                   entry.pc.offset + relocation_table[segment]});
    }
    static_assert(std::endian::native == std::endian::little);
    out.write(std::as_bytes(std::span(words)));
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

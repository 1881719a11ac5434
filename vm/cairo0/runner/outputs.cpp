// SPDX-License-Identifier: Apache-2.0
// As in the reference's write_output.
#include "vm/cairo0/runner/outputs.hpp"

namespace blockexecd::vm::cairo0 {

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

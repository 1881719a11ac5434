// SPDX-License-Identifier: Apache-2.0
// Builds the text and the detail of a VmException.
#include "vm/runner/vm_exception.hpp"

namespace blockexecd::vm {

namespace {

std::string error_attribute(const VirtualMachine& vm, const Relocatable& pc) {
    const ProgramAnnotations* const annotations = vm.code().annotations();
    return annotations == nullptr || pc.segment != 0 ? std::string()
                                                     : annotations->error_attribute(vm, pc.offset);
}

std::optional<std::string> traceback(const VirtualMachine& vm) {
    std::string lines;
    const ProgramAnnotations* const annotations = vm.code().annotations();
    for (const auto& [frame, pc] : vm.traceback()) {
        lines += error_attribute(vm, pc);
        const std::string place = "(pc=" + pc.to_string() + ")";
        std::optional<std::string> location;
        if (annotations != nullptr && pc.segment == 0)
            location = annotations->traceback_location(pc.offset, place);
        lines += location.value_or("Unknown location " + place) + "\n";
    }
    if (lines.empty())
        return std::nullopt;
    return "Cairo traceback (most recent call last):\n" + lines;
}

}  // namespace

Error make_vm_exception(const VirtualMachine& vm, const Error& error) {
    auto detail = std::make_shared<VmExceptionDetail>();
    detail->pc = vm.pc();
    detail->error_attribute = error_attribute(vm, vm.pc());
    detail->traceback = traceback(vm);

    const std::string message = "Error at pc=" + detail->pc.to_string() + ":\n" + error.message();
    std::optional<std::string> located;
    if (const ProgramAnnotations* const annotations = vm.code().annotations();
        annotations != nullptr && detail->pc.segment == 0) {
        std::optional<std::size_t> hint_index;
        if (const auto hint = error.detail<HintErrorDetail>())
            hint_index = hint->index;
        located = annotations->located_message(detail->pc.offset, hint_index, message);
    }
    std::string text =
        detail->error_attribute + located.value_or(message + "\n") + detail->traceback.value_or("");
    return {ErrorKind::vm_exception, std::move(text), error, std::move(detail)};
}

}  // namespace blockexecd::vm

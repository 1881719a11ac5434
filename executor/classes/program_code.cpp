// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/program_code.hpp"

#include <string_view>

#include "vm/cairo0/program/program.hpp"
#include "vm/hints/casm_hint.hpp"
#include "vm/hints/casm_hint_table.hpp"

namespace blockexecd::executor {

std::vector<std::uint8_t> encode_program_extra(const CasmClass& casm) {
    const std::string bytes = vm::encode_casm_hints(casm.hints);
    return {bytes.begin(), bytes.end()};
}

vm::Result<std::vector<std::uint8_t>> encode_program_extra(const Cairo0Class& cairo0) {
    auto program = vm::cairo0::parse_program(cairo0.program.text());
    if (program.has_error())
        return cairo0.program.error(program.error().message());
    const std::string bytes = vm::cairo0::encode_extra(program->extra);
    return std::vector<std::uint8_t>(bytes.begin(), bytes.end());
}

vm::Result<std::shared_ptr<const vm::Code>> make_program_code(const ClassDefinition& definition) {
    const auto& extra = definition.program_extra;
    if (definition.summary.kind == ClassKind::cairo1) {
        BX_TRY(const vm::CasmHints hints, vm::decode_casm_hints(extra));
        return vm::make_casm_code(definition.bytecode, hints);
    }
    BX_TRY(auto program_extra,
           vm::cairo0::decode_extra({reinterpret_cast<const char*>(extra.data()), extra.size()}));
    return vm::cairo0::make_code(definition.bytecode, std::move(program_extra));
}

}  // namespace blockexecd::executor

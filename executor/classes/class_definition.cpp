// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/class_definition.hpp"

#include "executor/classes/class_hash.hpp"
#include "executor/classes/class_json.hpp"
#include "executor/classes/program_code.hpp"
#include "executor/classes/pythonic_json.hpp"

namespace blockexecd::executor {

vm::Result<ClassDefinition> parse_cairo1_class(const ClassSource& sierra_source,
                                               const ClassSource& casm_source) {
    const JsonText sierra_json = JsonText::document(sierra_source.name, sierra_source.json);
    const JsonText casm_json = JsonText::document(casm_source.name, casm_source.json);
    BX_TRY(const SierraClass sierra, parse_sierra(sierra_json));
    BX_TRY(CasmClass casm, parse_casm(casm_json));
    ClassDefinition definition;
    CompiledClass& summary = definition.summary;
    summary.kind = ClassKind::cairo1;
    summary.class_hash = sierra_class_hash(sierra);
    BX_TRY(summary.sierra_version, sierra_version(sierra, sierra_json));
    summary.bytecode_length = casm.bytecode.size();
    summary.sierra_program_length = sierra.program.size();
    summary.abi_length = sierra.abi.size();
    summary.compiled_class_hash_v1 = compiled_class_hash(CompiledClassHashVersion::v1, casm);
    summary.compiled_class_hash_v2 = compiled_class_hash(CompiledClassHashVersion::v2, casm);
    definition.program_extra = encode_program_extra(casm);
    summary.entry_points = std::move(casm.entry_points);
    summary.bytecode_segments = std::move(casm.segments);
    definition.bytecode = std::move(casm.bytecode);
    return definition;
}

vm::Result<ClassDefinition> parse_cairo0_class(const ClassSource& source) {
    BX_TRY(Cairo0Class cairo0, parse_cairo0(JsonText::document(source.name, source.json)));
    ClassDefinition definition;
    CompiledClass& summary = definition.summary;
    summary.kind = ClassKind::cairo0;
    BX_TRY(summary.class_hash, cairo0_class_hash(cairo0));
    summary.bytecode_length = cairo0.data.size();
    BX_TRY(summary.abi_length, compact_json_length(cairo0.abi));
    summary.bytecode_segments.length = cairo0.data.size();
    for (const std::string& builtin : cairo0.builtins)
        summary.program_builtins.push_back(*vm::builtin_from_name(builtin));
    BX_TRY(definition.program_extra, encode_program_extra(cairo0));
    summary.entry_points = std::move(cairo0.entry_points);
    definition.bytecode = std::move(cairo0.data);
    return definition;
}

vm::Result<void> check_class_hash(const ClassDefinition& definition, const ClassHash& expected,
                                  std::string_view name) {
    if (definition.summary.class_hash == expected)
        return {};
    return vm::Error(vm::ErrorKind::program, std::string(name) + ": its class hash is " +
                                                 definition.summary.class_hash.to_hex() + ", not " +
                                                 expected.to_hex());
}

vm::Result<ClassHash> sierra_class_hash(const ClassSource& source) {
    BX_TRY(const SierraClass sierra, parse_sierra(JsonText::document(source.name, source.json)));
    return sierra_class_hash(sierra);
}

}  // namespace blockexecd::executor

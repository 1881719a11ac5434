// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/class_hash.hpp"

#include <span>

#include "executor/classes/pythonic_json.hpp"
#include "vm/crypto/blake2s.hpp"
#include "vm/crypto/keccak.hpp"
#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/poseidon.hpp"

namespace blockexecd::executor {
namespace {

using ArrayHash = Felt (*)(std::span<const Felt>);

Felt builtins_hash(ArrayHash hash, const std::vector<vm::BuiltinName>& builtins) {
    std::vector<Felt> names;
    names.reserve(builtins.size());
    for (const vm::BuiltinName builtin : builtins)
        names.push_back(Felt::from_ascii(vm::builtin_name(builtin)));
    return hash(names);
}

Felt casm_entry_points_hash(ArrayHash hash, const std::vector<EntryPoint>& entry_points) {
    std::vector<Felt> elements;
    elements.reserve(3 * entry_points.size());
    for (const EntryPoint& entry_point : entry_points) {
        elements.push_back(entry_point.selector);
        elements.emplace_back(entry_point.offset);
        elements.push_back(builtins_hash(hash, entry_point.builtins));
    }
    return hash(elements);
}

// Precondition: the segment's lengths add up to the bytecode's.
Felt bytecode_hash(ArrayHash hash, std::span<const Felt> bytecode, const BytecodeSegment& segment) {
    if (segment.children.empty())
        return hash(bytecode);
    std::vector<Felt> elements;
    elements.reserve(2 * segment.children.size());
    for (const BytecodeSegment& child : segment.children) {
        elements.emplace_back(child.length);
        elements.push_back(bytecode_hash(hash, bytecode.first(child.length), child));
        bytecode = bytecode.subspan(child.length);
    }
    return hash(elements) + Felt(1);
}

Felt sierra_entry_points_hash(const std::vector<SierraEntryPoint>& entry_points) {
    std::vector<Felt> elements;
    elements.reserve(2 * entry_points.size());
    for (const SierraEntryPoint& entry_point : entry_points) {
        elements.push_back(entry_point.selector);
        elements.emplace_back(entry_point.function_idx);
    }
    return vm::poseidon_array(elements);
}

Felt cairo0_entry_points_hash(const std::vector<EntryPoint>& entry_points) {
    std::vector<Felt> elements;
    elements.reserve(2 * entry_points.size());
    for (const EntryPoint& entry_point : entry_points) {
        elements.push_back(entry_point.selector);
        elements.emplace_back(entry_point.offset);
    }
    return vm::pedersen_array(elements);
}

constexpr auto kExternal = static_cast<std::size_t>(EntryPointType::external);
constexpr auto kL1Handler = static_cast<std::size_t>(EntryPointType::l1_handler);
constexpr auto kConstructor = static_cast<std::size_t>(EntryPointType::constructor);

}  // namespace

ClassHash sierra_class_hash(const SierraClass& sierra) {
    const std::array elements{
        Felt::from_ascii("CONTRACT_CLASS_V" + sierra.contract_class_version),
        sierra_entry_points_hash(sierra.entry_points[kExternal]),
        sierra_entry_points_hash(sierra.entry_points[kL1Handler]),
        sierra_entry_points_hash(sierra.entry_points[kConstructor]),
        vm::sn_keccak(sierra.abi),
        vm::poseidon_array(sierra.program),
    };
    return vm::poseidon_array(elements);
}

vm::Result<ClassHash> cairo0_class_hash(const Cairo0Class& cairo0) {
    std::vector<Felt> builtins;
    for (const std::string& builtin : cairo0.builtins)
        builtins.push_back(Felt::from_ascii(builtin));
    BX_TRY(const std::string hinted_json,
           hinted_class_json(cairo0.program, cairo0.abi, cairo0.data));
    const std::array elements{
        Felt(),  // the API version
        cairo0_entry_points_hash(cairo0.entry_points[kExternal]),
        cairo0_entry_points_hash(cairo0.entry_points[kL1Handler]),
        cairo0_entry_points_hash(cairo0.entry_points[kConstructor]),
        vm::pedersen_array(builtins),
        vm::sn_keccak(hinted_json),
        vm::pedersen_array(cairo0.data),
    };
    return vm::pedersen_array(elements);
}

CompiledClassHash compiled_class_hash(CompiledClassHashVersion version, const CasmClass& casm) {
    const ArrayHash hash =
        version == CompiledClassHashVersion::v1 ? vm::poseidon_array : vm::blake2s_felts;
    static const Felt prefix = Felt::from_ascii("COMPILED_CLASS_V1");
    const std::array elements{
        prefix,
        casm_entry_points_hash(hash, casm.entry_points[kExternal]),
        casm_entry_points_hash(hash, casm.entry_points[kL1Handler]),
        casm_entry_points_hash(hash, casm.entry_points[kConstructor]),
        bytecode_hash(hash, casm.bytecode, casm.segments),
    };
    return hash(elements);
}

}  // namespace blockexecd::executor

// SPDX-License-Identifier: Apache-2.0
// A class ready to run: decoded code shared read-only by all VMs, and its entry points.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "executor/types/ids.hpp"
#include "executor/types/sierra_version.hpp"
#include "vm/builtin_name.hpp"
#include "vm/program/code.hpp"

namespace blockexecd::executor {

// The order is the reference's id order.
enum class EntryPointType : std::uint8_t { external, l1_handler, constructor };

struct EntryPoint {
    EntryPointSelector selector;
    std::uint64_t offset = 0;
    std::vector<vm::BuiltinName> builtins;  // Cairo 1; a Cairo 0 program has one list for all
};

enum class ClassKind : std::uint8_t { cairo0, cairo1 };

// Leaf lengths of the bytecode, or a tree of them; no children: one leaf of `length` felts.
struct BytecodeSegment {
    std::uint64_t length = 0;
    std::vector<BytecodeSegment> children;
};

struct CompiledClass {
    ClassKind kind = ClassKind::cairo1;
    ClassHash class_hash;
    std::array<std::vector<EntryPoint>, 3> entry_points;  // by EntryPointType
    std::vector<vm::BuiltinName> program_builtins;        // Cairo 0
    SierraVersion sierra_version;                         // Cairo 1
    // For declare's code size: 32 * (bytecode felts + sierra felts) + abi length.
    std::uint64_t bytecode_length = 0;
    std::uint64_t sierra_program_length = 0;
    std::uint64_t abi_length = 0;
    BytecodeSegment bytecode_segments;
    CompiledClassHash compiled_class_hash_v1;  // Poseidon; 0 for Cairo 0
    CompiledClassHash compiled_class_hash_v2;  // BLAKE2s; 0 for Cairo 0
    std::shared_ptr<const vm::Code> code;
};

}  // namespace blockexecd::executor

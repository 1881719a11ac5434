// SPDX-License-Identifier: Apache-2.0
// The hashes that name classes: class hashes of Sierra and Cairo 0 classes, compiled class hashes
// of CASM (starknet_api contract_class, compiled_class_hash.rs; cairo-lang's class_hash for Cairo
// 0).
#pragma once

#include "executor/classes/class_json.hpp"

namespace blockexecd::executor {

ClassHash sierra_class_hash(const SierraClass& sierra);
// Errors: a program that is not what the compiler writes, since the whole of it is hashed as text.
vm::Result<ClassHash> cairo0_class_hash(const Cairo0Class& cairo0);

enum class CompiledClassHashVersion : std::uint8_t {
    v1,  // Poseidon
    v2,  // BLAKE2s
};
CompiledClassHash compiled_class_hash(CompiledClassHashVersion version, const CasmClass& casm);

}  // namespace blockexecd::executor

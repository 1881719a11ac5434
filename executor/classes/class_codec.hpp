// SPDX-License-Identifier: Apache-2.0
// The binary form in which storage keeps a class, so that loading one at run time needs no JSON and
// no hashing.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "executor/classes/class_definition.hpp"
#include "executor/types/contract_class.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Written first; a decoder refuses any other.
inline constexpr std::uint8_t kClassCodecVersion = 1;

std::string encode_class(const ClassDefinition& definition);

// Errors name the place in the bytes and the reason; nothing is returned for damaged bytes.
vm::Result<std::shared_ptr<const CompiledClass>> decode_class(std::span<const std::uint8_t> bytes);

// The same from a definition, for tests and for classes that are not stored.
vm::Result<std::shared_ptr<const CompiledClass>> compile_class(const ClassDefinition& definition);

// Bytes that a loaded class holds, its code included; what the class cache counts.
std::size_t memory_bytes(const CompiledClass& compiled_class);

}  // namespace blockexecd::executor

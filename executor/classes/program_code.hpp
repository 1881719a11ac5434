// SPDX-License-Identifier: Apache-2.0
// What a program has beside its words (hints, and for Cairo 0 all that hints refer to), from JSON
// to its stored bytes and from there to code.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "executor/classes/class_definition.hpp"
#include "executor/classes/class_json.hpp"
#include "vm/program/code.hpp"

namespace blockexecd::executor {

std::vector<std::uint8_t> encode_program_extra(const CasmClass& casm);
vm::Result<std::vector<std::uint8_t>> encode_program_extra(const Cairo0Class& cairo0);

vm::Result<std::shared_ptr<const vm::Code>> make_program_code(const ClassDefinition& definition);

}  // namespace blockexecd::executor

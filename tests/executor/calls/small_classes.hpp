// SPDX-License-Identifier: Apache-2.0
// Test support: Cairo 1 classes of a few instructions, by hand.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "executor/types/contract_class.hpp"
#include "vm/program/code.hpp"

namespace blockexecd::executor::test {

inline const EntryPointSelector kSelector = Felt(0x5e1);
// Sierra versions below and from which gas is tracked (0.13.4 on).
inline constexpr SierraVersion kCountsSteps{1, 6, 0};
inline constexpr SierraVersion kCountsGas{1, 7, 0};

// A program's first arguments stand below its frame: [fp - 6] gas, [fp - 5] syscall pointer, [fp -
// 4] and [fp - 3] calldata. Each of these copies one to the return values.
inline constexpr std::uint64_t kPushGas = 0x480a7ffa7fff8000;
inline constexpr std::uint64_t kPushSyscallPointer = 0x480a7ffb7fff8000;
inline constexpr std::uint64_t kPushCalldataStart = 0x480a7ffc7fff8000;
inline constexpr std::uint64_t kPushCalldataEnd = 0x480a7ffd7fff8000;
inline constexpr std::uint64_t kPushImmediate = 0x480680017fff8000;
inline constexpr std::uint64_t kRet = 0x208b7fff7fff7ffe;

inline std::shared_ptr<const CompiledClass> make_class(
    const std::vector<std::uint64_t>& words, SierraVersion version,
    EntryPointType type = EntryPointType::external,
    const EntryPointSelector& selector = kSelector) {
    const std::vector<Felt> bytecode(words.begin(), words.end());
    auto compiled_class = std::make_shared<CompiledClass>();
    compiled_class->sierra_version = version;
    compiled_class->bytecode_length = bytecode.size();
    compiled_class->code = vm::Code::make(bytecode, {});
    compiled_class->entry_points[static_cast<std::size_t>(type)] = {{selector, 0, {}}};
    return compiled_class;
}

// Returns (flag 0) or panics with (flag 1) its calldata; six steps.
inline std::vector<std::uint64_t> echo_program(std::uint64_t failure_flag) {
    return {kPushGas,     kPushSyscallPointer, kPushImmediate,
            failure_flag, kPushCalldataStart,  kPushCalldataEnd,
            kRet};
}
// jmp rel 0
inline std::vector<std::uint64_t> endless_program() {
    return {0x10780017fff7fff, 0};
}

}  // namespace blockexecd::executor::test

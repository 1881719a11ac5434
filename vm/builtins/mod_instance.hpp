// SPDX-License-Identifier: Apache-2.0
// An instance of add_mod or mul_mod as memory holds it, and the values that its table leads to.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "vm/builtin_name.hpp"
#include "vm/builtins/mod_value.hpp"
#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::vm {

// Cells of an instance: the modulus, then these.
inline constexpr std::uint64_t kModValuesPointer = 4;
inline constexpr std::uint64_t kModOffsetsPointer = 5;
inline constexpr std::uint64_t kModN = 6;
inline constexpr std::uint64_t kModCells = 7;

struct ModInstance {
    ModValue p;
    Relocatable values;
    Relocatable offsets;
    std::uint64_t n = 0;
};

// A RunnerError with that text.
[[nodiscard]] Error mod_error(std::string message);
[[nodiscard]] Error missing_mod_value(BuiltinName name, const Relocatable& start);

// Nothing where a word is missing. Errors: ExpectedInteger, WordExceedsModBuiltinWordBitLen.
[[nodiscard]] Result<std::optional<ModValue>> read_mod_value(const Memory& memory,
                                                             const Relocatable& start);
// Errors: memory's, ModBuiltinNLessThanOne, and those of the modulus, MissingValue too.
[[nodiscard]] Result<ModInstance> read_mod_instance(const Memory& memory, BuiltinName name,
                                                    const Relocatable& start);
// Where the value is that entry `index` of the offsets table tells, if that is a small integer.
// Nothing for others.
[[nodiscard]] std::optional<Relocatable> plain_value_address(const Memory& memory,
                                                             const ModInstance& instance,
                                                             std::uint64_t index);

}  // namespace blockexecd::vm

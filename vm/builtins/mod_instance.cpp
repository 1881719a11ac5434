// SPDX-License-Identifier: Apache-2.0
// What is mostly there is read from the cells of a segment; the rest, and the errors, take a way
// through Memory, cell by cell.
#include "vm/builtins/mod_instance.hpp"

#include <array>

#include "vm/builtins/builtins.hpp"

namespace blockexecd::vm {

namespace {

ModWord to_word(const Felt& felt) {
    return {felt.limbs()[0], felt.limbs()[1]};
}

// That many cells of an ordinary segment; null where it is not one, or ends before.
const Cell* plain_cells(const Memory& memory, const Relocatable& start, std::uint64_t count) {
    if (start.segment < 1 || static_cast<std::size_t>(start.segment) >= memory.segment_count())
        return nullptr;
    const Segment& segment = memory.segments()[start.segment];
    if (segment.size < count || start.offset > segment.size - count)
        return nullptr;
    return segment.cells + start.offset;
}

// A value as it mostly is: all words there, none too large. Nothing for others.
std::optional<ModValue> read_plain_value(const Memory& memory, const Relocatable& start) {
    static_assert(kModWordBits > 64 && kModWordBits < 128);
    const Cell* const cells = plain_cells(memory, start, kModWords);
    if (cells == nullptr)
        return std::nullopt;
    std::array<ModWord, kModWords> words;
    for (std::size_t i = 0; i < kModWords; ++i) {
        if (cells[i].is_empty() || cells[i].is_relocatable())
            return std::nullopt;
        const Felt word = cells[i].felt();
        if (!word.fits_u128() || word.limbs()[1] >> (kModWordBits - 64) != 0)
            return std::nullopt;
        words[i] = to_word(word);
    }
    return mod_value(words);
}

// An instance as it mostly is: all cells there, the pointers in place. Nothing for others.
std::optional<ModInstance> read_plain_instance(const Memory& memory, const Relocatable& start) {
    const Cell* const cells = plain_cells(memory, start, kModCells);
    if (cells == nullptr || !cells[kModN].is_small() || cells[kModN].small() == 0)
        return std::nullopt;
    const Cell &values = cells[kModValuesPointer], &offsets = cells[kModOffsetsPointer];
    if (!values.is_address() || values.segment() < 0 || !offsets.is_address() ||
        offsets.segment() < 0)
        return std::nullopt;
    const auto p = read_plain_value(memory, start);
    if (!p)
        return std::nullopt;
    return ModInstance{*p, values.relocatable(), offsets.relocatable(), cells[kModN].small()};
}

}  // namespace

Error mod_error(std::string message) {
    return {ErrorKind::runner, std::move(message)};
}

Result<std::optional<ModValue>> read_mod_value(const Memory& memory, const Relocatable& start) {
    if (const auto value = read_plain_value(memory, start)) [[likely]]
        return value;
    std::array<ModWord, kModWords> words;
    for (std::size_t i = 0; i < kModWords; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        const Cell* const cell = memory.cell(address);
        if (cell == nullptr || cell->is_empty())
            return std::optional<ModValue>();
        if (cell->is_relocatable())
            return Error(ErrorKind::memory, "Expected integer at address " + address.to_string());
        const Felt word = cell->felt();
        if (word.bit_length() > kModWordBits)
            return mod_error("Expected integer at address " + address.to_string() +
                             " to be smaller than 2^" + std::to_string(kModWordBits) +
                             ". Got: " + word.to_decimal() + ".");
        words[i] = to_word(word);
    }
    return std::optional(mod_value(words));
}

Error missing_mod_value(BuiltinName name, const Relocatable& start) {
    return mod_error(builtin_display(name) + ": Missing value at address " +
                     (start + kModWords).to_string() + ".");
}

Result<ModInstance> read_mod_instance(const Memory& memory, BuiltinName name,
                                      const Relocatable& start) {
    if (const auto instance = read_plain_instance(memory, start)) [[likely]]
        return *instance;
    ModInstance instance;
    BX_TRY(const Relocatable values_at, add_usize(start, kModValuesPointer));
    BX_TRY(instance.values, memory.get_relocatable(values_at));
    BX_TRY(instance.offsets, memory.get_relocatable(start + kModOffsetsPointer));
    BX_TRY(instance.n, memory.get_usize(start + kModN));
    if (instance.n < 1)
        return mod_error(builtin_display(name) +
                         ": Expected n >= 1. Got: " + std::to_string(instance.n) + ".");
    BX_TRY(const auto p, read_mod_value(memory, start));
    if (!p)
        return missing_mod_value(name, start);
    instance.p = *p;
    return instance;
}

std::optional<Relocatable> plain_value_address(const Memory& memory, const ModInstance& instance,
                                               std::uint64_t index) {
    if (index > UINT64_MAX - instance.offsets.offset)
        return std::nullopt;
    const Cell* const offset = memory.cell(instance.offsets + index);
    if (offset == nullptr || !offset->is_small() ||
        offset->small() > UINT64_MAX - instance.values.offset)
        return std::nullopt;
    return instance.values + offset->small();
}

}  // namespace blockexecd::vm

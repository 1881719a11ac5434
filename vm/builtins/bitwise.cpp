// SPDX-License-Identifier: Apache-2.0
// Word by word: felts below 2^251 give results below the prime.
#include "vm/builtins/bitwise.hpp"

#include <algorithm>

#include "vm/builtins/builtins.hpp"
#include "vm/builtins/not_below.hpp"

namespace blockexecd::vm {

namespace {

constexpr unsigned kBits = 251;

// A felt below 2^251.
bool is_input(const Cell& cell) {
    if (cell.is_small())
        return !cell.is_empty();
    return !cell.is_empty() && !cell.is_relocatable() &&
           cell.felt().limbs()[3] >> (kBits - 192) == 0;
}

std::uint64_t output_word(std::uint64_t index, std::uint64_t x, std::uint64_t y) {
    return index == kBitwiseInputs ? x & y : index == kBitwiseInputs + 1 ? x ^ y : x | y;
}

// Whether the inputs, of which there are both, are felts below 2^251, and the outputs among the
// `count` cells agree where they are there. False does not say that something is wrong.
bool is_plain_instance(const Cell* cells, std::uint64_t count) {
    if (!is_input(cells[0]) || !is_input(cells[1]))
        return false;
    if (cells[0].is_small() && cells[1].is_small()) {
        const std::uint64_t x = cells[0].small(), y = cells[1].small();
        for (std::uint64_t i = kBitwiseInputs; i < count; ++i)
            if (!cells[i].is_empty() &&
                !(cells[i].is_small() && cells[i].small() == output_word(i, x, y)))
                return false;
        return true;
    }
    const Felt x = cells[0].felt(), y = cells[1].felt();
    for (std::uint64_t i = kBitwiseInputs; i < count; ++i) {
        if (cells[i].is_empty())
            continue;
        if (cells[i].is_relocatable())
            return false;
        const Felt found = cells[i].felt();
        std::uint64_t different = 0;
        for (std::size_t j = 0; j < found.limbs().size(); ++j)
            different |= found.limbs()[j] ^ output_word(i, x.limbs()[j], y.limbs()[j]);
        if (different != 0)
            return false;
    }
    return true;
}

}  // namespace

Result<std::optional<BitwiseOutputs>> bitwise_outputs(const Segment& segment,
                                                      const Relocatable& start) {
    std::array<Felt, kBitwiseInputs> inputs;
    if (segment.size < kBitwiseInputs || start.offset > segment.size - kBitwiseInputs)
        return std::optional<BitwiseOutputs>();
    const Cell* const cells = segment.cells + start.offset;
    for (std::size_t i = 0; i < kBitwiseInputs; ++i) {
        if (cells[i].is_empty() || cells[i].is_relocatable())
            return std::optional<BitwiseOutputs>();
        inputs[i] = cells[i].felt();
    }
    for (std::size_t i = 0; i < kBitwiseInputs; ++i)
        if (inputs[i].limbs()[3] >> (kBits - 192) != 0)
            return not_below(start + i, kBits, inputs[i]);
    std::array<Limbs, kBitwiseCells - kBitwiseInputs> words{};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint64_t x = inputs[0].limbs()[i], y = inputs[1].limbs()[i];
        words[0][i] = x & y;
        words[1][i] = x ^ y;
        words[2][i] = x | y;
    }
    return std::optional(BitwiseOutputs{Felt::from_canonical(words[0]),
                                        Felt::from_canonical(words[1]),
                                        Felt::from_canonical(words[2])});
}

bool deduce_bitwise_cell(const Segment& segment, std::uint64_t start, std::uint64_t index,
                         Cell& out, Arena& arena) {
    if (start + 1 >= segment.size)
        return false;
    const Cell& x = segment.cells[start];
    const Cell& y = segment.cells[start + 1];
    if (!is_input(x) || !is_input(y))
        return false;
    if (x.is_small() && y.is_small()) {
        out.store_small_accessed(output_word(index, x.small(), y.small()), arena);
        return true;
    }
    const Felt a = x.felt(), b = y.felt();
    Limbs words;
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = output_word(index, a.limbs()[i], b.limbs()[i]);
    out.store_felt(Felt::from_canonical(words), arena, true);
    return true;
}

bool has_bitwise_inputs(const Segment& segment) {
    if (segment.size % kBitwiseCells == 1)
        return false;
    const Cell* const end = segment.cells + segment.size;
    for (const Cell* cells = segment.cells; cells < end; cells += kBitwiseCells) {
        if (!is_input(cells[0]) || !is_input(cells[1]))
            return false;
        if (end - cells <= static_cast<std::ptrdiff_t>(kBitwiseCells))
            break;
    }
    return true;
}

Result<void> Builtins::verify_bitwise(const Builtin& builtin) const {
    const Segment& segment = memory_.segments()[builtin.segment];
    for (std::uint64_t start = 0; start + kBitwiseInputs < segment.size; start += kBitwiseCells) {
        if (is_plain_instance(segment.cells + start, std::min(kBitwiseCells, segment.size - start)))
            continue;
        BX_TRY(const auto outputs, bitwise_outputs(segment, {builtin.segment, start}));
        if (!outputs)
            continue;
        for (std::size_t i = 0; i < outputs->size(); ++i) {
            const std::uint64_t offset = start + kBitwiseInputs + i;
            if (offset >= segment.size || segment.cells[offset].is_empty())
                continue;
            const Cell& cell = segment.cells[offset];
            if (cell.is_relocatable() || cell.felt() != (*outputs)[i])
                return compare(builtin, (*outputs)[i], cell.load());
        }
    }
    return {};
}

}  // namespace blockexecd::vm

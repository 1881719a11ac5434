// SPDX-License-Identifier: Apache-2.0
// Word by word: felts below 2^251 give results below the prime.
#include "vm/builtins/bitwise.hpp"

#include "vm/builtins/builtins.hpp"
#include "vm/builtins/not_below.hpp"

namespace blockexecd::vm {

namespace {

constexpr unsigned kBits = 251;

// Whether the five cells are there, small, and agree.
bool is_small_instance(const Cell* cells) {
    for (std::size_t i = 0; i < kBitwiseCells; ++i)
        if (cells[i].is_empty() || !cells[i].is_small())
            return false;
    const std::uint64_t x = cells[0].small(), y = cells[1].small();
    return cells[2].small() == (x & y) && cells[3].small() == (x ^ y) &&
           cells[4].small() == (x | y);
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

bool deduce_small_bitwise(const Segment& segment, std::uint64_t start, std::uint64_t index,
                          Cell& out, Arena& arena) {
    if (start + 1 >= segment.size)
        return false;
    const Cell& x = segment.cells[start];
    const Cell& y = segment.cells[start + 1];
    if (x.is_empty() || y.is_empty() || !x.is_small() || !y.is_small())
        return false;
    const std::uint64_t a = x.small(), b = y.small();
    out.store_small_accessed(index == 2 ? a & b : index == 3 ? a ^ b : a | b, arena);
    return true;
}

Result<void> Builtins::verify_bitwise(const Builtin& builtin) const {
    const Segment& segment = memory_.segments()[builtin.segment];
    for (std::uint64_t start = 0; start + kBitwiseInputs < segment.size; start += kBitwiseCells) {
        if (start + kBitwiseCells <= segment.size && is_small_instance(segment.cells + start))
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

// SPDX-License-Identifier: Apache-2.0
// Instances of builtins through the pointers that the program finds on its stack.
#include <array>

#include "tests/vm/random/snippets.hpp"
#include "vm/builtins/builtins.hpp"
#include "vm/crypto/fixed_base.hpp"

namespace blockexecd::vm::random {

namespace {

// The generator's first multiples.
CurvePoint random_point(RandomSource& random) {
    static const auto points = [] {
        std::array<AffinePoint, 8> multiples;
        fill_multiples(AffinePoint(kCurveGenerator), multiples);
        return multiples;
    }();
    return random.pick(points).to_point();
}

// The reference's documented signature.
const Felt kKey =
    *Felt::from_hex("0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca");
const Felt kR =
    *Felt::from_hex("0x411494b501a98abd8262b0da1351e17899a0c4ef23dd2f96fec5ba847310b20");
const Felt kS =
    *Felt::from_hex("0x405c3191ab3883ef2b763af35bc5f5d15b3b4e99461d70e84c654a351a7c81b");
const Felt kMessage(2);

Felt number_below(RandomSource& random, std::uint64_t bits) {
    const Felt number = random_felt(random);
    if (random.percent(4) || number.bit_length() <= bits)
        return number;
    return Felt(random.next() >> random.below(64));
}

std::vector<Felt> inputs_of(BuiltinName name, RandomSource& random, std::uint32_t count) {
    std::vector<Felt> inputs;
    switch (name) {
        case BuiltinName::range_check:
            return {number_below(random, 128)};
        case BuiltinName::range_check96:
            return {number_below(random, 96)};
        case BuiltinName::ecdsa:
            return {kKey, random.percent(85) ? kMessage : random_felt(random)};
        case BuiltinName::ec_op: {
            const CurvePoint p = random_point(random);
            const CurvePoint q = random_point(random);
            inputs = {p.x, p.y, q.x, q.y, number_below(random, 251)};
            if (random.percent(4))
                inputs[random.below(4)] = random_felt(random);
            return inputs;
        }
        case BuiltinName::keccak:
            for (std::uint32_t i = 0; i < count; ++i)
                inputs.push_back(number_below(random, 200));
            return inputs;
        case BuiltinName::bitwise:
            for (std::uint32_t i = 0; i < count; ++i)
                inputs.push_back(number_below(random, 251));
            return inputs;
        default:
            for (std::uint32_t i = 0; i < std::max(count, 1U); ++i)
                inputs.push_back(random_felt(random));
            return inputs;
    }
}

// A value where an input is wanted: pushed, or already there.
Known input_cell(Builder& b, const Felt& value) {
    if (b.random.percent(5))
        return b.random.pick(b.frame->known);
    return b.frame->push(value, Kind::felt);
}

}  // namespace

void emit_builtin(Builder& b) {
    if (b.program.builtins.empty())
        return;
    const std::size_t index = b.random.below(b.program.builtins.size());
    const BuiltinName name = b.program.builtins[index];
    if (name == BuiltinName::segment_arena || name == BuiltinName::add_mod ||
        name == BuiltinName::mul_mod)
        return;
    const auto [shape_cells, shape_inputs] = builtin_shape(name);
    const auto cells = static_cast<std::int32_t>(std::max(shape_cells, 1U));
    const std::vector<Felt> inputs = inputs_of(name, b.random, shape_inputs);
    const Known pointer = b.builtin_pointers[index];
    std::int32_t at = b.builtin_cells[index];
    if (at != 0 && b.random.percent(10))
        at -= cells;  // the instance before, again
    b.builtin_cells[index] = at + cells;
    if (name == BuiltinName::ecdsa && b.random.percent(90))
        b.program.signatures.push_back(
            {{static_cast<std::int32_t>(2 + index), static_cast<std::uint64_t>(at)},
             b.random.percent(95) ? kR : random_felt(b.random),
             kS});
    std::vector<Known> sources;
    for (const Felt& input : inputs)
        sources.push_back(input_cell(b, input));
    for (std::size_t i = 0; i < inputs.size(); ++i)
        if (!b.random.percent(1))
            b.frame->store(pointer, at + static_cast<std::int32_t>(i), sources[i]);
    // Outputs are deduced when they are read, or asserted.
    const auto outputs = cells - static_cast<std::int32_t>(inputs.size());
    for (std::int32_t read = 0; read < std::min(outputs, 3); ++read) {
        const std::int32_t offset =
            at + b.random.between(static_cast<std::int32_t>(inputs.size()), cells - 1);
        if (b.random.percent(2))
            b.frame->store(pointer, offset, b.frame->find_number());
        else
            b.frame->push_loaded(pointer, offset, Kind::felt);
    }
}

}  // namespace blockexecd::vm::random

// SPDX-License-Identifier: Apache-2.0
// Auto-deduction: what a builtin's output cell must hold, from its inputs.
#include <algorithm>
#include <array>
#include <cstring>

#include "vm/builtins/bitwise.hpp"
#include "vm/builtins/builtins.hpp"
#include "vm/builtins/felt_cell.hpp"
#include "vm/builtins/not_below.hpp"
#include "vm/crypto/ec_op.hpp"
#include "vm/crypto/keccak.hpp"
#include "vm/crypto/pedersen_memo.hpp"
#include "vm/crypto/poseidon.hpp"
#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {

namespace {

// Cells [start, start + N) as felts; nothing if one is missing. Error: what `not_felt` makes of a
// relocatable's address.
template <std::size_t N, class NotFelt>
Result<std::optional<std::array<Felt, N>>> read_inputs(const Memory& memory,
                                                       const Relocatable& start, NotFelt not_felt) {
    std::array<Felt, N> inputs;
    for (std::size_t i = 0; i < N; ++i) {
        const Cell* const cell = felt_cell(memory, start + i);
        if (cell == nullptr) {
            if (!memory.get(start + i))
                return std::optional<std::array<Felt, N>>();
            return not_felt(start + i);
        }
        inputs[i] = cell->felt();
    }
    return std::optional(inputs);
}

Error builtin_expected_integer(BuiltinName name, const Relocatable& address) {
    return {ErrorKind::runner,
            builtin_display(name) + ": Expected integer at address " + address.to_string()};
}

Result<std::optional<std::array<Felt, 3>>> poseidon_outputs(const Memory& memory,
                                                            const Relocatable& start) {
    BX_TRY(auto inputs, read_inputs<3>(memory, start, [](const Relocatable& address) {
               return builtin_expected_integer(BuiltinName::poseidon, address);
           }));
    if (inputs)
        hades_permutation(*inputs);
    return inputs;
}

Result<std::optional<std::array<Felt, 2>>> ec_op_outputs(const Memory& memory,
                                                         const Relocatable& start) {
    BX_TRY(const auto inputs, read_inputs<5>(memory, start, [](const Relocatable& address) {
               return Error(ErrorKind::memory,
                            "Expected integer at address " + address.to_string());
           }));
    if (!inputs)
        return std::optional<std::array<Felt, 2>>();
    const auto& in = *inputs;
    for (std::size_t i = 0; i < 4; i += 2)
        if (!is_on_curve({in[i], in[i + 1]}))
            return Error(ErrorKind::runner, "EcOpBuiltin: point (" + in[i].to_hex() + ", " +
                                                in[i + 1].to_hex() + ") is not on the curve");
    BX_TRY(const CurvePoint sum, ec_op_builtin({in[0], in[1]}, {in[2], in[3]}, in[4]));
    return std::optional(std::array<Felt, 2>{sum.x, sum.y});
}

constexpr unsigned kKeccakBits = 200;
constexpr std::size_t kKeccakBytes = kKeccakBits / 8;

Result<std::optional<std::array<Felt, 8>>> keccak_outputs(const Memory& memory,
                                                          const Relocatable& start) {
    std::array<std::uint8_t, 8 * kKeccakBytes> bytes;
    for (std::size_t i = 0; i < 8; ++i) {
        const auto value = memory.get(start + i);
        if (!value)
            return std::optional<std::array<Felt, 8>>();
        if (!value->is_felt())
            return builtin_expected_integer(BuiltinName::keccak, start + i);
        if (value->felt().bit_length() > kKeccakBits)
            return not_below(start + i, kKeccakBits, value->felt());
        const auto little = value->felt().to_bytes_le();
        std::memcpy(bytes.data() + i * kKeccakBytes, little.data(), kKeccakBytes);
    }
    std::array<std::uint64_t, 25> lanes;
    static_assert(sizeof(lanes) == sizeof(bytes));
    std::memcpy(lanes.data(), bytes.data(), sizeof(lanes));
    keccak_f1600(lanes);
    std::memcpy(bytes.data(), lanes.data(), sizeof(lanes));
    std::array<Felt, 8> outputs;
    for (std::size_t i = 0; i < 8; ++i) {
        std::array<std::uint8_t, kKeccakBytes> big;
        std::reverse_copy(bytes.begin() + static_cast<std::ptrdiff_t>(i * kKeccakBytes),
                          bytes.begin() + static_cast<std::ptrdiff_t>((i + 1) * kKeccakBytes),
                          big.begin());
        outputs[i] = Felt::from_bytes_be_any(big);
    }
    return std::optional(outputs);
}

}  // namespace

bool Builtins::computed(Builtin& builtin, std::uint64_t instance) {
    if (instance >= builtin.computed_capacity) {
        const BuiltinShape shape = builtin_shape(builtin.name);
        const std::size_t outputs =
            builtin.name == BuiltinName::pedersen ? 0 : shape.cells - shape.inputs;
        const std::uint64_t capacity =
            std::max<std::uint64_t>({16, 2 * builtin.computed_capacity, instance + 1});
        Arena& arena = memory_.arena();
        auto* const flags = arena.allocate_array<std::uint8_t>(capacity);
        std::memset(flags, 0, capacity);
        if (builtin.computed != nullptr)
            std::memcpy(flags, builtin.computed, builtin.computed_capacity);
        builtin.computed = flags;
        if (outputs != 0) {
            auto* const values = arena.allocate_array<Felt>(capacity * outputs);
            std::copy_n(builtin.outputs, builtin.computed_capacity * outputs, values);
            builtin.outputs = values;
        }
        builtin.computed_capacity = capacity;
    }
    return builtin.computed[instance] != 0;
}

bool Builtins::skip_hash(Builtin& builtin, std::uint64_t offset) {
    if (builtin.name != BuiltinName::pedersen || offset % 3 != 2)
        return false;
    if (felt_cell(memory_, {builtin.segment, offset - 2}) != nullptr &&
        felt_cell(memory_, {builtin.segment, offset - 1}) != nullptr &&
        !computed(builtin, offset / 3))
        builtin.computed[offset / 3] = 1;
    return true;
}

template <std::size_t N>
Result<std::optional<Value>> Builtins::from_cache(
    Builtin& builtin, std::uint64_t offset,
    Result<std::optional<std::array<Felt, N>>> (*compute)(const Memory&, const Relocatable&)) {
    const BuiltinShape shape = builtin_shape(builtin.name);
    const std::uint64_t instance = offset / shape.cells;
    if (!computed(builtin, instance)) {
        BX_TRY(const auto outputs, compute(memory_, {builtin.segment, instance * shape.cells}));
        if (!outputs)
            return std::optional<Value>();
        std::copy(outputs->begin(), outputs->end(), builtin.outputs + instance * N);
        builtin.computed[instance] = 1;
    }
    return std::optional(
        Value(builtin.outputs[instance * N + offset % shape.cells - shape.inputs]));
}

Result<std::optional<Value>> Builtins::deduce_in(Builtin& builtin, std::uint64_t offset) {
    const BuiltinShape shape = builtin_shape(builtin.name);
    const std::uint64_t index = shape.cells == 0 ? 0 : offset % shape.cells;
    if (index < shape.inputs || shape.cells == shape.inputs)
        return std::optional<Value>();
    const Relocatable start{builtin.segment, offset - index};
    switch (builtin.name) {
        case BuiltinName::pedersen: {
            if (computed(builtin, offset / shape.cells))
                return std::optional<Value>();
            const Cell* const x = felt_cell(memory_, start);
            const Cell* const y = felt_cell(memory_, start + 1);
            if (x == nullptr || y == nullptr)
                return std::optional<Value>();
            builtin.computed[offset / shape.cells] = 1;
            return std::optional(Value(remembered_pedersen(x->felt(), y->felt())));
        }
        case BuiltinName::bitwise: {
            BX_TRY(const auto outputs, bitwise_outputs(memory_.segments()[builtin.segment], start));
            return outputs ? std::optional(Value((*outputs)[index - kBitwiseInputs]))
                           : std::optional<Value>();
        }
        case BuiltinName::ec_op:
            return from_cache<2>(builtin, offset, ec_op_outputs);
        case BuiltinName::keccak:
            return from_cache<8>(builtin, offset, keccak_outputs);
        case BuiltinName::poseidon:
            return from_cache<3>(builtin, offset, poseidon_outputs);
        default:
            return std::optional<Value>();
    }
}

std::vector<std::uint64_t> Builtins::pedersen_verified() const {
    std::vector<std::uint64_t> offsets;
    if (const Builtin* const builtin = find(BuiltinName::pedersen))
        for (std::uint64_t i = 0; i < builtin->computed_capacity; ++i)
            if (builtin->computed[i] != 0)
                offsets.push_back(3 * i + 2);
    return offsets;
}

void Builtins::set_pedersen_verified(std::uint64_t offset) {
    Builtin* const builtin = find(BuiltinName::pedersen);
    if (builtin != nullptr && !computed(*builtin, offset / 3))
        builtin->computed[offset / 3] = 1;
}

}  // namespace blockexecd::vm

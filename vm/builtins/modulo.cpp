// SPDX-License-Identifier: Apache-2.0
// add_mod and mul_mod: filling their memory from a hint, and the checks that a secure run makes of
// their instances.
#include <algorithm>
#include <array>

#include "vm/builtins/builtins.hpp"
#include "vm/builtins/mod_instance.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kFillMemoryMax = 100000;

Result<Relocatable> value_address(const Memory& memory, const ModInstance& inputs,
                                  std::uint64_t index) {
    if (const auto address = plain_value_address(memory, inputs, index)) [[likely]]
        return *address;
    BX_TRY(const Relocatable offset_at, add_usize(inputs.offsets, index));
    BX_TRY(const std::uint64_t offset, memory.get_usize(offset_at));
    return add_usize(inputs.values, offset);
}

Result<void> fill_inputs(Memory& memory, BuiltinName name, const Relocatable& start,
                         const ModInstance& inputs, std::uint64_t batch_size) {
    if (inputs.n > kFillMemoryMax)
        return mod_error(builtin_display(name) +
                         ": n must be <= " + std::to_string(kFillMemoryMax));
    if (inputs.n % batch_size != 0)
        return Error(ErrorKind::math, std::to_string(inputs.n) + " is not divisible by " +
                                          std::to_string(batch_size));
    for (std::uint64_t instance = 1; instance < inputs.n / batch_size; ++instance) {
        BX_TRY(const Relocatable at, add_usize(start, instance * kModCells));
        for (std::size_t i = 0; i < kModWords; ++i)
            BX_CHECK(memory.insert_as_accessed(at + i, mod_word(inputs.p, i)));
        BX_CHECK(memory.insert_as_accessed(at + kModValuesPointer, inputs.values));
        BX_TRY(const Relocatable offsets, add_usize(inputs.offsets, 3 * instance * batch_size));
        BX_CHECK(memory.insert_as_accessed(at + kModOffsetsPointer, offsets));
        BX_CHECK(memory.insert_as_accessed(at + kModN, Value(inputs.n - instance * batch_size)));
    }
    return {};
}

// Copies the first three offsets to the table's end.
Result<void> fill_offsets(Memory& memory, const Relocatable& offsets, std::uint64_t index,
                          std::uint64_t copies) {
    if (copies == 0)
        return {};
    for (std::uint64_t i = 0; i < 3; ++i) {
        BX_TRY(const Relocatable address, add_usize(offsets, i));
        BX_TRY(const Value offset, memory.get_value(address));
        for (std::uint64_t copy = 0; copy < copies; ++copy) {
            BX_TRY(const Relocatable target, add_usize(offsets, 3 * (index + copy) + i));
            BX_CHECK(memory.insert_as_accessed(target, offset));
        }
    }
    return {};
}

Result<void> write_value(Memory& memory, BuiltinName name, const Relocatable& start,
                         const WideModValue& value) {
    ModValue lowest;
    std::copy_n(value.begin(), kModLimbs, lowest.begin());
    for (std::size_t i = 0; i < kModWords; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        BX_CHECK(memory.insert_as_accessed(address, mod_word(lowest, i)));
    }
    if (std::any_of(value.begin() + kModLimbs, value.end(), [](auto limb) { return limb != 0; }))
        return mod_error(builtin_display(name) + ": write_n_words value must be 0 after loop");
    return {};
}

// a + b or a * b less a multiple of p: reduced below 2p or 2^384 p, else less all but one multiple.
WideModValue apply(BuiltinName name, const ModValue& a, const ModValue& b, const ModValue& p) {
    if (name == BuiltinName::mul_mod) {
        const WideModValue full = product(a, b), bound = shift_by_value(p);
        if (less(full, bound))
            return widen(remainder(full, p));
        return difference(full, difference(bound, widen(p)));
    }
    const WideModValue full = sum(a, b);
    if (less(full, sum(p, p)))
        return widen(remainder(full, p));
    return difference(full, widen(p));
}

// Modulo p; what was filled is equal.
bool congruent(const WideModValue& a, const WideModValue& b, const ModValue& p) {
    return a == b || remainder(a, p) == remainder(b, p);
}

// The unknown of `known op unknown = result (mod p)`. One that would be negative wraps, and is too
// large to be written.
Result<WideModValue> deduce_operand(BuiltinName name, const ModValue& known, const ModValue& result,
                                    const ModValue& p) {
    if (name == BuiltinName::add_mod) {
        const WideModValue wide = widen(known), total = widen(result);
        return difference(less(total, wide) ? sum(result, p) : total, wide);
    }
    if (const auto inverse = mod_inverse(known, p))
        return widen(remainder(product(result, *inverse), p));
    const ModInteger modulus = mod_integer(p);
    const ExtendedGcd bezout = extended_gcd(mod_integer(known), modulus);
    if (bezout.gcd != 1 || modulus == 0)
        return Error(ErrorKind::math, "Operation failed: divmod(" + to_decimal(result) + ", " +
                                          to_decimal(known) + ", " + to_decimal(p) + "), igcdex(" +
                                          to_decimal(known) + ", " + to_decimal(p) + ") != 1 ");
    const ModValue inverse = to_mod_value(floor_mod(bezout.x, modulus));
    return widen(remainder(product(result, inverse), p));
}

// Writes the one missing value of an operation; false when more are missing.
Result<bool> fill_value(Memory& memory, BuiltinName name, const ModInstance& inputs,
                        std::uint64_t index) {
    std::array<Relocatable, 3> addresses;
    std::array<std::optional<ModValue>, 3> values;
    for (std::uint64_t i = 0; i < 3; ++i) {
        if (const auto address = plain_value_address(memory, inputs, 3 * index + i)) [[likely]] {
            addresses[i] = *address;
        } else {
            BX_TRY(const Relocatable offset_at, add_usize(inputs.offsets, 3 * index + i));
            BX_TRY(const Felt offset, memory.get_felt(offset_at));
            BX_TRY(addresses[i], add(inputs.values, offset));
        }
        BX_TRY(values[i], read_mod_value(memory, addresses[i]));
    }
    const auto& [a, b, c] = values;
    if (a && b && c)
        return true;
    if (a && b) {
        BX_CHECK(write_value(memory, name, addresses[2], apply(name, *a, *b, inputs.p)));
    } else if (a && c) {
        BX_TRY(const WideModValue value, deduce_operand(name, *a, *c, inputs.p));
        BX_CHECK(write_value(memory, name, addresses[1], value));
    } else if (b && c) {
        BX_TRY(const WideModValue value, deduce_operand(name, *b, *c, inputs.p));
        BX_CHECK(write_value(memory, name, addresses[0], value));
    } else {
        return false;
    }
    return true;
}

}  // namespace

Result<void> Builtins::fill_mod_memory(const ModInputs* add_mod, const ModInputs* mul_mod) {
    struct Side {
        BuiltinName name;
        const ModInputs* request;
        ModInstance inputs;
        std::uint64_t index = 0;
    };
    std::array<Side, 2> sides{Side{BuiltinName::add_mod, add_mod, {}},
                              Side{BuiltinName::mul_mod, mul_mod, {}}};
    bool any = false;
    for (Side& side : sides) {
        if (side.request != nullptr && side.request->n == 0)
            side.request = nullptr;
        any = any || side.request != nullptr;
    }
    if (!any)
        return mod_error("At least one of add_mod and mul_mod must be given.");
    for (Side& side : sides) {
        if (side.request == nullptr)
            continue;
        BX_TRY(side.inputs, read_mod_instance(memory_, side.name, side.request->pointer));
        BX_CHECK(
            fill_inputs(memory_, side.name, side.request->pointer, side.inputs, mod_batch_size_));
        const std::uint64_t copies =
            side.inputs.n > side.request->n ? side.inputs.n - side.request->n : 0;
        BX_CHECK(fill_offsets(memory_, side.inputs.offsets, side.request->n, copies));
    }
    const auto left = [](const Side& side) {
        return side.request != nullptr && side.index < side.request->n;
    };
    while (left(sides[0]) || left(sides[1])) {
        bool filled = false;
        for (Side& side : sides) {
            if (filled || !left(side))
                continue;
            BX_TRY(filled, fill_value(memory_, side.name, side.inputs, side.index));
            if (filled)
                ++side.index;
        }
        if (!filled)
            return mod_error(
                "Could not fill the values table, add_mod_index=" + std::to_string(sides[0].index) +
                ", mul_mod_index=" + std::to_string(sides[1].index));
    }
    return {};
}

Result<void> Builtins::check_mod_instances(const Builtin& builtin) const {
    const std::string name = builtin_display(builtin.name);
    const auto failed = [&name](const std::string& text) { return mod_error(name + ": " + text); };
    const std::uint64_t instances =
        (memory_.used_size(builtin.segment) + kModCells - 1) / kModCells;
    ModInstance previous;
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        BX_TRY(const ModInstance inputs,
               read_mod_instance(memory_, builtin.name, {builtin.segment, instance * kModCells}));
        if (instance != 0 && previous.n > mod_batch_size_) {
            for (std::size_t i = 0; i < kModWords; ++i) {
                const Felt now = mod_word(inputs.p, i), before = mod_word(previous.p, i);
                if (!(now == before))
                    return failed("inputs.p_values[i] != prev_inputs.p_values[i]. Got: i=" +
                                  std::to_string(i) + ", inputs.p_values[i]=" + now.to_decimal() +
                                  ", prev_inputs.p_values[i]=" + before.to_decimal());
            }
            if (!(inputs.values == previous.values))
                return failed(
                    "inputs.values_ptr != prev_inputs.values_ptr. Got: inputs.values_ptr=" +
                    inputs.values.to_string() +
                    ", prev_inputs.values_ptr=" + previous.values.to_string());
            BX_TRY(const Relocatable expected, add_usize(previous.offsets, 3 * mod_batch_size_));
            if (!(inputs.offsets == expected))
                return failed(
                    "inputs.offsets_ptr != prev_inputs.offsets_ptr + 3 * batch_size. Got: "
                    "inputs.offsets_ptr=" +
                    inputs.offsets.to_string() +
                    ", prev_inputs.offsets_ptr=" + previous.offsets.to_string() +
                    ", batch_size=" + std::to_string(mod_batch_size_));
            if (inputs.n != previous.n - mod_batch_size_)
                return failed("inputs.n != prev_inputs.n - batch_size. Got: inputs.n=" +
                              std::to_string(inputs.n) +
                              ", prev_inputs.n=" + std::to_string(previous.n) +
                              ", batch_size=" + std::to_string(mod_batch_size_));
        }
        for (std::uint64_t batch = 0; batch < mod_batch_size_; ++batch) {
            std::array<ModValue, 3> values;
            for (std::uint64_t i = 0; i < 3; ++i) {
                BX_TRY(const Relocatable address, value_address(memory_, inputs, i + 3 * batch));
                BX_TRY(const auto value, read_mod_value(memory_, address));
                if (!value)
                    return missing_mod_value(builtin.name, address);
                values[i] = *value;
            }
            if (inputs.p == ModValue{})
                return Error(ErrorKind::math, "Attempted to divide by zero");
            const auto& [a, b, c] = values;
            if (!congruent(apply(builtin.name, a, b, inputs.p), widen(c), inputs.p))
                return failed(std::string("Expected a ") +
                              (builtin.name == BuiltinName::mul_mod ? "*" : "+") +
                              " b == c (mod p). Got: instance=" + std::to_string(instance) +
                              ", batch=" + std::to_string(batch) + ", p=" + to_decimal(inputs.p) +
                              ", a=" + to_decimal(a) + ", b=" + to_decimal(b) +
                              ", c=" + to_decimal(c) + ".");
        }
        previous = inputs;
    }
    if (instances != 0 && previous.n != mod_batch_size_)
        return failed(
            "prev_inputs.n != batch_size Got: prev_inputs.n=" + std::to_string(previous.n) +
            ", batch_size=" + std::to_string(mod_batch_size_));
    return {};
}

}  // namespace blockexecd::vm

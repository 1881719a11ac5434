// SPDX-License-Identifier: Apache-2.0
// add_mod and mul_mod: filling their memory from a hint, and the checks that a secure run makes of
// their instances.
#include <array>

#include "vm/builtins/builtins.hpp"
#include "vm/builtins/mod_integer.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kCells = 7;
constexpr std::uint64_t kValuesPointer = 4;
constexpr std::uint64_t kOffsetsPointer = 5;
constexpr std::uint64_t kN = 6;
constexpr std::uint64_t kFillMemoryMax = 100000;

Error runner_error(std::string message) {
    return {ErrorKind::runner, std::move(message)};
}

struct Words {
    std::array<Felt, kModWords> words;
    std::optional<ModInteger> value;
};

struct Inputs {
    ModInteger p;
    std::array<Felt, kModWords> p_words;
    Relocatable values;
    Relocatable offsets;
    std::uint64_t n = 0;
};

// Words as they mostly are: all there, none too large. False for others.
bool read_plain_words(const Memory& memory, const Relocatable& start,
                      std::array<Felt, kModWords>& words) {
    static_assert(kModWordBits > 64 && kModWordBits < 128);
    if (start.segment < 1 || static_cast<std::size_t>(start.segment) >= memory.segment_count())
        return false;
    const Segment& segment = memory.segments()[start.segment];
    if (segment.size < kModWords || start.offset > segment.size - kModWords)
        return false;
    for (std::size_t i = 0; i < kModWords; ++i) {
        const Cell& word = segment.cells[start.offset + i];
        if (word.is_empty() || word.is_relocatable())
            return false;
        words[i] = word.felt();
        if (!words[i].fits_u128() || words[i].limbs()[1] >> (kModWordBits - 64) != 0)
            return false;
    }
    return true;
}

Result<Words> read_words(const Memory& memory, const Relocatable& start) {
    Words result;
    if (read_plain_words(memory, start, result.words)) [[likely]] {
        result.value = mod_integer_of_words(result.words);
        return result;
    }
    for (std::size_t i = 0; i < kModWords; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        const Cell* const word = memory.cell(address);
        if (word == nullptr || word->is_empty())
            return result;
        if (word->is_relocatable())
            return Error(ErrorKind::memory, "Expected integer at address " + address.to_string());
        result.words[i] = word->felt();
        if (result.words[i].bit_length() > kModWordBits)
            return runner_error("Expected integer at address " + address.to_string() +
                                " to be smaller than 2^" + std::to_string(kModWordBits) +
                                ". Got: " + result.words[i].to_decimal() + ".");
    }
    result.value = mod_integer_of_words(result.words);
    return result;
}

Error missing_value(BuiltinName name, const Relocatable& start) {
    return runner_error(builtin_display(name) + ": Missing value at address " +
                        (start + kModWords).to_string() + ".");
}

Result<Inputs> read_inputs(const Memory& memory, BuiltinName name, const Relocatable& start) {
    Inputs inputs;
    BX_TRY(const Relocatable values_at, add_usize(start, kValuesPointer));
    BX_TRY(inputs.values, memory.get_relocatable(values_at));
    BX_TRY(inputs.offsets, memory.get_relocatable(start + kOffsetsPointer));
    BX_TRY(inputs.n, memory.get_usize(start + kN));
    if (inputs.n < 1)
        return runner_error(builtin_display(name) +
                            ": Expected n >= 1. Got: " + std::to_string(inputs.n) + ".");
    BX_TRY(const Words p, read_words(memory, start));
    if (!p.value)
        return missing_value(name, start);
    inputs.p = *p.value;
    inputs.p_words = p.words;
    return inputs;
}

Result<void> fill_inputs(Memory& memory, BuiltinName name, const Relocatable& start,
                         const Inputs& inputs, std::uint64_t batch_size) {
    if (inputs.n > kFillMemoryMax)
        return runner_error(builtin_display(name) +
                            ": n must be <= " + std::to_string(kFillMemoryMax));
    if (inputs.n % batch_size != 0)
        return Error(ErrorKind::math, std::to_string(inputs.n) + " is not divisible by " +
                                          std::to_string(batch_size));
    for (std::uint64_t instance = 1; instance < inputs.n / batch_size; ++instance) {
        BX_TRY(const Relocatable at, add_usize(start, instance * kCells));
        for (std::size_t i = 0; i < kModWords; ++i)
            BX_CHECK(memory.insert_as_accessed(at + i, inputs.p_words[i]));
        BX_CHECK(memory.insert_as_accessed(at + kValuesPointer, inputs.values));
        BX_TRY(const Relocatable offsets, add_usize(inputs.offsets, 3 * instance * batch_size));
        BX_CHECK(memory.insert_as_accessed(at + kOffsetsPointer, offsets));
        BX_CHECK(memory.insert_as_accessed(at + kN, Value(inputs.n - instance * batch_size)));
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

Result<void> write_words(Memory& memory, BuiltinName name, const Relocatable& start,
                         const ModInteger& value) {
    const auto words = words_of_mod_integer(value);
    for (std::size_t i = 0; i < kModWords; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        BX_CHECK(memory.insert_as_accessed(address, words[i]));
    }
    if ((value >> (kModWordBits * kModWords)) != 0)
        return runner_error(builtin_display(name) + ": write_n_words value must be 0 after loop");
    return {};
}

ModInteger apply(BuiltinName name, const ModInteger& a, const ModInteger& b, const ModInteger& p) {
    const bool product = name == BuiltinName::mul_mod;
    const ModInteger full = product ? ModInteger(a * b) : ModInteger(a + b);
    const ModInteger bound = product ? ModInteger(1) << (kModWordBits * kModWords) : ModInteger(2);
    if (full < bound * p)
        return full % p;
    return full - (bound - 1) * p;
}

// The unknown of `known op unknown = result (mod p)`.
Result<ModInteger> deduce_operand(BuiltinName name, const ModInteger& known,
                                  const ModInteger& result, const ModInteger& p) {
    if (name == BuiltinName::add_mod)
        return known <= result ? ModInteger(result - known) : ModInteger(result + p - known);
    if (const auto inverse = mod_inverse(known, p))
        return floor_mod(result * *inverse, p);
    const ExtendedGcd bezout = extended_gcd(known, p);
    if (bezout.gcd != 1 || p == 0)
        return Error(ErrorKind::math, "Operation failed: divmod(" + result.str() + ", " +
                                          known.str() + ", " + p.str() + "), igcdex(" +
                                          known.str() + ", " + p.str() + ") != 1 ");
    return floor_mod(result * floor_mod(bezout.x, p), p);
}

// Writes the one missing value of an operation; false when more are missing.
Result<bool> fill_value(Memory& memory, BuiltinName name, const Inputs& inputs,
                        std::uint64_t index) {
    std::array<Relocatable, 3> addresses;
    std::array<std::optional<ModInteger>, 3> values;
    for (std::uint64_t i = 0; i < 3; ++i) {
        BX_TRY(const Relocatable offset_at, add_usize(inputs.offsets, 3 * index + i));
        BX_TRY(const Felt offset, memory.get_felt(offset_at));
        BX_TRY(addresses[i], add(inputs.values, offset));
        BX_TRY(const Words words, read_words(memory, addresses[i]));
        values[i] = words.value;
    }
    const auto& [a, b, c] = values;
    if (a && b && c)
        return true;
    if (a && b) {
        BX_CHECK(write_words(memory, name, addresses[2], apply(name, *a, *b, inputs.p)));
    } else if (a && c) {
        BX_TRY(const ModInteger value, deduce_operand(name, *a, *c, inputs.p));
        BX_CHECK(write_words(memory, name, addresses[1], value));
    } else if (b && c) {
        BX_TRY(const ModInteger value, deduce_operand(name, *b, *c, inputs.p));
        BX_CHECK(write_words(memory, name, addresses[0], value));
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
        Inputs inputs;
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
        return runner_error("At least one of add_mod and mul_mod must be given.");
    for (Side& side : sides) {
        if (side.request == nullptr)
            continue;
        BX_TRY(side.inputs, read_inputs(memory_, side.name, side.request->pointer));
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
            return runner_error(
                "Could not fill the values table, add_mod_index=" + std::to_string(sides[0].index) +
                ", mul_mod_index=" + std::to_string(sides[1].index));
    }
    return {};
}

Result<void> Builtins::check_mod_instances(const Builtin& builtin) const {
    const std::string name = builtin_display(builtin.name);
    const auto failed = [&name](const std::string& text) {
        return runner_error(name + ": " + text);
    };
    const std::uint64_t instances = (memory_.used_size(builtin.segment) + kCells - 1) / kCells;
    Inputs previous;
    for (std::uint64_t instance = 0; instance < instances; ++instance) {
        BX_TRY(const Inputs inputs,
               read_inputs(memory_, builtin.name, {builtin.segment, instance * kCells}));
        if (instance != 0 && previous.n > mod_batch_size_) {
            for (std::size_t i = 0; i < kModWords; ++i)
                if (!(inputs.p_words[i] == previous.p_words[i]))
                    return failed("inputs.p_values[i] != prev_inputs.p_values[i]. Got: i=" +
                                  std::to_string(i) +
                                  ", inputs.p_values[i]=" + inputs.p_words[i].to_decimal() +
                                  ", prev_inputs.p_values[i]=" + previous.p_words[i].to_decimal());
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
            std::array<ModInteger, 3> values;
            for (std::uint64_t i = 0; i < 3; ++i) {
                BX_TRY(const Relocatable offset_at, add_usize(inputs.offsets, i + 3 * batch));
                BX_TRY(const std::uint64_t offset, memory_.get_usize(offset_at));
                BX_TRY(const Relocatable address, add_usize(inputs.values, offset));
                BX_TRY(const Words words, read_words(memory_, address));
                if (!words.value)
                    return missing_value(builtin.name, address);
                values[i] = *words.value;
            }
            if (inputs.p == 0)
                return Error(ErrorKind::math, "Attempted to divide by zero");
            const auto& [a, b, c] = values;
            if (apply(builtin.name, a, b, inputs.p) % inputs.p != c % inputs.p)
                return failed(std::string("Expected a ") +
                              (builtin.name == BuiltinName::mul_mod ? "*" : "+") +
                              " b == c (mod p). Got: instance=" + std::to_string(instance) +
                              ", batch=" + std::to_string(batch) + ", p=" + inputs.p.str() +
                              ", a=" + a.str() + ", b=" + b.str() + ", c=" + c.str() + ".");
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

// SPDX-License-Identifier: Apache-2.0
// Each builtin's instances whose inputs are all felts.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "vm/cairo0/runner/air_input.hpp"
#include "vm/crypto/curve_scalar.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

// The names of an instance's inputs, in the order of the file and of its cells.
struct InputNames {
    BuiltinName builtin;
    std::initializer_list<std::string_view> names;
};

const std::array<InputNames, 7> kInputNames{{
    {BuiltinName::pedersen, {"x", "y"}},
    {BuiltinName::range_check, {"value"}},
    {BuiltinName::range_check96, {"value"}},
    {BuiltinName::bitwise, {"x", "y"}},
    {BuiltinName::ec_op, {"p_x", "p_y", "q_x", "q_y", "m"}},
    {BuiltinName::keccak,
     {"input_s0", "input_s1", "input_s2", "input_s3", "input_s4", "input_s5", "input_s6",
      "input_s7"}},
    {BuiltinName::poseidon, {"input_s0", "input_s1", "input_s2"}},
}};

std::optional<Felt> felt_at(const Memory& memory, const Relocatable& address) {
    const auto value = memory.get(address);
    return value && value->is_felt() ? std::optional(value->felt()) : std::nullopt;
}

void write_inputs(const Memory& memory, const Builtin& builtin, const InputNames& inputs,
                  JsonOutput& out) {
    out.begin_array();
    const std::uint64_t size = memory.segment_size(builtin.segment);
    const std::uint64_t cells = builtin_shape(builtin.name).cells;
    std::array<Felt, 8> values;
    for (std::uint64_t start = 0; start < size; start += cells) {
        bool complete = true;
        for (std::size_t i = 0; complete && i < inputs.names.size(); ++i) {
            const auto value = felt_at(memory, {builtin.segment, start + i});
            complete = value.has_value();
            values[i] = value.value_or(Felt());
        }
        if (!complete)
            continue;
        out.begin_object();
        out.member("index", start / cells);
        std::size_t i = 0;
        for (const std::string_view name : inputs.names)
            out.member(name, values[i++]);
        out.end_object();
    }
    out.end_array();
}

void write_signatures(const VirtualMachine& vm, JsonOutput& out) {
    out.begin_array();
    for (const auto& [address, signature] : vm.builtins().signatures()) {
        const auto public_key = felt_at(vm.memory(), address);
        const auto message = felt_at(vm.memory(), address + 1);
        if (!public_key || !message)
            continue;
        out.begin_object();
        out.member("index", address.offset / 2);
        out.member("pubkey", *public_key);
        out.member("msg", *message);
        out.key("signature_input");
        out.begin_object();
        out.member("r", signature.first);
        // A pair of cells is only complete when its signature is valid, so s has an inverse.
        out.member("w", Felt::from_limbs_mod_p(inverse_mod_order(signature.second.limbs())));
        out.end_object();
        out.end_object();
    }
    out.end_array();
}

// Unreadable pieces count as 0: a pointer as address 0 of segment 0, whose flat address it then
// has.
class ModInstances {
  public:
    ModInstances(const ProgramRunner& runner, const Builtin& builtin)
        : memory_(runner.vm().memory()),
          batch_size_(runner.vm().builtins().mod_batch_size()),
          segment_(builtin.segment),
          table_(relocation_table(runner.segment_sizes())),
          zero_segment_(runner.zero_segment().value_or(0)) {}

    void write(JsonOutput& out) const {
        out.begin_object();
        out.key("instances");
        out.begin_array();
        const std::uint64_t cells = builtin_shape(BuiltinName::add_mod).cells;
        for (std::uint64_t i = 0; i < memory_.used_size(segment_) / cells; ++i)
            write_instance(i, {segment_, i * cells}, out);
        out.end_array();
        out.member("zero_value_address", table_[static_cast<std::size_t>(zero_segment_)]);
        out.end_object();
    }

  private:
    static constexpr std::size_t kWords = 4;

    [[nodiscard]] Felt word(const Relocatable& address) const {
        return felt_at(memory_, address).value_or(Felt());
    }
    [[nodiscard]] std::uint64_t number(const Relocatable& address) const {
        return word(address).to_u64().value_or(0);
    }
    [[nodiscard]] Relocatable pointer(const Relocatable& address) const {
        const auto value = memory_.get(address);
        return value && value->is_relocatable() ? value->relocatable() : Relocatable{};
    }
    [[nodiscard]] std::uint64_t flat(const Relocatable& address) const {
        const auto segment = static_cast<std::size_t>(address.segment);
        return address.segment < 0 || segment >= table_.size() ? 0
                                                               : table_[segment] + address.offset;
    }

    void write_instance(std::uint64_t index, const Relocatable& start, JsonOutput& out) const {
        out.begin_object();
        out.member("index", index);
        for (std::size_t i = 0; i < kWords; ++i)
            out.member("p" + std::to_string(i), word(start + i));
        const Relocatable values = pointer(start + 4), offsets = pointer(start + 5);
        out.member("values_ptr", flat(values));
        out.member("offsets_ptr", flat(offsets));
        out.member("n", number(start + 6));
        out.key("batch");
        out.begin_array();
        for (std::uint64_t i = 0; i < batch_size_; ++i)
            write_operation(values, offsets + 3 * i, out);
        out.end_array();
        out.end_object();
    }

    void write_operation(const Relocatable& values, const Relocatable& offsets,
                         JsonOutput& out) const {
        out.begin_object();
        for (std::uint64_t operand = 0; operand < 3; ++operand) {
            const std::string name(1, static_cast<char>('a' + operand));
            const std::uint64_t offset = number(offsets + operand);
            out.member(name + "_offset", offset);
            for (std::uint64_t i = 0; i < kWords; ++i)
                out.member(name + std::to_string(i), word(values + offset + i));
        }
        out.end_object();
    }

    const Memory& memory_;
    std::uint64_t batch_size_;
    std::int32_t segment_;
    std::vector<std::uint64_t> table_;
    std::int32_t zero_segment_;
};

// The order of the file.
constexpr std::array kFileOrder{
    BuiltinName::pedersen, BuiltinName::range_check, BuiltinName::range_check96,
    BuiltinName::ecdsa,    BuiltinName::bitwise,     BuiltinName::ec_op,
    BuiltinName::keccak,   BuiltinName::poseidon,    BuiltinName::add_mod,
    BuiltinName::mul_mod,
};

}  // namespace

void write_air_private_input(const ProgramRunner& runner, const ProverFiles& files,
                             JsonOutput& out) {
    const VirtualMachine& vm = runner.vm();
    out.begin_object();
    out.member("trace_path", files.trace_path);
    out.member("memory_path", files.memory_path);
    for (const BuiltinName name : kFileOrder) {
        const Builtin* const builtin = vm.builtins().find(name);
        if (builtin == nullptr)
            continue;
        out.key(builtin_name(name));
        if (name == BuiltinName::ecdsa) {
            write_signatures(vm, out);
        } else if (name == BuiltinName::add_mod || name == BuiltinName::mul_mod) {
            ModInstances(runner, *builtin).write(out);
        } else {
            write_inputs(vm.memory(), *builtin,
                         *std::ranges::find(kInputNames, name, &InputNames::builtin), out);
        }
    }
    out.end_object();
    out.finish();
}

}  // namespace blockexecd::vm::cairo0

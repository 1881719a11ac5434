// SPDX-License-Identifier: Apache-2.0
// The set of builtins: segments, rules, resources, stop pointers.
#include "vm/builtins/builtins.hpp"

#include <algorithm>

#include "vm/builtins/bitwise.hpp"
#include "vm/builtins/felt_cell.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::array<BuiltinShape, kBuiltinCount> kShapes = [] {
    std::array<BuiltinShape, kBuiltinCount> shapes{};
    const auto set = [&shapes](BuiltinName name, BuiltinShape shape) {
        shapes[static_cast<std::size_t>(name)] = shape;
    };
    set(BuiltinName::output, {0, 0});
    set(BuiltinName::range_check, {1, 1});
    set(BuiltinName::pedersen, {3, 2});
    set(BuiltinName::ecdsa, {2, 2});
    set(BuiltinName::keccak, {16, 8});
    set(BuiltinName::bitwise, {5, 2});
    set(BuiltinName::ec_op, {7, 5});
    set(BuiltinName::poseidon, {6, 3});
    set(BuiltinName::segment_arena, {3, 3});
    set(BuiltinName::range_check96, {1, 1});
    set(BuiltinName::add_mod, {7, 7});
    set(BuiltinName::mul_mod, {7, 7});
    return shapes;
}();

SegmentRule rule_of(BuiltinName name) {
    switch (name) {
        case BuiltinName::range_check:
            return SegmentRule::range_check;
        case BuiltinName::range_check96:
            return SegmentRule::range_check96;
        case BuiltinName::ecdsa:
            return SegmentRule::signature;
        case BuiltinName::pedersen:
        case BuiltinName::bitwise:
        case BuiltinName::ec_op:
        case BuiltinName::keccak:
        case BuiltinName::poseidon:
            return SegmentRule::deduced;
        case BuiltinName::output:
        case BuiltinName::segment_arena:
        case BuiltinName::add_mod:
        case BuiltinName::mul_mod:
            return SegmentRule::none;
    }
    return SegmentRule::none;
}

Error runner_error(std::string message) {
    return {ErrorKind::runner, std::move(message)};
}

}  // namespace

BuiltinShape builtin_shape(BuiltinName name) {
    return kShapes[static_cast<std::size_t>(name)];
}

std::string builtin_display(BuiltinName name) {
    return std::string(builtin_name(name)) + "_builtin";
}

void Builtins::add(BuiltinName name, bool included, bool simulated) {
    Builtin& builtin = builtins_[count_++];
    builtin = Builtin{};
    builtin.name = name;
    builtin.included = included;
    builtin.simulated = simulated;
    if (name == BuiltinName::segment_arena) {
        const Relocatable infos = memory_.add_segment();
        const Relocatable base = memory_.add_segment();
        builtin.segment = base.segment;
        // A fresh segment takes any value.
        const std::array<Value, 3> first{infos, std::uint64_t{0}, std::uint64_t{0}};
        (void)memory_.load(base, std::span<const Value>(first));
        return;
    }
    builtin.segment = memory_.add_segment().segment;
    // Deductions need no rule that could fail on insert, so they may be seen from the start.
    if (rule_of(name) == SegmentRule::deduced)
        memory_.set_rule(builtin.segment, SegmentRule::deduced);
}

const Builtin* Builtins::find(BuiltinName name) const {
    for (const Builtin& builtin : all())
        if (builtin.name == name && !builtin.simulated)
            return &builtin;
    return nullptr;
}

Builtin* Builtins::find(BuiltinName name) {
    return const_cast<Builtin*>(static_cast<const Builtins*>(this)->find(name));
}

void Builtins::install_rules() {
    memory_.set_signature_validator(this);
    for (const Builtin& builtin : all())
        if (!builtin.simulated)
            memory_.set_rule(builtin.segment, rule_of(builtin.name));
}

// Whose segment it is; null if nobody's.
static Builtin* owner(std::span<Builtin> builtins, std::int32_t segment) {
    // Their segments mostly follow one another.
    const std::int64_t guess =
        builtins.empty() ? -1 : std::int64_t{segment} - builtins.front().segment;
    if (guess >= 0 && guess < std::ssize(builtins) &&
        builtins[static_cast<std::size_t>(guess)].segment == segment)
        return &builtins[static_cast<std::size_t>(guess)];
    for (Builtin& builtin : builtins)
        if (builtin.segment == segment)
            return &builtin;
    return nullptr;
}

Result<std::optional<Value>> Builtins::deduce(const Relocatable& address) {
    if (memory_.rule(address.segment) != SegmentRule::deduced)
        return std::optional<Value>();
    Builtin* const builtin = owner(all(), address.segment);
    return builtin != nullptr ? deduce_in(*builtin, address.offset)
                              : Result<std::optional<Value>>(std::optional<Value>());
}

// Bitwise without detours: some programs are made of it.
static Builtins::Deduction deduce_bitwise(const Segment& segment, const Relocatable& address,
                                          Cell& out, Arena& arena) {
    const std::uint64_t index = address.offset % kBitwiseCells;
    const std::uint64_t start = address.offset - index;
    if (index < kBitwiseInputs)
        return Builtins::Deduction::unknown;
    if (deduce_bitwise_cell(segment, start, index, out, arena))
        return Builtins::Deduction::known;
    const auto outputs = bitwise_outputs(segment, {address.segment, start});
    return outputs.has_error() ? Builtins::Deduction::failed : Builtins::Deduction::unknown;
}

Builtins::Deduction Builtins::deduce_cell(std::int32_t segment, std::uint64_t offset, Cell& out) {
    Builtin* const builtin = owner(all(), segment);
    if (builtin == nullptr)
        return Deduction::unknown;
    if (builtin->name == BuiltinName::bitwise)
        return deduce_bitwise(memory_.segments()[segment], {segment, offset}, out, memory_.arena());
    const auto value = deduce_in(*builtin, offset);
    if (value.has_error())
        return Deduction::failed;
    if (!*value)
        return Deduction::unknown;
    out.store(**value, memory_.arena(), true);
    return Deduction::known;
}

Result<void> Builtins::compare(const Builtin& builtin, const Value& expected,
                               const Value& found) const {
    if (expected == found)
        return {};
    return Error(ErrorKind::virtual_machine, "Inconsistent auto-deduction for " +
                                                 builtin_display(builtin.name) + ", expected " +
                                                 expected.to_string() + ", got Some(" +
                                                 found.to_debug_string() + ")");
}

Result<void> Builtins::verify_auto_deductions() {
    for (Builtin& builtin : all()) {
        if (builtin.simulated || rule_of(builtin.name) != SegmentRule::deduced)
            continue;
        if (builtin.name == BuiltinName::bitwise) {
            BX_CHECK(verify_bitwise(builtin));
            continue;
        }
        const BuiltinShape shape = builtin_shape(builtin.name);
        const std::uint64_t size = memory_.segment_size(builtin.segment);
        for (std::uint64_t instance = 0; instance < size; instance += shape.cells) {
            for (std::uint64_t offset = instance + shape.inputs;
                 offset < std::min(instance + shape.cells, size); ++offset) {
                const Relocatable address{builtin.segment, offset};
                const Cell* const cell = felt_cell(memory_, address);
                if (cell == nullptr && !memory_.get(address) && skip_hash(builtin, offset))
                    continue;
                BX_TRY(const auto expected, deduce_in(builtin, offset));
                if (!expected || (cell != nullptr && cell->felt() == expected->felt()))
                    continue;
                if (const auto found = memory_.get(address))
                    BX_CHECK(compare(builtin, *expected, *found));
            }
        }
    }
    return {};
}

Result<void> Builtins::complete_auto_deductions() {
    for (Builtin& builtin : all()) {
        if (builtin.simulated || builtin.name == BuiltinName::output ||
            builtin.name == BuiltinName::segment_arena)
            continue;
        const BuiltinShape shape = builtin_shape(builtin.name);
        const std::uint64_t size =
            (memory_.segment_size(builtin.segment) + shape.cells - 1) / shape.cells * shape.cells;
        memory_.extend_with_holes(builtin.segment, size);
        if (rule_of(builtin.name) != SegmentRule::deduced)
            continue;
        // A deduction reads inputs only, so what is missing may be written at once.
        for (std::uint64_t start = 0; start < size; start += shape.cells) {
            for (std::uint64_t offset = start + shape.inputs; offset < start + shape.cells;
                 ++offset) {
                BX_TRY(const auto expected, deduce_in(builtin, offset));
                if (!expected)
                    continue;
                const Relocatable address{builtin.segment, offset};
                if (const auto found = memory_.get(address))
                    BX_CHECK(compare(builtin, *expected, *found));
                else
                    memory_.overwrite(address, *expected);
            }
        }
    }
    return {};
}

Result<std::uint64_t> Builtins::used_cells(const Builtin& builtin) const {
    const std::uint64_t used = memory_.used_size(builtin.segment);
    if (builtin.name != BuiltinName::segment_arena)
        return used;
    if (used < 3)
        return Error(ErrorKind::memory,
                     "segment_arena_builtin: assert used >= INITIAL_SEGMENT_SIZE");
    return used - 3;
}

Result<std::uint64_t> Builtins::used_instances(const Builtin& builtin) const {
    BX_TRY(const std::uint64_t cells, used_cells(builtin));
    const std::uint64_t each = std::max<std::uint64_t>(builtin_shape(builtin.name).cells, 1);
    return (cells + each - 1) / each;
}

Result<Relocatable> Builtins::final_stack(Builtin& builtin, const Relocatable& pointer) {
    if (!builtin.included) {
        builtin.stop_pointer = 0;
        return pointer;
    }
    const std::string name = builtin_display(builtin.name);
    const auto value = pointer.offset == 0 ? std::nullopt : memory_.get(pointer - 1);
    if (!value || !value->is_relocatable())
        return runner_error("No stop pointer found for builtin " + name);
    const Relocatable stop = value->relocatable();
    if (stop.segment != builtin.segment)
        return runner_error("Invalid stop pointer for " + name + ": Stop pointer has value " +
                            stop.to_string() + " but builtin segment is " +
                            std::to_string(builtin.segment));
    BX_TRY(std::uint64_t used, used_instances(builtin));
    if (builtin.name == BuiltinName::segment_arena)
        ++used;
    used *= std::max<std::uint64_t>(builtin_shape(builtin.name).cells, 1);
    if (stop.offset != used)
        return runner_error("Invalid stop pointer for " + name +
                            ". Expected: " + Relocatable{builtin.segment, used}.to_string() +
                            ", found: " + stop.to_string());
    builtin.stop_pointer = stop.offset;
    return pointer - 1;
}

}  // namespace blockexecd::vm

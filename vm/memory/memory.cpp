// SPDX-License-Identifier: Apache-2.0
// Reading, where relocation rules apply to values.
#include "vm/memory/memory.hpp"

#include <algorithm>

#include "vm/memory/memory_detail.hpp"

namespace blockexecd::vm {

namespace {

Error unknown_cell(const Relocatable& address) {
    return memory_error("Unknown memory cell at address " + address.to_string());
}
Error expected_integer(const Relocatable& address) {
    return memory_error("Expected integer at address " + address.to_string());
}
// A pointer that its rule would move beyond the last offset reads as a missing cell.
bool moves_beyond(const Value& value, const std::vector<std::optional<Relocatable>>& rules) {
    if (!value.is_relocatable() || value.relocatable().segment >= 0)
        return false;
    const std::size_t index = temporary_index(value.relocatable().segment);
    return index < rules.size() && rules[index] &&
           rules[index]->offset > UINT64_MAX - value.relocatable().offset;
}

}  // namespace

const Cell* Memory::cell_elsewhere(const Relocatable& address) const {
    const Segment* found = find(address.segment);
    if (found == nullptr)
        return nullptr;
    std::uint64_t offset = address.offset;
    if (offset >= found->size) {
        if (address.segment != 0 || !shared_program_)
            return nullptr;
        offset -= found->size;
        found = &program_tail_;
        if (offset >= found->size)
            return nullptr;
    }
    return found->cells + offset;
}

Cell* Memory::mutable_cell(const Relocatable& address) {
    return const_cast<Cell*>(cell(address));
}

Value Memory::relocated(const Value& value) const {
    if (!has_rules_ || !value.is_relocatable() || value.relocatable().segment >= 0)
        return value;
    const Relocatable& address = value.relocatable();
    const std::size_t index = temporary_index(address.segment);
    if (index >= rules_.size() || !rules_[index])
        return value;
    return *rules_[index] + address.offset;
}

std::optional<Value> Memory::get(const Relocatable& address) const {
    const Cell* const found = cell(address);
    if (found == nullptr || found->is_empty())
        return std::nullopt;
    const Value value = found->load();
    if (has_rules_ && moves_beyond(value, rules_))
        return std::nullopt;
    return relocated(value);
}

Result<Value> Memory::get_value(const Relocatable& address) const {
    const auto value = get(address);
    return value ? Result<Value>(*value) : unknown_cell(address);
}

Result<Felt> Memory::get_felt(const Relocatable& address) const {
    const Cell* const found = cell(address);
    if (found == nullptr || found->is_empty())
        return unknown_cell(address);
    if (found->is_relocatable())
        return expected_integer(address);
    return found->felt();
}

Result<Relocatable> Memory::get_relocatable(const Relocatable& address) const {
    const Cell* const found = cell(address);
    if (found == nullptr || found->is_empty())
        return unknown_cell(address);
    if (!found->is_relocatable())
        return memory_error("Expected relocatable at address " + address.to_string());
    const Relocatable value = found->relocatable();
    if (!has_rules_)
        return value;
    if (moves_beyond(value, rules_))
        return unknown_cell(address);
    return relocated(value).relocatable();
}

Result<std::uint32_t> Memory::get_u32(const Relocatable& address) const {
    BX_TRY(const Felt felt, get_felt(address));
    const auto value = felt.to_u64();
    if (!value || *value > UINT32_MAX)
        return Error(ErrorKind::math, "Conversion to u32 failed for Felt252 " + felt.to_decimal());
    return static_cast<std::uint32_t>(*value);
}

Result<std::uint64_t> Memory::get_usize(const Relocatable& address) const {
    BX_TRY(const Felt felt, get_felt(address));
    const auto value = felt.to_u64();
    if (!value)
        return Error(ErrorKind::math,
                     "Conversion to usize failed for Felt252 " + felt.to_decimal());
    return *value;
}

Result<std::vector<Felt>> Memory::get_felt_range(const Relocatable& start,
                                                 std::uint64_t size) const {
    std::vector<Felt> felts;
    felts.reserve(std::min(size, segment_size(start.segment)));
    for (std::uint64_t i = 0; i < size; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        BX_TRY(const Felt felt, get_felt(address));
        felts.push_back(felt);
    }
    return felts;
}

Result<std::vector<Value>> Memory::get_continuous_range(const Relocatable& start,
                                                        std::uint64_t size) const {
    std::vector<Value> values;
    values.reserve(std::min(size, segment_size(start.segment)));
    for (std::uint64_t i = 0; i < size; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        const auto value = get(address);
        if (!value)
            return memory_error("Found a memory gap when calling get_continuous_range with base:" +
                                start.to_string() + " and size: " + std::to_string(size));
        values.push_back(*value);
    }
    return values;
}

}  // namespace blockexecd::vm

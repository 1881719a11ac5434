// SPDX-License-Identifier: Apache-2.0
// Every field moves the cursor by its cells, also when it is malformed: an error ends the run
// anyway.
#include "executor/syscalls/syscall_memory.hpp"

#include <string>

#include "executor/calls/call_error.hpp"
#include "executor/syscalls/syscall_frame.hpp"

namespace blockexecd::executor {

vm::Result<Felt> SyscallCursor::read_felt() {
    auto felt = memory_->get_felt(at_);
    ++at_.offset;
    return felt;
}

vm::Result<vm::Relocatable> SyscallCursor::read_pointer() {
    auto pointer = memory_->get_relocatable(at_);
    ++at_.offset;
    return pointer;
}

vm::Result<Felt> SyscallCursor::read_address() {
    BX_TRY(const Felt felt, read_felt());
    return checked_patricia_key(felt);
}

vm::Result<bool> SyscallCursor::read_bool(std::string_view error_info) {
    BX_TRY(const Felt felt, read_felt());
    if (felt.is_zero())
        return false;
    if (felt == Felt(1))
        return true;
    return invalid_syscall_input(felt, error_info);
}

vm::Result<std::uint64_t> SyscallCursor::read_u64(std::string_view error_info) {
    BX_TRY(const Felt felt, read_felt());
    if (!felt.fits_u64())
        return invalid_syscall_input(felt, error_info);
    return felt.limbs()[0];
}

vm::Result<std::array<std::uint64_t, 2>> SyscallCursor::read_u128() {
    BX_TRY(const Felt felt, read_felt());
    if (!felt.fits_u128())
        return syscall_error("Out of range Felt " + felt.to_decimal() +
                             " is too big to convert to 'u128'.");
    return std::array<std::uint64_t, 2>{felt.limbs()[0], felt.limbs()[1]};
}

vm::Result<std::array<std::uint64_t, 4>> SyscallCursor::read_u256() {
    BX_TRY(const auto low, read_u128());
    BX_TRY(const auto high, read_u128());
    return std::array<std::uint64_t, 4>{low[0], low[1], high[0], high[1]};
}

vm::Result<std::vector<Felt>> SyscallCursor::read_array() {
    const auto start_cell = memory_->get(at_);
    if (start_cell && start_cell == memory_->get(at_ + 1)) {
        at_.offset += 2;
        return std::vector<Felt>{};
    }
    BX_TRY(const auto start, read_pointer());
    BX_TRY(const auto end, read_pointer());
    BX_TRY(const auto size, cells_between(start, end));
    return memory_->get_felt_range(start, size);
}

vm::Result<std::vector<Felt>> SyscallCursor::read_deprecated_array() {
    BX_TRY(const Felt size, read_felt());
    if (size.is_zero()) {
        ++at_.offset;
        return std::vector<Felt>{};
    }
    BX_TRY(const auto start, read_pointer());
    if (!size.fits_u64())
        return syscall_error("out of range conversion regarding big integer attempted");
    return memory_->get_felt_range(start, size.limbs()[0]);
}

vm::Result<void> SyscallCursor::write(const vm::Value& value) {
    BX_CHECK(memory_->insert(at_, value));
    ++at_.offset;
    return {};
}

vm::Result<std::uint64_t> cells_between(const vm::Relocatable& start, const vm::Relocatable& end) {
    if (start.segment != end.segment)
        return syscall_error(
            "Operation failed: " + end.to_string() + " - " + start.to_string() +
            ", can't subtract two relocatable values with different segment indexes");
    if (end.offset < start.offset)
        return syscall_error("Operation failed: " + end.to_string() + " - " +
                             std::to_string(start.offset) + ", offsets cant be negative");
    return end.offset - start.offset;
}

}  // namespace blockexecd::executor

// SPDX-License-Identifier: Apache-2.0
// The syscall segment's cursor: requests are read off it field by field, responses are written
// where requests end.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "executor/types/ids.hpp"
#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::executor {

class SyscallCursor {
  public:
    SyscallCursor() = default;
    SyscallCursor(vm::Memory& memory, const vm::Relocatable& start)
        : memory_(&memory), at_(start) {}

    [[nodiscard]] vm::Memory& memory() const { return *memory_; }
    [[nodiscard]] const vm::Relocatable& at() const { return at_; }

    vm::Result<Felt> read_felt();
    vm::Result<vm::Relocatable> read_pointer();
    // Below 2^251.
    vm::Result<Felt> read_address();
    // 0 or 1; error_info completes the error's text.
    vm::Result<bool> read_bool(std::string_view error_info);
    // Error: does not fit; error_info completes the text.
    vm::Result<std::uint64_t> read_u64(std::string_view error_info);
    // Two cells of 128 bits, as limbs, least significant first.
    vm::Result<std::array<std::uint64_t, 4>> read_u256();
    // Cairo 1: start and end. Two equal cells are an empty array, also when they are no pointers.
    vm::Result<std::vector<Felt>> read_array();
    // Cairo 0: length and start. The start of an empty array may be anything.
    vm::Result<std::vector<Felt>> read_deprecated_array();

    vm::Result<void> write(const vm::Value& value);

  private:
    vm::Result<std::array<std::uint64_t, 2>> read_u128();

    vm::Memory* memory_ = nullptr;
    vm::Relocatable at_;
};

// Cells from start to end. Errors: different segments, end before start.
vm::Result<std::uint64_t> cells_between(const vm::Relocatable& start, const vm::Relocatable& end);

}  // namespace blockexecd::executor

// SPDX-License-Identifier: Apache-2.0
// Cairo 1 system calls on the curves secp256k1 and secp256r1 (specification 5.8).
#pragma once

#include <cstdint>

#include "executor/syscalls/syscall_handler.hpp"
#include "executor/syscalls/syscall_memory.hpp"
#include "vm/crypto/secp.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// The point with these coordinates, or none; (0, 0) is infinity.
template <vm::SecpCurve curve>
struct SecpNew {
    vm::U256 x;
    vm::U256 y;
    static vm::Result<SecpNew> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

// The point with this x whose y has this parity, or none.
template <vm::SecpCurve curve>
struct SecpGetPointFromX {
    vm::U256 x;
    bool y_is_odd = false;
    static vm::Result<SecpGetPointFromX> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

template <vm::SecpCurve curve>
struct SecpAdd {
    vm::Relocatable a;
    vm::Relocatable b;
    static vm::Result<SecpAdd> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

// The scalar counts modulo the curve's order.
template <vm::SecpCurve curve>
struct SecpMul {
    vm::Relocatable point;
    vm::U256 scalar;
    static vm::Result<SecpMul> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

template <vm::SecpCurve curve>
struct SecpGetXy {
    vm::Relocatable point;
    static vm::Result<SecpGetXy> read(SyscallCursor& cursor);
    vm::Result<void> run(SyscallHandler& handler, SyscallResponse& response,
                         std::uint64_t& remaining_gas) &&;
};

}  // namespace blockexecd::executor

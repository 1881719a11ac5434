// SPDX-License-Identifier: Apache-2.0
// Reads requests and hands them to the frame.
#include "executor/syscalls/storage_syscalls.hpp"

#include <utility>

#include "executor/calls/call_error.hpp"

namespace blockexecd::executor {

namespace {

// The storage domain (on-chain data) is the only one there is.
vm::Result<StorageKey> read_storage_key(SyscallCursor& cursor) {
    BX_TRY(const Felt domain, cursor.read_felt());
    if (!domain.is_zero())
        return syscall_error("Invalid address domain: " + domain.to_decimal() + ".");
    return cursor.read_address();
}

}  // namespace

vm::Result<StorageRead> StorageRead::read(SyscallCursor& cursor) {
    BX_TRY(const StorageKey key, read_storage_key(cursor));
    return StorageRead{key};
}

vm::Result<void> StorageRead::run(SyscallHandler& handler, SyscallResponse& response,
                                  std::uint64_t&) && {
    BX_TRY(const Felt value, handler.frame.storage_read(key));
    response.add(value);
    return {};
}

vm::Result<StorageWrite> StorageWrite::read(SyscallCursor& cursor) {
    BX_TRY(const StorageKey key, read_storage_key(cursor));
    BX_TRY(const Felt value, cursor.read_felt());
    return StorageWrite{key, value};
}

vm::Result<void> StorageWrite::run(SyscallHandler& handler, SyscallResponse&, std::uint64_t&) && {
    return handler.frame.storage_write(key, value);
}

vm::Result<EmitEvent> EmitEvent::read(SyscallCursor& cursor) {
    BX_TRY(auto keys, cursor.read_array());
    BX_TRY(auto data, cursor.read_array());
    return EmitEvent{std::move(keys), std::move(data)};
}

vm::Result<void> EmitEvent::run(SyscallHandler& handler, SyscallResponse&, std::uint64_t&) && {
    return handler.frame.emit_event(std::move(keys), std::move(data));
}

vm::Result<SendMessageToL1> SendMessageToL1::read(SyscallCursor& cursor) {
    BX_TRY(const Felt to_address, cursor.read_felt());
    BX_TRY(auto payload, cursor.read_array());
    return SendMessageToL1{to_address, std::move(payload)};
}

vm::Result<void> SendMessageToL1::run(SyscallHandler& handler, SyscallResponse&,
                                      std::uint64_t&) && {
    handler.frame.info.syscalls_usage[SyscallSelector::SendMessageToL1].linear_factor +=
        payload.size();
    return handler.frame.send_message_to_l1(to_address, std::move(payload));
}

}  // namespace blockexecd::executor

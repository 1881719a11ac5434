// SPDX-License-Identifier: Apache-2.0
// One running call as its system calls see it, whatever its Cairo generation: what they change is
// here or in the call info that they fill.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "executor/calls/call_info.hpp"
#include "executor/calls/entry_point.hpp"
#include "executor/calls/execution_context.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/syscalls/read_only_segments.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::executor {

struct DeployedContract {
    ContractAddress address;
    CallInfo constructor;
};

class SyscallFrame {
  public:
    // The newest revert info is the call's own.
    SyscallFrame(CallInfo& call_info, CachedState& cached_state,
                 ExecutionContext& execution_context);

    CallInfo& info;
    CachedState& state;
    ExecutionContext& context;
    ReadOnlySegments read_only_segments;

    [[nodiscard]] const ContractAddress& storage_address() const {
        return info.call.storage_address;
    }
    [[nodiscard]] const VersionedConstants& constants() const { return context.constants(); }

    // Error: the call is made in validate mode; `what` names it.
    [[nodiscard]] vm::Result<void> reject_in_validate(std::string_view what) const;

    vm::Result<Felt> storage_read(const StorageKey& key);
    vm::Result<void> storage_write(const StorageKey& key, const Felt& value);
    // Errors: the version's limits on events.
    vm::Result<void> emit_event(std::vector<Felt> keys, std::vector<Felt> data);
    // Error: an address that is no L1 address (unless this is an L3).
    vm::Result<void> send_message_to_l1(const Felt& to_address, std::vector<Felt> payload);
    // Runs the constructor; its call info is returned, not yet an inner call.
    vm::Result<DeployedContract> deploy(const ClassHash& class_hash, const Felt& salt,
                                        std::vector<Felt> calldata, bool deploy_from_zero,
                                        std::uint64_t& remaining_gas);
    // Null: not declared, which is an error of its own text.
    vm::Result<std::shared_ptr<const CompiledClass>> declared_class(const ClassHash& class_hash);

    // Block number and timestamp as this mode sees them.
    [[nodiscard]] BlockNumber visible_block_number() const;
    [[nodiscard]] std::uint64_t visible_block_timestamp() const;
    // What the contract is told for the transaction's version: 1 for accounts bound to version 1
    // (`v1_bound_accounts` of its Cairo generation), while the tip is low.
    [[nodiscard]] bool hides_version_3(const std::vector<ClassHash>& v1_bound_accounts) const;

  private:
    std::size_t revert_index_;
};

// A contract address or storage key is below 2^251. Error: the reference's text.
vm::Result<Felt> checked_patricia_key(const Felt& felt);
vm::Error invalid_syscall_input(const Felt& input, std::string_view info);

}  // namespace blockexecd::executor

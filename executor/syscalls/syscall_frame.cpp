// SPDX-License-Identifier: Apache-2.0
// The effects of system calls that both Cairo generations have.
#include "executor/syscalls/syscall_frame.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "executor/calls/call_error.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/types/address.hpp"

namespace blockexecd::executor {

namespace {

vm::Error event_limit_error(std::string_view what, std::string_view lower_what, std::uint64_t value,
                            std::uint64_t limit) {
    const std::string lower(lower_what);
    return syscall_error("Exceeded the maximum " + std::string(what) + ", " + lower + ": " +
                         std::to_string(value) + ", max " + lower + ": " + std::to_string(limit) +
                         ".");
}

}  // namespace

SyscallFrame::SyscallFrame(CallInfo& call_info, CachedState& cached_state,
                           ExecutionContext& execution_context)
    : info(call_info),
      state(cached_state),
      context(execution_context),
      revert_index_(execution_context.revert_infos.size() - 1) {}

vm::Result<void> SyscallFrame::reject_in_validate(std::string_view what) const {
    if (!context.is_validate())
        return {};
    return syscall_error("Unauthorized syscall " + std::string(what) +
                         " in execution mode Validate.");
}

vm::Result<Felt> SyscallFrame::storage_read(const StorageKey& key) {
    info.storage_access_tracker.accessed_storage_keys.insert(key);
    BX_TRY(const Felt value, state.storage_at(storage_address(), key));
    info.storage_access_tracker.storage_read_values.push_back(value);
    return value;
}

vm::Result<void> SyscallFrame::storage_write(const StorageKey& key, const Felt& value) {
    const auto& address = storage_address();
    auto& infos = context.revert_infos;
    auto& original_values = infos[revert_index_].original_values;
    if (!original_values.contains(key)) {
        // A call below may have written the key before this frame did: then the value it found is
        // the original.
        const auto newer = std::find_if(
            infos.begin() + static_cast<std::ptrdiff_t>(revert_index_) + 1, infos.end(),
            [&](const EntryPointRevertInfo& below) {
                return below.contract_address == address && below.original_values.contains(key);
            });
        if (newer != infos.end()) {
            original_values.emplace(key, newer->original_values.at(key));
        } else {
            BX_TRY(const Felt original, state.storage_at(address, key));
            original_values.emplace(key, original);
        }
    }
    info.storage_access_tracker.accessed_storage_keys.insert(key);
    state.set_storage_at(address, key, value);
    return {};
}

vm::Result<void> SyscallFrame::emit_event(std::vector<Felt> keys, std::vector<Felt> data) {
    const auto& limits = constants().tx_event_limits;
    const auto n_events = context.n_emitted_events + 1;
    if (n_events > limits.max_n_emitted_events)
        return event_limit_error("number of events", "number events", n_events,
                                 limits.max_n_emitted_events);
    if (keys.size() > limits.max_keys_length)
        return event_limit_error("keys length", "keys length", keys.size(), limits.max_keys_length);
    if (data.size() > limits.max_data_length)
        return event_limit_error("data length", "data length", data.size(), limits.max_data_length);
    info.execution.events.push_back({context.n_emitted_events, std::move(keys), std::move(data)});
    ++context.n_emitted_events;
    return {};
}

vm::Result<void> SyscallFrame::send_message_to_l1(const Felt& to_address,
                                                  std::vector<Felt> payload) {
    if (!context.block.is_l3 && to_address.bit_length() > 160)
        return syscall_error("Out of range " + to_address.to_decimal() + ".");
    info.execution.l2_to_l1_messages.push_back(
        {context.n_sent_messages_to_l1, to_address, std::move(payload)});
    ++context.n_sent_messages_to_l1;
    return {};
}

vm::Result<DeployedContract> SyscallFrame::deploy(const ClassHash& class_hash, const Felt& salt,
                                                  std::vector<Felt> calldata, bool deploy_from_zero,
                                                  std::uint64_t& remaining_gas) {
    const auto deployer = storage_address();
    const auto address =
        contract_address(deploy_from_zero ? Felt{} : deployer, salt, class_hash, calldata);
    const ConstructorContext constructor{class_hash, address, address, deployer};
    BX_TRY(auto constructor_info,
           execute_deployment(constructor, std::move(calldata), state, context, remaining_gas));
    return DeployedContract{address, std::move(constructor_info)};
}

vm::Result<std::shared_ptr<const CompiledClass>> SyscallFrame::declared_class(
    const ClassHash& class_hash) {
    BX_TRY(auto compiled_class, state.compiled_class(class_hash));
    if (compiled_class == nullptr)
        return syscall_error("Class with hash " + class_hash.to_hex_padded() + " is not declared.");
    return compiled_class;
}

BlockNumber SyscallFrame::visible_block_number() const {
    const auto number = context.block.block_number;
    return context.is_validate()
               ? number - number % constants().os_constants.validate_rounding.block_number
               : number;
}

std::uint64_t SyscallFrame::visible_block_timestamp() const {
    const auto timestamp = context.block.block_timestamp;
    return context.is_validate()
               ? timestamp - timestamp % constants().os_constants.validate_rounding.timestamp
               : timestamp;
}

bool SyscallFrame::hides_version_3(const std::vector<ClassHash>& v1_bound_accounts) const {
    return context.transaction.version == 3 &&
           context.transaction.tip <= constants().os_constants.v1_bound_accounts_max_tip &&
           std::ranges::find(v1_bound_accounts, info.call.class_hash) != v1_bound_accounts.end();
}

vm::Result<Felt> checked_patricia_key(const Felt& felt) {
    if (felt.bit_length() > 251)
        return syscall_error(
            "Out of range [0x0, "
            "0x800000000000000000000000000000000000000000000000000000000000000).");
    return felt;
}

vm::Error invalid_syscall_input(const Felt& input, std::string_view info) {
    return syscall_error("Invalid syscall input: " + input.to_hex() + "; " + std::string(info));
}

}  // namespace blockexecd::executor

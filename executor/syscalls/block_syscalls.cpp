// SPDX-License-Identifier: Apache-2.0
// Execution info is a tree of read-only segments; the order in which they are made is part of the
// rules, since segment numbers show in error texts (specification 5.5, 5.6).
#include "executor/syscalls/block_syscalls.hpp"

#include <algorithm>
#include <array>
#include <boost/container/static_vector.hpp>

#include "executor/calls/block_context.hpp"
#include "executor/constants/versioned_constants.hpp"

namespace blockexecd::executor {

namespace {

Felt felt_from_u128(u128 value) {
    return Felt::from_u128(static_cast<std::uint64_t>(value),
                           static_cast<std::uint64_t>(value >> 64));
}

class ExecutionInfoBuilder {
  public:
    explicit ExecutionInfoBuilder(SyscallHandler& handler)
        : frame_(handler.frame), memory_(handler.cursor.memory()) {}

    vm::Result<vm::Relocatable> build() {
        BX_TRY(const auto block_info, allocate(block_info_felts()));
        BX_TRY(const auto transaction_info, build_transaction_info());
        const auto& call = frame_.info.call;
        const std::array<vm::Value, 5> values{block_info.start, transaction_info.start,
                                              call.caller_address, call.storage_address,
                                              call.entry_point_selector};
        BX_TRY(const auto execution_info,
               frame_.read_only_segments.allocate(memory_, std::span<const vm::Value>(values)));
        return execution_info.start;
    }

  private:
    vm::Result<ReadOnlySegment> allocate(std::span<const Felt> data) {
        return frame_.read_only_segments.allocate(memory_, data);
    }

    [[nodiscard]] std::array<Felt, 3> block_info_felts() const {
        const auto& context = frame_.context;
        return {Felt(frame_.visible_block_number()), Felt(frame_.visible_block_timestamp()),
                context.is_validate() ? Felt{} : context.block.sequencer_address};
    }

    vm::Result<ReadOnlySegment> build_resource_bounds() {
        const auto& transaction = frame_.context.transaction;
        const auto& os_constants = frame_.constants().os_constants;
        const auto& accounts = os_constants.data_gas_accounts;
        const bool hides_data_gas =
            transaction.version == 3 &&
            std::ranges::find(accounts, frame_.info.call.class_hash) != accounts.end();
        boost::container::static_vector<Felt, 9> felts;
        const auto add = [&](const Felt& name, const ResourceBounds& bounds) {
            felts.push_back(name);
            felts.push_back(Felt(bounds.max_amount));
            felts.push_back(felt_from_u128(bounds.max_price_per_unit));
        };
        const auto& bounds = transaction.resource_bounds;
        add(os_constants.l1_gas, bounds.l1_gas);
        add(os_constants.l2_gas, bounds.l2_gas);
        if (bounds.l1_data_gas && !hides_data_gas)
            add(os_constants.l1_data_gas, *bounds.l1_data_gas);
        return allocate(felts);
    }

    vm::Result<ReadOnlySegment> build_transaction_info() {
        const auto& transaction = frame_.context.transaction;
        const auto& os_constants = frame_.constants().os_constants;
        BX_TRY(const auto signature, allocate(transaction.signature));
        const std::uint8_t version =
            frame_.hides_version_3(os_constants.v1_bound_accounts_cairo1) ? 1 : transaction.version;
        boost::container::static_vector<vm::Value, 19> values{
            signed_version(version, transaction.only_query),
            transaction.sender_address,
            felt_from_u128(transaction.max_fee),
            signature.start,
            signature.end(),
            transaction.transaction_hash,
            frame_.context.block.chain_id,
            transaction.nonce,
        };
        if (transaction.has_resource_bounds) {
            BX_TRY(const auto resource_bounds, build_resource_bounds());
            BX_TRY(const auto paymaster_data, allocate(transaction.paymaster_data));
            BX_TRY(const auto account_deployment_data,
                   allocate(transaction.account_deployment_data));
            BX_TRY(const auto proof_facts, allocate(transaction.proof_facts));
            const auto add = [&](const ReadOnlySegment& segment) {
                values.push_back(segment.start);
                values.push_back(segment.end());
            };
            add(resource_bounds);
            values.push_back(Felt(transaction.tip));
            add(paymaster_data);
            values.push_back(Felt(transaction.nonce_data_availability_mode));
            values.push_back(Felt(transaction.fee_data_availability_mode));
            add(account_deployment_data);
            add(proof_facts);
        } else {
            values.resize(19, vm::Value(Felt{}));
        }
        return frame_.read_only_segments.allocate(memory_, std::span<const vm::Value>(values));
    }

    SyscallFrame& frame_;
    vm::Memory& memory_;
};

}  // namespace

vm::Result<GetBlockHash> GetBlockHash::read(SyscallCursor& cursor) {
    BX_TRY(const auto block_number, cursor.read_u64("Block number must fit within 64 bits."));
    return GetBlockHash{block_number};
}

vm::Result<void> GetBlockHash::run(SyscallHandler& handler, SyscallResponse& response,
                                   std::uint64_t&) && {
    auto& frame = handler.frame;
    const auto& os_constants = frame.constants().os_constants;
    // The block's own number, also in validate mode.
    const auto current = frame.context.block.block_number;
    if (current < kStoredBlockHashBuffer || block_number > current - kStoredBlockHashBuffer) {
        BX_CHECK(frame.reject_in_validate("get_block_hash on recent blocks"));
        response.fail({os_constants.error_block_number_out_of_range});
        return {};
    }
    auto& tracker = frame.info.storage_access_tracker;
    tracker.accessed_blocks.insert(block_number);
    BX_TRY(const auto block_hash, frame.state.storage_at(os_constants.block_hash_contract_address,
                                                         StorageKey(block_number)));
    tracker.read_block_hash_values.push_back(block_hash);
    response.add(block_hash);
    return {};
}

vm::Result<GetExecutionInfo> GetExecutionInfo::read(SyscallCursor&) {
    return GetExecutionInfo{};
}

vm::Result<void> GetExecutionInfo::run(SyscallHandler& handler, SyscallResponse& response,
                                       std::uint64_t&) && {
    if (!handler.execution_info) {
        BX_TRY(handler.execution_info, ExecutionInfoBuilder(handler).build());
    }
    response.add(*handler.execution_info);
    return {};
}

}  // namespace blockexecd::executor

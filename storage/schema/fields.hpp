// SPDX-License-Identifier: Apache-2.0
// The fields of every stored type, listed once for writing and reading. A change here is a new
// schema number.
#pragma once

#include "executor/types/access_sets.hpp"
#include "executor/types/block.hpp"
#include "executor/types/verdict.hpp"
#include "storage/schema/coder.hpp"
#include "storage/schema/records.hpp"

namespace blockexecd::storage {

template <>
inline constexpr std::uint64_t kEnumSize<executor::DataAvailabilityMode> = 2;
template <>
inline constexpr std::uint64_t kEnumSize<executor::TransactionType> = 5;
template <>
inline constexpr std::uint64_t kEnumSize<executor::ExecutionStatus> = 2;
template <>
inline constexpr std::uint64_t kEnumSize<ClassForm> = 2;

// A Record is T for a Decoder and const T for an Encoder.
template <class Record, class T>
concept FieldsOf = std::same_as<std::remove_const_t<Record>, T>;

}  // namespace blockexecd::storage

// Found by argument-dependent look-up, hence in the namespace of the types.
namespace blockexecd::executor {

// X(type, field list): r is the record
#define BLOCKEXECD_EXECUTOR_FIELDS(X)                                                              \
    X(GasVector, r.l1_gas, r.l1_data_gas, r.l2_gas)                                                \
    X(GasPrices, r.l1_gas, r.l1_data_gas, r.l2_gas)                                                \
    X(ResourceBounds, r.max_amount, r.max_price_per_unit)                                          \
    X(ValidResourceBounds, r.l1_gas, r.l2_gas, r.l1_data_gas)                                      \
    X(StorageCell, r.address, r.key)                                                               \
    X(ChainInfo, r.chain_id, r.eth_fee_token_address, r.strk_fee_token_address,                    \
      r.synthetic_block_hashes)                                                                    \
    X(BlockHeader, r.number, r.hash, r.parent_hash, r.state_root, r.timestamp,                     \
      r.sequencer_address, r.starknet_version, r.l1_da_mode, r.eth_prices, r.strk_prices,          \
      r.transaction_commitment, r.event_commitment, r.receipt_commitment, r.state_diff_commitment, \
      r.state_diff_length, r.l2_gas_consumed)                                                      \
    X(Transaction, r.type, r.version, r.only_query, r.hash, r.sender_address, r.nonce,             \
      r.signature, r.calldata, r.entry_point_selector, r.class_hash, r.compiled_class_hash,        \
      r.contract_address_salt, r.max_fee, r.resource_bounds, r.tip,                                \
      r.nonce_data_availability_mode, r.fee_data_availability_mode, r.paymaster_data,              \
      r.account_deployment_data, r.proof_facts, r.paid_fee_on_l1)                                  \
    X(Event, r.from_address, r.keys, r.data)                                                       \
    X(MessageToL1, r.from_address, r.to_address, r.payload)                                        \
    X(Receipt, r.transaction_hash, r.transaction_index, r.execution_status, r.revert_error,        \
      r.actual_fee, r.events, r.l2_to_l1_messages, r.execution_resources.n_steps,                  \
      r.execution_resources.n_memory_holes, r.execution_resources.builtins, r.total_gas_consumed,  \
      r.data_availability)                                                                         \
    X(StateDiff, r.storage, r.nonces, r.deployed_contracts, r.replaced_classes,                    \
      r.declared_classes, r.migrated_compiled_classes, r.deprecated_declared_classes)              \
    X(StateUpdate, r.block_hash, r.old_root, r.new_root, r.contracts_root, r.classes_root, r.diff) \
    X(Mismatch, r.block, r.index, r.transaction_hash, r.field, r.expected, r.actual)               \
    X(ExceptedMismatch, r.mismatch, r.reason)                                                      \
    X(Verdict, r.mismatches, r.matched_transactions, r.excepted_transactions,                      \
      r.skipped_transactions, r.compared, r.skipped, r.excepted)                                   \
    X(AccessKeys, r.storage, r.nonces, r.class_hashes, r.compiled_class_hashes, r.classes)         \
    X(AccessSet, r.reads, r.writes)

#define X(type, ...)                                       \
    template <class Coder, storage::FieldsOf<type> Record> \
    void fields(Coder& coder, Record& r) {                 \
        coder(__VA_ARGS__);                                \
    }
BLOCKEXECD_EXECUTOR_FIELDS(X)
#undef X

}  // namespace blockexecd::executor

namespace blockexecd::storage {

#define BLOCKEXECD_STORAGE_FIELDS(X)                                                              \
    X(StoredHeader, r.header, r.transactions)                                                     \
    X(BlockRange, r.first, r.last)                                                                \
    X(BlockTimings::Placement, r.vm, r.cpu, r.node)                                               \
    X(BlockTimings, r.started_unix_ms, r.execute_ns, r.verify_ns, r.executed_steps, r.placements) \
    X(OutcomeRecord, r.transactions, r.verdict, r.failure)                                        \
    X(DeclarationRecord, r.form)

#define X(type, ...)                              \
    template <class Coder, FieldsOf<type> Record> \
    void fields(Coder& coder, Record& r) {        \
        coder(__VA_ARGS__);                       \
    }
BLOCKEXECD_STORAGE_FIELDS(X)
#undef X

}  // namespace blockexecd::storage

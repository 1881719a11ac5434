// SPDX-License-Identifier: Apache-2.0
// What a transaction uses of Starknet beside computation, and the gas of each: data kept for ever,
// messages between the layers, changes of state (specification 4.6, 4.7; blockifier
// fee/resources.rs, fee/gas_usage.rs).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "executor/gas/gas_vector.hpp"
#include "executor/state/state_maps.hpp"
#include "executor/types/flat_map.hpp"

namespace blockexecd::executor {

struct EventSummary {
    std::uint64_t n_events = 0;
    std::uint64_t total_event_keys = 0;
    std::uint64_t total_event_data_size = 0;
    EventSummary& operator+=(const EventSummary& other) {
        n_events += other.n_events;
        total_event_keys += other.total_event_keys;
        total_event_data_size += other.total_event_data_size;
        return *this;
    }
    friend bool operator==(const EventSummary&, const EventSummary&) = default;
};

struct ArchivalDataResources {
    EventSummary event_summary;
    std::uint64_t extended_calldata_length = 0;  // felts: calldata and proof facts
    std::uint64_t signature_length = 0;          // felts
    std::uint64_t code_size = 0;                 // bytes, of a declared class
    bool has_client_side_proof = false;
    friend bool operator==(const ArchivalDataResources&, const ArchivalDataResources&) = default;

    // Each of calldata with signature, code, proof and events is rounded down by itself.
    [[nodiscard]] GasSum gas(const VersionedConstants& constants,
                             GasVectorComputationMode mode) const;
};

struct MessageResources {
    std::vector<std::uint64_t> l2_to_l1_payload_lengths;   // felts
    std::optional<std::uint64_t> l1_handler_payload_size;  // felts
    friend bool operator==(const MessageResources&, const MessageResources&) = default;

    // Felts of the OS's output for these messages.
    [[nodiscard]] std::uint64_t message_segment_length() const;
    // What Starknet's contract on L1 pays to take them in; always L1 gas.
    [[nodiscard]] GasSum starknet_gas() const;
    // With the prover's share.
    [[nodiscard]] GasSum gas() const;
};

struct StateChangesCount {
    std::uint64_t n_storage_updates = 0;
    std::uint64_t n_class_hash_updates = 0;
    std::uint64_t n_compiled_class_hash_updates = 0;
    std::uint64_t n_modified_contracts = 0;
    friend bool operator==(const StateChangesCount&, const StateChangesCount&) = default;

    // Felts of data availability that the changes add to a block.
    [[nodiscard]] std::uint64_t onchain_data_segment_length() const;
    // L1 gas for calldata, L1 data gas for blobs. discounted: calldata costs less for words that
    // are known to have few bytes (VersionedConstants::calldata_da_discount).
    [[nodiscard]] GasSum da_gas(bool use_kzg_da, bool discounted = true) const;
};

struct StateResources {
    StateChangesCount count;
    std::uint64_t n_allocated_keys = 0;
    friend bool operator==(const StateResources&, const StateResources&) = default;

    // Data availability and, from 0.13.4 on, new cells.
    [[nodiscard]] GasSum gas(const VersionedConstants& constants, bool use_kzg_da) const;
};

// The contracts that have an entry in the diff.
FlatSet<ContractAddress> modified_contracts(const StateMaps& changes);

// Counts the changes before the fee transfer: the sender's balance (the low half, at this key) is
// counted even where it has not changed yet, the fee token's contract is not counted as modified.
// Without a sender (L1 handlers) there is no fee.
StateResources count_for_fee_charge(const StateChanges& changes,
                                    const std::optional<StorageKey>& sender_balance_key,
                                    const ContractAddress& fee_token_address);

struct StarknetResources {
    ArchivalDataResources archival_data;
    MessageResources messages;
    StateResources state;
    friend bool operator==(const StarknetResources&, const StarknetResources&) = default;

    [[nodiscard]] GasSum gas(const VersionedConstants& constants, bool use_kzg_da,
                             GasVectorComputationMode mode) const;
};

}  // namespace blockexecd::executor

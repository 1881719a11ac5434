// SPDX-License-Identifier: Apache-2.0
#include "executor/gas/starknet_resources.hpp"

#include "executor/gas/ethereum_gas.hpp"

namespace blockexecd::executor {
namespace {

u128 floor_of(const Ratio& price, u128 amount) {
    return static_cast<u128>(price.numerator) * amount / price.denominator;
}

}  // namespace

GasSum ArchivalDataResources::gas(const VersionedConstants& constants,
                                  GasVectorComputationMode mode) const {
    const auto& costs = mode == GasVectorComputationMode::all
                            ? constants.archival_data_gas_costs
                            : constants.deprecated_l2_resource_gas_costs;
    u128 gas = floor_of(costs.gas_per_data_felt, u128{extended_calldata_length} + signature_length);
    gas += floor_of(costs.gas_per_code_byte, code_size);
    if (has_client_side_proof)
        gas += floor_of(costs.gas_per_proof, 1);
    // data_felt * (key_factor * keys + data), rounded down once.
    const auto& factor = costs.event_key_factor;
    const u128 event_felts_times_denominator =
        u128{factor.numerator} * event_summary.total_event_keys +
        u128{factor.denominator} * event_summary.total_event_data_size;
    gas += event_felts_times_denominator * costs.gas_per_data_felt.numerator /
           (u128{factor.denominator} * costs.gas_per_data_felt.denominator);
    return GasSum::of_l2_resource(gas, mode);
}

std::uint64_t MessageResources::message_segment_length() const {
    std::uint64_t length = 0;
    for (const auto payload : l2_to_l1_payload_lengths)
        length += ethereum::kL2ToL1MessageHeaderSize + payload;
    if (l1_handler_payload_size)
        length += ethereum::kL1ToL2MessageHeaderSize + *l1_handler_payload_size;
    return length;
}

GasSum MessageResources::starknet_gas() const {
    using namespace ethereum;
    std::uint64_t gas = message_segment_length() * kGasPerMemoryWord;
    for (const auto payload : l2_to_l1_payload_lengths)
        gas += kGasPerZeroToNonzeroStorageSet +
               log_gas(kLogMessageToL1Topics, kLogMessageToL1Words + payload);
    if (l1_handler_payload_size)
        gas +=
            kGasPerCounterDecrease + log_gas(kConsumedMessageToL2Topics,
                                             kConsumedMessageToL2Words + *l1_handler_payload_size);
    return {.l1_gas = gas};
}

GasSum MessageResources::gas() const {
    return starknet_gas() +
           GasSum{.l1_gas = u128{message_segment_length()} * ethereum::kSharpGasPerMemoryWord};
}

std::uint64_t StateChangesCount::onchain_data_segment_length() const {
    // A contract: its address, and a word of flag, number of updates and nonce. A class update: the
    // class hash. A cell: key and value. A compiled class: both hashes.
    return n_modified_contracts * 2 + n_class_hash_updates + n_storage_updates * 2 +
           n_compiled_class_hash_updates * 2;
}

GasSum StateChangesCount::da_gas(bool use_kzg_da, bool discounted) const {
    using namespace ethereum;
    const std::uint64_t length = onchain_data_segment_length();
    if (use_kzg_da)
        return {.l1_data_gas = u128{length} * kDataGasPerFieldElement};
    if (!discounted)
        return {.l1_gas = u128{length} * kSharpGasPerMemoryWord};
    // A contract's second word has six nonzero bytes; the fee balance has twelve.
    const std::uint64_t contract_discount = kGasPerMemoryWord - calldata_word_gas(6);
    const std::uint64_t fee_balance_discount = kGasPerMemoryWord - calldata_word_gas(12);
    const u128 naive = u128{length} * kSharpGasPerDaWord;
    const u128 discount = u128{n_modified_contracts} * contract_discount + fee_balance_discount;
    return {.l1_gas = naive > discount ? naive - discount : 0};
}

GasSum StateResources::gas(const VersionedConstants& constants, bool use_kzg_da) const {
    return GasSum::times(constants.allocation_cost.of(use_kzg_da), n_allocated_keys) +
           count.da_gas(use_kzg_da, constants.calldata_da_discount);
}

GasSum StarknetResources::gas(const VersionedConstants& constants, bool use_kzg_da,
                              GasVectorComputationMode mode) const {
    return archival_data.gas(constants, mode) + state.gas(constants, use_kzg_da) + messages.gas();
}

}  // namespace blockexecd::executor

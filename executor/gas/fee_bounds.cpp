// SPDX-License-Identifier: Apache-2.0
#include "executor/gas/fee_bounds.hpp"

#include <algorithm>

namespace blockexecd::executor {
namespace {

constexpr u128 kMax = ~u128{0};

u128 saturating_add(u128 a, u128 b) {
    u128 sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? kMax : sum;
}

u128 saturating_mul(std::uint64_t amount, u128 price) {
    u128 product = 0;
    return __builtin_mul_overflow(u128{amount}, price, &product) ? kMax : product;
}

}  // namespace

std::uint64_t effective_tip(const VersionedConstants& constants, const Transaction& transaction) {
    return constants.enable_tip && transaction.version == 3 ? transaction.tip : 0;
}

u128 max_possible_fee(const Transaction& transaction, std::uint64_t tip) {
    if (transaction.version != 3)
        return transaction.max_fee;
    const auto& bounds = transaction.resource_bounds;
    const u128 l1_fee = saturating_mul(bounds.l1_gas.max_amount, bounds.l1_gas.max_price_per_unit);
    if (!bounds.l1_data_gas)
        return l1_fee;
    const u128 l2_price = saturating_add(bounds.l2_gas.max_price_per_unit, tip);
    const u128 data_fee =
        saturating_mul(bounds.l1_data_gas->max_amount, bounds.l1_data_gas->max_price_per_unit);
    return saturating_add(
        saturating_add(l1_fee, saturating_mul(bounds.l2_gas.max_amount, l2_price)), data_fee);
}

bool enforces_fee(const Transaction& transaction) {
    return max_possible_fee(transaction, transaction.tip) != 0;
}

std::uint64_t extended_calldata_length(const Transaction& transaction) {
    switch (transaction.type) {
        case TransactionType::declare:
            return 0;
        case TransactionType::l1_handler:
            return transaction.calldata.empty() ? 0 : transaction.calldata.size() - 1;
        case TransactionType::invoke:
            return transaction.calldata.size() + transaction.proof_facts.size();
        default:
            return transaction.calldata.size();
    }
}

}  // namespace blockexecd::executor

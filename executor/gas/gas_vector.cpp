// SPDX-License-Identifier: Apache-2.0
#include "executor/gas/gas_vector.hpp"

#include <limits>

namespace blockexecd::executor {
namespace {

vm::Error overflow(const char* what) {
    return {vm::ErrorKind::host, std::string(what) + " overflowed."};
}

bool fits_u64(u128 value) {
    return value <= std::numeric_limits<std::uint64_t>::max();
}

}  // namespace

GasVectorComputationMode gas_mode(const Transaction& transaction) {
    const bool all =
        transaction.type == TransactionType::l1_handler ||
        (transaction.version == 3 && transaction.resource_bounds.l1_data_gas.has_value());
    return all ? GasVectorComputationMode::all : GasVectorComputationMode::no_l2_gas;
}

vm::Result<GasVector> GasSum::narrow() const {
    if (!fits_u64(l1_gas) || !fits_u64(l1_data_gas) || !fits_u64(l2_gas))
        return overflow("Gas vector");
    return GasVector{.l1_gas = static_cast<std::uint64_t>(l1_gas),
                     .l1_data_gas = static_cast<std::uint64_t>(l1_data_gas),
                     .l2_gas = static_cast<std::uint64_t>(l2_gas)};
}

vm::Result<u128> fee_of(const GasVector& gas, const GasPrices& prices, std::uint64_t tip) {
    u128 tipped_l2_price = 0;
    if (__builtin_add_overflow(prices.l2_gas, u128{tip}, &tipped_l2_price))
        return overflow("Tip");
    u128 fee = 0;
    const auto add = [&fee](std::uint64_t amount, u128 price) {
        u128 cost = 0;
        return __builtin_mul_overflow(u128{amount}, price, &cost) ||
               __builtin_add_overflow(fee, cost, &fee);
    };
    if (add(gas.l1_gas, prices.l1_gas) || add(gas.l1_data_gas, prices.l1_data_gas) ||
        add(gas.l2_gas, tipped_l2_price))
        return overflow("Total cost");
    return fee;
}

vm::Result<std::uint64_t> to_l1_gas_for_fee(const GasVector& gas, const GasPrices& prices,
                                            const VersionedConstants& constants) {
    u128 data_fee = 0;
    if (__builtin_mul_overflow(u128{gas.l1_data_gas}, prices.l1_data_gas, &data_fee))
        return overflow("Discounted L1 gas cost");
    const u128 data_in_l1_gas = data_fee / prices.l1_gas + (data_fee % prices.l1_gas != 0 ? 1 : 0);
    const auto l2_in_l1_gas = constants.sierra_gas_in_l1_gas().ceil_of(gas.l2_gas);
    if (!fits_u64(data_in_l1_gas) || !l2_in_l1_gas)
        return overflow("Discounted L1 gas cost");
    const u128 total = data_in_l1_gas + gas.l1_gas + *l2_in_l1_gas;
    if (!fits_u64(total))
        return overflow("L1 gas amount");
    return static_cast<std::uint64_t>(total);
}

}  // namespace blockexecd::executor

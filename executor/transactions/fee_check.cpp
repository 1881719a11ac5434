// SPDX-License-Identifier: Apache-2.0
#include "executor/transactions/fee_check.hpp"

#include <array>

#include "executor/gas/fee_bounds.hpp"
#include "executor/transactions/decimal.hpp"

namespace blockexecd::executor {
namespace {

std::string max_gas_amount_exceeded(std::string_view resource, std::uint64_t max_amount,
                                    std::uint64_t actual_amount) {
    return "Insufficient max " + std::string(resource) +
           ": max amount: " + std::to_string(max_amount) +
           ", actual used: " + std::to_string(actual_amount) + ".";
}

// What resource bounds allow is charged, where they were exceeded.
vm::Result<FeeCheckReport> charge_bounded(const TransactionRun& run, const GasVector& gas,
                                          std::string error) {
    const auto& prices = run.block().gas_prices(FeeType::strk);
    BX_TRY(const u128 fee, fee_of(gas, prices, effective_tip(run.constants(), run.transaction())));
    return FeeCheckReport{fee, std::move(error)};
}

vm::Result<std::optional<FeeCheckReport>> check_bounds(const TransactionRun& run,
                                                       const TransactionReceipt& receipt) {
    using Report = std::optional<FeeCheckReport>;
    const Transaction& transaction = run.transaction();
    if (transaction.version != 3) {
        if (receipt.fee <= transaction.max_fee)
            return Report();
        return Report({transaction.max_fee,
                       "Insufficient max fee: max fee: " + to_decimal(transaction.max_fee) +
                           ", actual fee: " + to_decimal(receipt.fee) + "."});
    }
    const auto& bounds = transaction.resource_bounds;
    const GasVector& gas = receipt.gas;
    if (bounds.l1_data_gas) {
        const GasVector max{.l1_gas = bounds.l1_gas.max_amount,
                            .l1_data_gas = bounds.l1_data_gas->max_amount,
                            .l2_gas = bounds.l2_gas.max_amount};
        auto error = gas_amount_error(max, gas);
        if (!error)
            return Report();
        BX_TRY(auto report,
               charge_bounded(run,
                              {.l1_gas = std::min(max.l1_gas, gas.l1_gas),
                               .l1_data_gas = std::min(max.l1_data_gas, gas.l1_data_gas),
                               .l2_gas = std::min(max.l2_gas, gas.l2_gas)},
                              std::move(*error)));
        return Report(std::move(report));
    }
    BX_TRY(const std::uint64_t l1_gas,
           to_l1_gas_for_fee(gas, run.block().gas_prices(transaction.fee_type()), run.constants()));
    if (l1_gas <= bounds.l1_gas.max_amount)
        return Report();
    BX_TRY(auto report,
           charge_bounded(run, {.l1_gas = bounds.l1_gas.max_amount},
                          max_gas_amount_exceeded("L1Gas", bounds.l1_gas.max_amount, l1_gas)));
    return Report(std::move(report));
}

}  // namespace

vm::Result<FeeTokenBalance> fee_token_balance(StateReader& state,
                                              const ContractAddress& fee_token_address,
                                              const StorageKey& balance_key) {
    FeeTokenBalance balance;
    BX_TRY(balance.low, state.storage_at(fee_token_address, balance_key));
    BX_TRY(balance.high, state.storage_at(fee_token_address, balance_key + Felt(1)));
    return balance;
}

std::optional<std::string> gas_amount_error(const GasVector& max_amounts, const GasVector& gas) {
    struct Amount {
        std::string_view resource;
        std::uint64_t max;
        std::uint64_t actual;
    };
    const std::array<Amount, 3> amounts{{{"L1Gas", max_amounts.l1_gas, gas.l1_gas},
                                         {"L2Gas", max_amounts.l2_gas, gas.l2_gas},
                                         {"L1DataGas", max_amounts.l1_data_gas, gas.l1_data_gas}}};
    for (const auto& [resource, max, actual] : amounts)
        if (max < actual)
            return max_gas_amount_exceeded(resource, max, actual);
    return std::nullopt;
}

vm::Result<FeeCheckReport> check_after_execution(const TransactionRun& run, StateReader& state,
                                                 const TransactionReceipt& receipt) {
    if (!run.flags().charge_fee)
        return FeeCheckReport{receipt.fee, std::nullopt};
    BX_TRY(auto bounds_report, check_bounds(run, receipt));
    // The balance is read in any case: it is part of what the transaction read.
    BX_TRY(const FeeTokenBalance balance,
           fee_token_balance(state, run.fee_token_address(), *run.sender_balance_key));
    if (bounds_report)
        return *std::move(bounds_report);
    if (balance.covers(receipt.fee))
        return FeeCheckReport{receipt.fee, std::nullopt};
    return FeeCheckReport{receipt.fee,
                          "Insufficient fee token balance. Fee: " + to_decimal(receipt.fee) +
                              ", balance: low/high " + balance.low.to_decimal() + "/" +
                              balance.high.to_decimal() + "."};
}

}  // namespace blockexecd::executor

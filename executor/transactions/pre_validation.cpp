// SPDX-License-Identifier: Apache-2.0
#include "executor/transactions/pre_validation.hpp"

#include <span>
#include <vector>

#include "executor/gas/fee_bounds.hpp"
#include "executor/transactions/decimal.hpp"
#include "executor/transactions/proof_facts.hpp"

namespace blockexecd::executor {
namespace {

vm::Result<void> handle_nonce(const TransactionRun& run, CachedState& state) {
    if (run.info.version == 0)
        return {};
    const ContractAddress& address = run.info.sender_address;
    BX_TRY(const Nonce account_nonce, state.nonce_at(address));
    const bool valid = run.flags().strict_nonce_check ? account_nonce == run.info.nonce
                                                      : account_nonce <= run.info.nonce;
    if (!valid)
        return rejection("Invalid transaction nonce of contract at address " +
                         address.to_hex_padded() +
                         ". Account nonce: " + account_nonce.to_hex_padded() +
                         "; got: " + run.info.nonce.to_hex_padded() + ".");
    return state.increment_nonce(address);
}

struct BoundCheck {
    std::string_view resource;
    ResourceBounds bounds;
    std::uint64_t minimal_amount;
    u128 actual_price;
};

std::string insufficiencies(std::span<const BoundCheck> checks) {
    std::string text;
    const auto add = [&text](const std::string& line) {
        text += (text.empty() ? "" : "\n") + line;
    };
    for (const auto& [resource, bounds, minimal_amount, actual_price] : checks) {
        const std::string max = "Max " + std::string(resource);
        if (minimal_amount > bounds.max_amount)
            add(max + " amount (" + std::to_string(bounds.max_amount) +
                ") is lower than the minimal gas amount: " + std::to_string(minimal_amount) + ".");
        if (bounds.max_price_per_unit < actual_price)
            add(max + " price (" + to_decimal(bounds.max_price_per_unit) +
                ") is lower than the actual gas price: " + to_decimal(actual_price) + ".");
    }
    return text;
}

vm::Result<void> check_fee_bounds(const TransactionRun& run) {
    const Transaction& transaction = run.transaction();
    BX_TRY(const GasVector minimal, minimal_gas_vector(run.block(), transaction));
    const GasPrices& prices = run.block().gas_prices(transaction.fee_type());
    if (transaction.version != 3) {
        BX_TRY(const u128 min_fee,
               fee_of(minimal, prices, effective_tip(run.constants(), transaction)));
        if (transaction.max_fee < min_fee)
            return rejection("Max fee (" + to_decimal(transaction.max_fee) +
                             ") is too low. Minimum fee: " + to_decimal(min_fee) + ".");
        return {};
    }
    const auto& bounds = transaction.resource_bounds;
    std::vector<BoundCheck> checks;
    if (bounds.l1_data_gas) {
        checks = {{"L1Gas", bounds.l1_gas, minimal.l1_gas, prices.l1_gas},
                  {"L1DataGas", *bounds.l1_data_gas, minimal.l1_data_gas, prices.l1_data_gas},
                  {"L2Gas", bounds.l2_gas, minimal.l2_gas, prices.l2_gas}};
    } else {
        BX_TRY(const std::uint64_t minimal_l1_gas,
               to_l1_gas_for_fee(minimal, prices, run.constants()));
        checks = {{"L1Gas", bounds.l1_gas, minimal_l1_gas, prices.l1_gas}};
    }
    if (const std::string text = insufficiencies(checks); !text.empty())
        return rejection("Resource bounds were not satisfied: " + text);
    return {};
}

std::string to_text(const ResourceBounds& bounds) {
    return "{ max_amount: " + std::to_string(bounds.max_amount) +
           ", max_price_per_unit: " + to_decimal(bounds.max_price_per_unit) + " }";
}

std::string balance_text(const FeeTokenBalance& balance) {
    using boost::multiprecision::cpp_int;
    return cpp_int((cpp_int(balance.high.to_decimal()) << 128) + cpp_int(balance.low.to_decimal()))
        .str();
}

vm::Result<void> check_balance(const TransactionRun& run, CachedState& state) {
    const Transaction& transaction = run.transaction();
    const u128 committed_fee =
        max_possible_fee(transaction, effective_tip(run.constants(), transaction));
    BX_TRY(const FeeTokenBalance balance,
           fee_token_balance(state, run.fee_token_address(), *run.sender_balance_key));
    if (balance.covers(committed_fee))
        return {};
    const std::string exceed_balance = " balance (" + balance_text(balance) + ").";
    if (transaction.version != 3)
        return rejection("Max fee (" + to_decimal(transaction.max_fee) + ") exceeds" +
                         exceed_balance);
    const auto& bounds = transaction.resource_bounds;
    if (bounds.l1_data_gas)
        return rejection("Resources bounds ({ l1_gas: " + to_text(bounds.l1_gas) + ", l2_gas: " +
                         to_text(bounds.l2_gas) + ", l1_data_gas: " + to_text(*bounds.l1_data_gas) +
                         " }) exceed" + exceed_balance);
    // The stray parenthesis is the reference's.
    return rejection(
        "Resource L1Gas bounds (max amount: " + std::to_string(bounds.l1_gas.max_amount) +
        ", max price): " + to_decimal(bounds.l1_gas.max_price_per_unit) + ") exceed" +
        exceed_balance);
}

}  // namespace

vm::Result<void> check_version(const Transaction& transaction) {
    std::vector<std::uint8_t> allowed;
    switch (transaction.type) {
        case TransactionType::declare:
            allowed = {0, 1, 2, 3};
            break;
        case TransactionType::deploy_account:
            allowed = {1, 3};
            break;
        case TransactionType::invoke:
            allowed = {0, 1, 3};
            break;
        case TransactionType::l1_handler:
            return {};  // not looked at
        case TransactionType::deploy:
            allowed = {0, 1};
            break;
    }
    std::string list;
    for (const auto version : allowed) {
        if (version == transaction.version)
            return {};
        list += (list.empty() ? "" : ", ") + Felt(version).to_hex();
    }
    return rejection("Transaction version " + Felt(transaction.version).to_hex() +
                     " is not supported. Supported versions: [" + list + "].");
}

vm::Result<void> pre_validate(const TransactionRun& run, CachedState& state) {
    BX_CHECK(handle_nonce(run, state));
    if (run.flags().charge_fee) {
        BX_CHECK(check_fee_bounds(run));
        BX_CHECK(check_balance(run, state));
    }
    return validate_proof_facts(run, state);
}

}  // namespace blockexecd::executor

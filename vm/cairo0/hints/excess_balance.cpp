// SPDX-License-Identifier: Apache-2.0
// The excess balance of a perpetuals account, from dictionaries of prices, indices, perpetuals,
// fees and positions. All amounts are felts scaled by 10^8.
#include <map>
#include <string>

#include "vm/cairo0/hints/decimal.hpp"
#include "vm/cairo0/hints/dict_manager.hpp"
#include "vm/cairo0/hints/functions.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

using Amounts = std::map<Felt, Decimal>;

struct Position {
    Felt market;
    Decimal amount;
    Decimal cost;
    Decimal cached_funding;
};

struct MarginParams {
    Decimal imf_base;
    Decimal imf_factor;
    Decimal mmf_factor;
    Decimal imf_shift;
};

Error failed_to_fetch(const std::string& what) {
    return hint_error("excess_balance_func: Failed to fetch " + what +
                      " dictionary. It is either missing or has unexpected data types");
}

Error missing_key(const std::string& what) {
    return hint_error("excess_balance_func: Key not found in " + what + " dictionary");
}

Error not_calculable(const std::string& what) {
    return hint_error("excess_balance_func: Failed to calculate " + what);
}

const Decimal& constant(int digits, unsigned scale) {
    static std::map<std::pair<int, unsigned>, Decimal> constants;
    return constants.try_emplace({digits, scale}, *Decimal::make(digits, scale)).first->second;
}

// The felt as a signed number of at most 96 bits, times 10^-8.
std::optional<Decimal> scaled(const Felt& felt) {
    const BigInt value = to_signed_integer(felt);
    if ((abs(value) >> 96) != 0)
        return std::nullopt;
    return Decimal::make(value, 8);
}

std::optional<Felt> read_felt(const HintContext& h, const Relocatable& at) {
    const auto value = h.memory.get(at);
    return !value || value->is_relocatable() ? std::nullopt : std::optional(value->felt());
}

std::optional<Decimal> read_scaled(const HintContext& h, const Relocatable& at) {
    const auto felt = read_felt(h, at);
    return felt ? scaled(*felt) : std::nullopt;
}

// The values of the dictionary at ids.NAME; null if there is none.
const Dictionary* dictionary(HintContext& h, DictManager& manager, ids::Name name) {
    const auto pointer = h.pointer(name);
    if (!pointer)
        return nullptr;
    const auto tracker = manager.tracker(*pointer);
    return tracker ? &(*tracker)->values : nullptr;
}

std::optional<Amounts> read_amounts(const Dictionary* values) {
    if (values == nullptr)
        return std::nullopt;
    Amounts amounts;
    for (const auto& [key, value] : *values) {
        if (key.is_relocatable() || value.is_relocatable())
            return std::nullopt;
        const auto amount = scaled(value.felt());
        if (!amount)
            return std::nullopt;
        amounts.emplace(key.felt(), *amount);
    }
    return amounts;
}

std::optional<std::map<Felt, MarginParams>> read_perps(const HintContext& h,
                                                       const Dictionary* values) {
    if (values == nullptr)
        return std::nullopt;
    std::map<Felt, MarginParams> perps;
    for (const auto& [key, value] : *values) {
        if (key.is_relocatable() || !value.is_relocatable())
            return std::nullopt;
        const Relocatable at = value.relocatable();
        const auto base = read_scaled(h, at + 4), factor = read_scaled(h, at + 5),
                   mmf = read_scaled(h, at + 6), shift = read_scaled(h, at + 7);
        if (!read_felt(h, at) || !base || !factor || !mmf || !shift)
            return std::nullopt;
        perps.emplace(key.felt(), MarginParams{*base, *factor, *mmf, *shift});
    }
    return perps;
}

std::optional<std::vector<Position>> read_positions(const HintContext& h,
                                                    const Dictionary* values) {
    if (values == nullptr)
        return std::nullopt;
    std::vector<Position> positions;
    for (const auto& [key, value] : *values) {
        if (!value.is_relocatable())
            return std::nullopt;
        const Relocatable at = value.relocatable();
        const auto market = read_felt(h, at);
        const auto amount = read_scaled(h, at + 1), cost = read_scaled(h, at + 2),
                   funding = read_scaled(h, at + 3);
        if (!market || !amount || !cost || !funding)
            return std::nullopt;
        positions.push_back({*market, *amount, *cost, *funding});
    }
    return positions;
}

// Initial margin fraction: at least the base, growing with the root of the position's value.
std::optional<Decimal> initial_margin(const MarginParams& params, const Decimal& value) {
    const auto above = sub(value, params.imf_shift);
    const auto units = above ? mul(*above, constant(100000000, 0)) : std::nullopt;
    if (!units)
        return std::nullopt;
    const BigInt whole = units->truncated();
    const auto root = Decimal::make(whole > 0 ? integer_sqrt(whole) : BigInt(0), 0);
    const auto scaled_root = root ? mul(*root, constant(1, 4)) : std::nullopt;
    const auto grown = scaled_root ? mul(params.imf_factor, *scaled_root) : std::nullopt;
    if (!grown)
        return std::nullopt;
    return params.imf_base < *grown ? *grown : params.imf_base;
}

std::optional<Decimal> maintenance_margin(const MarginParams& params, const Decimal& value) {
    const auto initial = initial_margin(params, value);
    return initial ? mul(params.mmf_factor, *initial) : std::nullopt;
}

// sum + a * b.
std::optional<Decimal> add_product(const Decimal& sum, const Decimal& a, const Decimal& b) {
    const auto product = mul(a, b);
    return product ? add(sum, *product) : std::nullopt;
}

struct Inputs {
    Amounts prices;
    Amounts indices;
    std::map<Felt, MarginParams> perps;
    Decimal settlement_price;
    bool initial = false;
};

struct Totals {
    Decimal unrealized_pnl;
    Decimal unrealized_funding_pnl;
    Decimal abs_balance_value;
    Decimal position_margin;
};

Result<void> add_position(const Inputs& inputs, const Position& position, Totals& totals) {
    const auto price = inputs.prices.find(position.market);
    if (price == inputs.prices.end())
        return missing_key("prices");
    const auto index = inputs.indices.find(position.market);
    if (index == inputs.indices.end())
        return missing_key("indices");
    const auto value = mul(position.amount, price->second);
    if (!value)
        return not_calculable("position_value");
    const Decimal magnitude = value->abs();
    const auto balance = add(totals.abs_balance_value, magnitude);
    if (!balance)
        return not_calculable("abs_balance_value");
    totals.abs_balance_value = *balance;
    const auto perp = inputs.perps.find(position.market);
    if (perp == inputs.perps.end())
        return missing_key("perps");
    const auto fraction = inputs.initial ? initial_margin(perp->second, magnitude)
                                         : maintenance_margin(perp->second, magnitude);
    if (!fraction)
        return not_calculable("margin_fraction");
    const auto margin = add_product(totals.position_margin, *fraction, magnitude);
    if (!margin)
        return not_calculable("position_margin");
    totals.position_margin = *margin;
    const auto cost = mul(position.cost, inputs.settlement_price);
    const auto gain = cost ? sub(*value, *cost) : std::nullopt;
    const auto pnl = gain ? add(totals.unrealized_pnl, *gain) : std::nullopt;
    if (!pnl)
        return not_calculable("unrealized_pnl");
    totals.unrealized_pnl = *pnl;
    const auto moved = sub(position.cached_funding, index->second);
    const auto funding = moved ? mul(*moved, position.amount) : std::nullopt;
    const auto funding_pnl =
        funding ? add_product(totals.unrealized_funding_pnl, *funding, inputs.settlement_price)
                : std::nullopt;
    if (!funding_pnl)
        return not_calculable("unrealized_funding_pnl");
    totals.unrealized_funding_pnl = *funding_pnl;
    return {};
}

Result<Felt> to_scaled_felt(const Decimal& value, const std::string& what) {
    const auto units = mul(value, constant(100000000, 0));
    if (!units)
        return not_calculable(what);
    return to_felt(units->truncated());
}

}  // namespace

Result<void> excess_balance(HintContext& h) {
    BX_TRY(const Felt check_type, h.integer(ids::margin_check_type));
    BX_TRY(const Felt check_initial, h.constant(constants::MARGIN_CHECK_INITIAL));
    BX_TRY(const Felt token_assets, h.integer(ids::token_assets_value_d));
    BX_TRY(const Felt account, h.integer(ids::account));
    BX_TRY(const auto* shared, h.scopes.get<std::shared_ptr<DictManager>>(scope::dict_manager));
    DictManager& manager = **shared;

    Inputs inputs;
    inputs.initial = check_type == check_initial;
    auto prices = read_amounts(dictionary(h, manager, ids::prices_cache_ptr));
    if (!prices)
        return failed_to_fetch("prices");
    inputs.prices = std::move(*prices);
    auto indices = read_amounts(dictionary(h, manager, ids::indices_cache_ptr));
    if (!indices)
        return failed_to_fetch("indices");
    inputs.indices = std::move(*indices);
    auto perps = read_perps(h, dictionary(h, manager, ids::perps_cache_ptr));
    if (!perps)
        return failed_to_fetch("perps");
    inputs.perps = std::move(*perps);
    const auto fees = read_amounts(dictionary(h, manager, ids::fees_cache_ptr));
    if (!fees)
        return failed_to_fetch("fees");
    const auto positions = read_positions(h, dictionary(h, manager, ids::perps_balances_cache_ptr));
    if (!positions)
        return failed_to_fetch("balances");

    static const Felt settlement_asset = Felt::from_ascii("USDC-USD");
    const auto settlement = inputs.prices.find(settlement_asset);
    if (settlement == inputs.prices.end())
        return missing_key("prices");
    inputs.settlement_price = settlement->second;
    Totals totals;
    for (const Position& position : *positions)
        if (position.market != settlement_asset)
            BX_CHECK(add_position(inputs, position, totals));

    const auto assets = scaled(token_assets);
    const auto pnl = add(totals.unrealized_pnl, totals.unrealized_funding_pnl);
    const auto account_value = assets && pnl ? add(*pnl, *assets) : std::nullopt;
    if (!account_value)
        return not_calculable("account_value");
    const auto fee = fees->find(account);
    if (fee == fees->end())
        return missing_key("fees");
    const auto fee_provision = mul(totals.abs_balance_value, fee->second);
    if (!fee_provision)
        return not_calculable("fee_provision");
    const auto margin_requirement = add(totals.position_margin, *fee_provision);
    if (!margin_requirement)
        return not_calculable("margin_requirements");
    const auto excess = sub(*account_value, *margin_requirement);
    if (!excess)
        return not_calculable("excess_balance");

    BX_TRY(const Felt value_felt, to_scaled_felt(*account_value, "account_value"));
    BX_TRY(const Felt excess_felt, to_scaled_felt(*excess, "excess_balance"));
    BX_TRY(const Felt margin_felt, to_scaled_felt(*margin_requirement, "margin_requirement_d"));
    BX_TRY(const Felt pnl_felt, to_scaled_felt(totals.unrealized_pnl, "unrealized_pnl_d"));
    BX_CHECK(h.set(ids::check_account_value, value_felt));
    BX_CHECK(h.set(ids::check_excess_balance, excess_felt));
    BX_CHECK(h.set(ids::check_margin_requirement_d, margin_felt));
    return h.set(ids::check_unrealized_pnl_d, pnl_felt);
}

}  // namespace blockexecd::vm::cairo0

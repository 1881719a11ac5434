%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.default_dict import default_dict_new
from starkware.cairo.common.dict import dict_write
from starkware.cairo.common.dict_access import DictAccess

const MARGIN_CHECK_INITIAL = 1;

func put(dict: DictAccess*, key, value) -> (dict: DictAccess*) {
    let dict_ptr = dict;
    dict_write{dict_ptr=dict_ptr}(key, value);
    return (dict=dict_ptr);
}

func position(market, amount, cost, funding) -> (p: felt) {
    let (p: felt*) = alloc();
    assert p[0] = market;
    assert p[1] = amount;
    assert p[2] = cost;
    assert p[3] = funding;
    return (p=cast(p, felt));
}

func perp(market, base, factor, mmf, shift) -> (p: felt) {
    let (p: felt*) = alloc();
    assert p[0] = market;
    assert p[4] = base;
    assert p[5] = factor;
    assert p[6] = mmf;
    assert p[7] = shift;
    return (p=cast(p, felt));
}

func check{output_ptr: felt*}(
    margin_check_type,
    token_assets_value_d,
    account,
    prices_cache_ptr: DictAccess*,
    indices_cache_ptr: DictAccess*,
    perps_cache_ptr: DictAccess*,
    fees_cache_ptr: DictAccess*,
    perps_balances_cache_ptr: DictAccess*,
) {
    alloc_locals;
    local check_account_value;
    local check_excess_balance;
    local check_margin_requirement_d;
    local check_unrealized_pnl_d;
    %{
        from excess_balance import excess_balance_func

        res = excess_balance_func(ids, memory, __dict_manager)

        ids.check_account_value = res["account_value"]
        ids.check_excess_balance = res["excess_balance"]
        ids.check_margin_requirement_d = res["margin_requirement"]
        ids.check_unrealized_pnl_d = res["unrealized_pnl"]
    %}
    assert output_ptr[0] = check_account_value;
    assert output_ptr[1] = check_excess_balance;
    assert output_ptr[2] = check_margin_requirement_d;
    assert output_ptr[3] = check_unrealized_pnl_d;
    let output_ptr = output_ptr + 4;
    return ();
}

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local prices) = default_dict_new(0);
    let (prices1) = put(prices, 'USDC-USD', 100012345);
    let (local prices2) = put(prices1, 'BTC-USD-PERP', 5131234567890);
    let (indices) = default_dict_new(0);
    let (local indices1) = put(indices, 'BTC-USD-PERP', 123456789);
    let (p) = perp('BTC-USD-PERP', 5000000, 20000, 50000000, 2000000000000);
    local perp_value = p;
    let (perps) = default_dict_new(0);
    let (local perps1) = put(perps, 'BTC-USD-PERP', perp_value);
    let (fees) = default_dict_new(0);
    let (local fees1) = put(fees, 17, 50007);
    let (b) = position('BTC-USD-PERP', -987654321, -40000000000123, 123450000);
    local balance_value = b;
    let (c) = position('USDC-USD', 5, 6, 7);
    local settled = c;
    let (balances) = default_dict_new(0);
    let (balances1) = put(balances, 1, balance_value);
    let (local balances2) = put(balances1, 2, settled);
    check(1, 10000000000000, 17, prices2, indices1, perps1, fees1, balances2);
    check(2, 10000000000000, 17, prices2, indices1, perps1, fees1, balances2);
    return ();
}

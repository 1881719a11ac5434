// SPDX-License-Identifier: Apache-2.0
#include "tests/storage/support/random_values.hpp"

namespace blockexecd::storage::test {

using namespace executor;

namespace {

std::uint64_t below(Random& random, std::uint64_t bound) {
    return random() % bound;
}

// All lengths are equally likely.
std::uint64_t number(Random& random) {
    return random() >> below(random, 64);
}

u128 wide(Random& random) {
    return below(random, 2) == 0 ? number(random) : static_cast<u128>(random()) << 64 | random();
}

std::vector<Felt> felts(Random& random) {
    std::vector<Felt> values(below(random, 5));
    for (auto& value : values)
        value = random_felt(random);
    return values;
}

std::string text(Random& random) {
    std::string value(below(random, 40), '\0');
    for (auto& letter : value)
        letter = static_cast<char>(random());
    return value;
}

GasVector gas(Random& random) {
    return {number(random), number(random), number(random)};
}
GasPrices prices(Random& random) {
    return {wide(random), wide(random), wide(random)};
}
ResourceBounds bounds(Random& random) {
    return {number(random), wide(random)};
}

template <class T>
std::optional<T> maybe(Random& random, T value) {
    return below(random, 2) == 0 ? std::nullopt : std::optional(std::move(value));
}

}  // namespace

Felt random_felt(Random& random) {
    switch (below(random, 3)) {
        case 0:
            return number(random);
        case 1:
            return -Felt(number(random));
        default:
            return Felt::from_limbs_mod_p({random(), random(), random(), random()});
    }
}

Transaction random_transaction(Random& random) {
    Transaction t;
    t.type = static_cast<TransactionType>(below(random, 5));
    t.version = static_cast<std::uint8_t>(below(random, 4));
    t.only_query = below(random, 2) == 1;
    t.hash = random_felt(random);
    t.sender_address = random_felt(random);
    t.nonce = random_felt(random);
    t.signature = felts(random);
    t.calldata = felts(random);
    t.entry_point_selector = random_felt(random);
    t.class_hash = random_felt(random);
    t.compiled_class_hash = random_felt(random);
    t.contract_address_salt = random_felt(random);
    t.max_fee = wide(random);
    t.resource_bounds = {bounds(random), bounds(random), maybe(random, bounds(random))};
    t.tip = number(random);
    t.nonce_data_availability_mode = static_cast<std::uint8_t>(below(random, 2));
    t.fee_data_availability_mode = static_cast<std::uint8_t>(below(random, 2));
    t.paymaster_data = felts(random);
    t.account_deployment_data = felts(random);
    t.proof_facts = felts(random);
    t.paid_fee_on_l1 = wide(random);
    return t;
}

Receipt random_receipt(Random& random) {
    Receipt r;
    r.transaction_hash = random_felt(random);
    r.transaction_index = number(random);
    r.execution_status = static_cast<ExecutionStatus>(below(random, 2));
    r.revert_error = text(random);
    r.actual_fee = random_felt(random);
    for (auto n = below(random, 4); n > 0; --n)
        r.events.push_back({random_felt(random), felts(random), felts(random)});
    for (auto n = below(random, 3); n > 0; --n)
        r.l2_to_l1_messages.push_back({random_felt(random), random_felt(random), felts(random)});
    r.execution_resources.n_steps = number(random);
    r.execution_resources.n_memory_holes = number(random);
    for (auto& count : r.execution_resources.builtins)
        count = number(random);
    r.total_gas_consumed = maybe(random, gas(random));
    r.data_availability = maybe(random, gas(random));
    return r;
}

BlockHeader random_header(Random& random) {
    BlockHeader h;
    h.number = number(random);
    h.hash = random_felt(random);
    h.parent_hash = random_felt(random);
    h.state_root = random_felt(random);
    h.timestamp = number(random);
    h.sequencer_address = random_felt(random);
    h.starknet_version = text(random);
    h.l1_da_mode = static_cast<DataAvailabilityMode>(below(random, 2));
    h.eth_prices = prices(random);
    h.strk_prices = prices(random);
    h.transaction_commitment = maybe(random, random_felt(random));
    h.event_commitment = maybe(random, random_felt(random));
    h.receipt_commitment = maybe(random, random_felt(random));
    h.state_diff_commitment = maybe(random, random_felt(random));
    h.state_diff_length = maybe(random, number(random));
    h.l2_gas_consumed = maybe(random, number(random));
    return h;
}

Verdict random_verdict(Random& random) {
    Verdict v;
    for (auto n = below(random, 4); n > 0; --n)
        v.mismatches.push_back({number(random), maybe(random, number(random)), random_felt(random),
                                text(random), text(random), text(random)});
    v.matched_transactions = number(random);
    v.excepted_transactions = number(random);
    v.skipped_transactions = number(random);
    v.compared = {"receipts", text(random)};
    v.skipped = {text(random)};
    for (auto n = below(random, 2); n > 0; --n)
        v.excepted.push_back({{number(random), maybe(random, number(random)), random_felt(random),
                               text(random), text(random), text(random)},
                              text(random)});
    return v;
}

StateDiff random_state_diff(Random& random) {
    StateDiff d;
    const auto subject = [&] { return Felt(below(random, 20)); };
    for (auto n = below(random, 12); n > 0; --n)
        d.storage[{subject(), subject()}] = below(random, 4) == 0 ? Felt() : random_felt(random);
    for (auto n = below(random, 5); n > 0; --n)
        d.nonces[subject()] = random_felt(random);
    for (auto n = below(random, 3); n > 0; --n)
        d.deployed_contracts[subject()] = random_felt(random);
    for (auto n = below(random, 3); n > 0; --n)
        if (const auto address = subject(); !d.deployed_contracts.contains(address))
            d.replaced_classes[address] = random_felt(random);
    for (auto n = below(random, 3); n > 0; --n)
        d.declared_classes[subject()] = random_felt(random);
    for (auto n = below(random, 3); n > 0; --n)
        if (const auto class_hash = subject(); !d.declared_classes.contains(class_hash))
            d.migrated_compiled_classes[class_hash] = random_felt(random);
    for (auto n = below(random, 2); n > 0; --n)
        d.deprecated_declared_classes.insert(Felt(100 + below(random, 20)));
    return d;
}

}  // namespace blockexecd::storage::test

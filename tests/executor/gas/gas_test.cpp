// SPDX-License-Identifier: Apache-2.0
// The rules that no bundled chain reaches: calldata as data availability, messages, the versions
// between, overflows. The figures follow from the specification's formulas (4.6 to 4.10).
#include <gtest/gtest.h>

#include "executor/gas/fee_bounds.hpp"
#include "executor/gas/transaction_receipt.hpp"
#include "executor/types/address.hpp"

namespace blockexecd::executor {
namespace {

constexpr auto kAll = GasVectorComputationMode::all;
constexpr auto kNoL2Gas = GasVectorComputationMode::no_l2_gas;
constexpr std::uint64_t kMax = ~std::uint64_t{0};

const VersionedConstants& constants_of(std::string_view version) {
    return *versioned_constants_for(version).value();
}

GasVector narrow(const GasSum& sum) {
    return sum.narrow().value();
}

TEST(GasVector, NarrowsOnlyWhatFits) {
    EXPECT_EQ(narrow({.l1_gas = kMax, .l1_data_gas = 1, .l2_gas = 2}),
              (GasVector{.l1_gas = kMax, .l1_data_gas = 1, .l2_gas = 2}));
    EXPECT_TRUE((GasSum{.l1_gas = kMax} + GasSum{.l1_gas = 1}).narrow().has_error());
    EXPECT_TRUE((GasSum{.l2_gas = kMax} + GasSum{.l2_gas = 1}).narrow().has_error());
}

TEST(Fee, IsTheSumOfAmountsAtTheirPricesWithTheTipOnL2Gas) {
    const GasPrices prices{.l1_gas = 7, .l1_data_gas = 11, .l2_gas = 13};
    EXPECT_TRUE(fee_of({.l1_gas = 1, .l1_data_gas = 2, .l2_gas = 3}, prices, 100).value() ==
                7 + 22 + 3 * 113);
    const GasPrices dear{.l1_gas = u128{1} << 127, .l1_data_gas = 1, .l2_gas = 1};
    EXPECT_TRUE(fee_of({.l1_gas = 1}, dear, 0).value() == u128{1} << 127);
    EXPECT_TRUE(fee_of({.l1_gas = 2}, dear, 0).has_error());
    EXPECT_TRUE(
        fee_of({.l2_gas = 1}, {.l1_gas = 1, .l1_data_gas = 1, .l2_gas = ~u128{0}}, 1).has_error());
}

TEST(L1GasForFee, ConvertsDataGasAtItsPriceAndL2GasAtTheVersionsRatioBothRoundedUp) {
    const GasPrices prices{.l1_gas = 10, .l1_data_gas = 3, .l2_gas = 1};
    const GasVector gas{.l1_gas = 100, .l1_data_gas = 4, .l2_gas = 40001};
    EXPECT_EQ(to_l1_gas_for_fee(gas, prices, constants_of("0.13.2")).value(), 100U + 2 + 2);
    EXPECT_EQ(to_l1_gas_for_fee(gas, prices, constants_of("0.13.0")).value(), 100U + 2 + 3);
    EXPECT_TRUE(
        to_l1_gas_for_fee({.l1_gas = kMax, .l1_data_gas = 4}, prices, constants_of("0.13.2"))
            .has_error());
}

TEST(MaxPossibleFee, SaturatesAndCountsTheTipForL2GasAlone) {
    Transaction transaction;
    transaction.resource_bounds = {
        .l1_gas = {2, 5}, .l2_gas = {3, 7}, .l1_data_gas = ResourceBounds{1, 4}};
    transaction.tip = 10;
    EXPECT_TRUE(max_possible_fee(transaction, 0) == 10 + 21 + 4);
    EXPECT_TRUE(max_possible_fee(transaction, 10) == 10 + 51 + 4);
    EXPECT_EQ(effective_tip(constants_of("0.13.5"), transaction), 0U);
    EXPECT_EQ(effective_tip(constants_of("0.14.0"), transaction), 10U);
    transaction.resource_bounds.l2_gas = {kMax, ~u128{0}};
    EXPECT_TRUE(max_possible_fee(transaction, 1) == ~u128{0});
    // L1 bounds alone: the others do not count.
    transaction.resource_bounds.l1_data_gas.reset();
    EXPECT_TRUE(max_possible_fee(transaction, 10) == 10);
    transaction.version = 1;
    transaction.max_fee = 99;
    EXPECT_TRUE(max_possible_fee(transaction, 10) == 99);
}

TEST(StateGas, IsDataGasForBlobsAndDiscountedL1GasForCalldata) {
    const StateChangesCount count{.n_storage_updates = 3,
                                  .n_class_hash_updates = 1,
                                  .n_compiled_class_hash_updates = 1,
                                  .n_modified_contracts = 2};
    ASSERT_EQ(count.onchain_data_segment_length(), 4U + 1 + 6 + 2);
    EXPECT_EQ(narrow(count.da_gas(true)), (GasVector{.l1_data_gas = 13 * 32}));
    EXPECT_EQ(narrow(count.da_gas(false)), (GasVector{.l1_gas = 13 * 551 - 2 * 312 - 240}));
    // Never below zero.
    EXPECT_EQ(narrow(StateChangesCount{}.da_gas(false)), GasVector{});
}

TEST(StateGas, HasAPriceForNewCellsByVersion) {
    const StateResources state{.count = {}, .n_allocated_keys = 3};
    const auto gas = [&state](std::string_view version, bool use_kzg_da) {
        return narrow(state.gas(constants_of(version), use_kzg_da));
    };
    EXPECT_EQ(gas("0.13.3", true), GasVector{});
    EXPECT_EQ(gas("0.13.4", true), (GasVector{.l1_data_gas = 96}));
    EXPECT_EQ(gas("0.13.4", false), (GasVector{.l1_gas = 1653}));
    EXPECT_EQ(gas("0.14.2", true), (GasVector{.l1_data_gas = 96, .l2_gas = 1206000}));
    EXPECT_EQ(gas("0.14.2", false), (GasVector{.l1_gas = 1653, .l2_gas = 1206000}));
}

TEST(StateChangesForFee, CountTheSendersBalanceOnceAndNotTheFeeTokensContract) {
    const ContractAddress token(0x49d3);
    const ContractAddress sender(0x1234);
    StateChanges changes;
    changes.maps.nonces[sender] = Felt(1);
    changes.maps.storage[{Felt(0x5), Felt(1)}] = Felt(7);
    changes.maps.class_hashes[Felt(0x6)] = Felt(9);
    changes.maps.compiled_class_hashes[Felt(0x9)] = Felt(8);
    changes.allocated_keys.insert({Felt(0x5), Felt(1)});
    const StateResources expected{.count = {.n_storage_updates = 2,
                                            .n_class_hash_updates = 1,
                                            .n_compiled_class_hash_updates = 1,
                                            .n_modified_contracts = 3},
                                  .n_allocated_keys = 1};
    EXPECT_EQ(count_for_fee_charge(changes, fee_token_balance_key(sender), token), expected);
    // Its balance has changed already: no other update is to come.
    changes.maps.storage[{token, fee_token_balance_key(sender)}] = Felt(3);
    EXPECT_EQ(count_for_fee_charge(changes, fee_token_balance_key(sender), token), expected);
    // An L1 handler has no sender: the token's cell counts as any other.
    EXPECT_EQ(count_for_fee_charge(changes, std::nullopt, token).count.n_storage_updates, 2U);
    changes.maps.storage.erase({token, fee_token_balance_key(sender)});
    EXPECT_EQ(count_for_fee_charge(changes, std::nullopt, token).count.n_storage_updates, 1U);
}

TEST(MessageGas, IsL1GasForTheSegmentTheCountersAndTheLogs) {
    const MessageResources none;
    EXPECT_EQ(narrow(none.gas()), GasVector{});
    const MessageResources sent{.l2_to_l1_payload_lengths = {2, 0}, .l1_handler_payload_size = {}};
    ASSERT_EQ(sent.message_segment_length(), 5U + 3);
    const std::uint64_t logs = (375 + 375 * 3 + 256 * 4) + (375 + 375 * 3 + 256 * 2);
    EXPECT_EQ(narrow(sent.starknet_gas()), (GasVector{.l1_gas = 8 * 512 + 2 * 20000 + logs}));
    EXPECT_EQ(narrow(sent.gas()), (GasVector{.l1_gas = 8 * 512 + 2 * 20000 + logs + 8 * 612}));
    const MessageResources received{.l2_to_l1_payload_lengths = {}, .l1_handler_payload_size = 4};
    ASSERT_EQ(received.message_segment_length(), 9U);
    EXPECT_EQ(narrow(received.gas()),
              (GasVector{.l1_gas = 9 * (512 + 612) + 5000 + 375 + 375 * 4 + 256 * 7}));
}

TEST(ArchivalGas, RoundsEachKindOfDataDownByItself) {
    const ArchivalDataResources data{
        .event_summary = {.n_events = 1, .total_event_keys = 3, .total_event_data_size = 4},
        .extended_calldata_length = 5,
        .signature_length = 2,
        .code_size = 100,
        .has_client_side_proof = false};
    EXPECT_EQ(narrow(data.gas(constants_of("0.13.0"), kAll)), GasVector{});
    EXPECT_EQ(narrow(data.gas(constants_of("0.14.0"), kAll)),
              (GasVector{.l2_gas = 7 * 5120 + 100 * 1280 + 10 * 5120}));
    // 7 * 0.128 = 0.896, 100 * 0.032 = 3.2, 10 * 0.128 = 1.28.
    EXPECT_EQ(narrow(data.gas(constants_of("0.14.0"), kNoL2Gas)), (GasVector{.l1_gas = 0 + 3 + 1}));
    EXPECT_EQ(narrow(data.gas(constants_of("0.13.2"), kNoL2Gas)),
              (GasVector{.l1_gas = 0 + 87 + 1}));
    auto proven = data;
    proven.has_client_side_proof = true;
    EXPECT_EQ(narrow(proven.gas(constants_of("0.14.2"), kAll)).l2_gas,
              narrow(data.gas(constants_of("0.14.2"), kAll)).l2_gas + 75'000'000);
}

TEST(ComputationGas, IsTheDearestResourceRoundedUp) {
    const VersionedConstants& constants = constants_of("0.14.0");
    vm::ExecutionResources resources{.n_steps = 4348, .n_memory_holes = 0, .builtins = {}};
    EXPECT_EQ(narrow(vm_resources_gas(constants, resources, 0, 0, kNoL2Gas).value()),
              (GasVector{.l1_gas = 11}));
    EXPECT_EQ(narrow(vm_resources_gas(constants, resources, 0, 0, kAll).value()),
              (GasVector{.l2_gas = 440000}));
    // Holes, reverted steps and ten steps for each segment arena count as steps: 4348 + 12 + 30 +
    // 11 = 4401.
    resources.n_memory_holes = 12;
    resources[vm::BuiltinName::segment_arena] = 3;
    EXPECT_EQ(narrow(vm_resources_gas(constants, resources, 0, 10, kNoL2Gas).value()).l1_gas, 11U);
    EXPECT_EQ(narrow(vm_resources_gas(constants, resources, 0, 11, kNoL2Gas).value()).l1_gas, 12U);
    resources[vm::BuiltinName::ec_op] = 5;  // 5 * 2.56 = 12.8
    EXPECT_EQ(narrow(vm_resources_gas(constants, resources, 0, 0, kNoL2Gas).value()).l1_gas, 13U);
    // The BLAKE opcode has a price from 0.14.2 on: ceil(3334 / 40000).
    EXPECT_EQ(narrow(vm_resources_gas(constants, resources, 50, 0, kNoL2Gas).value()).l1_gas, 13U);
    EXPECT_EQ(
        narrow(vm_resources_gas(constants_of("0.14.2"), resources, 50, 0, kNoL2Gas).value()).l1_gas,
        50U);
    resources.n_steps = kMax / 2;
    EXPECT_TRUE(vm_resources_gas(constants, resources, 0, 0, kAll).has_error());
}

TEST(ComputationGas, TakesSierraGasAsItIsOrAsL1GasRoundedUp) {
    const ComputationResources computation{.tx_vm_resources = {},
                                           .opcode_blake_count = 0,
                                           .os_vm_resources = {},
                                           .n_reverted_steps = 0,
                                           .sierra_gas = 40000,
                                           .reverted_sierra_gas = 1};
    EXPECT_EQ(narrow(computation.gas(constants_of("0.14.0"), kAll).value()),
              (GasVector{.l2_gas = 40001}));
    EXPECT_EQ(narrow(computation.gas(constants_of("0.14.0"), kNoL2Gas).value()),
              (GasVector{.l1_gas = 2}));
}

TEST(OsOverhead, OfBlobsIsNoneBeforeItWasCounted) {
    EXPECT_EQ(os_kzg_da_resources(constants_of("0.13.1.1"), 20), vm::ExecutionResources{});
    const auto overhead = os_kzg_da_resources(constants_of("0.13.2"), 13);
    EXPECT_EQ(overhead.n_steps, 113U * 13 + 55 + 18 + 3 + 21);
    EXPECT_EQ(overhead[vm::BuiltinName::range_check], 17U * 13);
    EXPECT_EQ(overhead[vm::BuiltinName::poseidon], 7U);
}

TEST(MinimalGas, CountsBlobOverheadEvenForCalldataAndTheDeployedClass) {
    const VersionedConstants& constants = constants_of("0.14.0");
    BlockContext block;
    block.constants = &constants;
    Transaction transaction;
    transaction.resource_bounds.l1_data_gas = ResourceBounds{};
    const auto minimal = minimal_gas_vector(block, transaction).value();
    // Four felts: 551 * 4 - 312 - 240; steps: 4348 + 113 * 4 + 36 + 21 = 4857, 12.14 L1 gas.
    EXPECT_EQ(minimal, (GasVector{.l1_gas = 1652, .l2_gas = 13 * 40000}));
    transaction.type = TransactionType::deploy_account;
    EXPECT_EQ(minimal_gas_vector(block, transaction).value().l1_gas, 1652U + 551);
}

TEST(EventResources, OfOneVersionAreThoseOfRootCallsAlone) {
    CallInfo root;
    root.execution.events.push_back({.order = 0, .keys = {Felt(1)}, .data = {Felt(1), Felt(2)}});
    root.inner_calls.emplace_back();
    root.inner_calls[0].execution.events.push_back(
        {.order = 1, .keys = {Felt(1), Felt(2)}, .data = {}});
    const auto events_at = [&root](std::string_view version) {
        ExecutionSummary summary;
        EXPECT_TRUE(add_call(summary, root, constants_of(version)));
        return summary.event_summary;
    };
    EXPECT_EQ(events_at("0.13.0"), (EventSummary{2, 3, 2}));
    EXPECT_EQ(events_at("0.13.1"), (EventSummary{1, 1, 2}));
    EXPECT_EQ(events_at("0.13.1.1"), (EventSummary{2, 3, 2}));
}

TEST(Receipt, OfADeclarationOfVersionZeroIsFree) {
    BlockContext block;
    block.constants = &constants_of("0.13.1");
    Transaction transaction;
    transaction.type = TransactionType::declare;
    transaction.version = 0;
    transaction.max_fee = 5;
    const auto receipt = make_receipt({.block = block,
                                       .transaction = transaction,
                                       .declared_code_size = 1000,
                                       .state = {},
                                       .summary = {}});
    ASSERT_TRUE(receipt);
    EXPECT_TRUE(receipt->fee == 0);
    EXPECT_GT(receipt->gas.l1_gas, 0U);
    transaction.version = 1;
    EXPECT_TRUE(make_receipt({.block = block,
                              .transaction = transaction,
                              .declared_code_size = 1000,
                              .state = {},
                              .summary = {}})
                    ->fee != 0);
}

}  // namespace
}  // namespace blockexecd::executor

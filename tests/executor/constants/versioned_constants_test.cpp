// SPDX-License-Identifier: Apache-2.0
#include "executor/constants/versioned_constants.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace blockexecd::executor {
namespace {

const VersionedConstants& constants_of(std::string_view version) {
    return *versioned_constants_for(version).value();
}

std::string data_file(const std::string& name) {
    std::ifstream in("executor/constants/data/" + name);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(VersionedConstants, AreKnownForAllVersionsThatHaveThem) {
    std::vector<std::string> versions;
    for (const auto& constants : all_versioned_constants())
        versions.push_back(constants.starknet_version);
    EXPECT_EQ(versions,
              (std::vector<std::string>{"0.12.3", "0.13.0", "0.13.1", "0.13.1.1", "0.13.2",
                                        "0.13.2.1", "0.13.3", "0.13.4", "0.13.5", "0.13.6",
                                        "0.14.0", "0.14.1", "0.14.2", "0.14.3", "0.14.4"}));
}

TEST(VersionedConstants, AreThoseOfTheVersionOrOfTheGreatestBelow) {
    EXPECT_EQ(constants_of("0.13.1.1").starknet_version, "0.13.1.1");
    EXPECT_EQ(constants_of("0.13.1.2").starknet_version, "0.13.1.1");
    EXPECT_EQ(constants_of("0.14.0").starknet_version, "0.14.0");
    EXPECT_EQ(constants_of("0.14.0.1").starknet_version, "0.14.0");
    EXPECT_EQ(constants_of("1.0.0").starknet_version, "0.14.4");
    EXPECT_EQ(constants_of("0.12.3").starknet_version, "0.12.3");
    EXPECT_EQ(constants_of("0.9.1").starknet_version, "0.12.3");
    EXPECT_EQ(constants_of("").starknet_version, "0.12.3");
    for (const auto* text : {"latest", "0.13.", "0..1", "0.13.1 ", "1.2.3.4.5", "-1.0"})
        EXPECT_TRUE(versioned_constants_for(text).has_error()) << text;
}

TEST(VersionedConstants, ChangeWhereTheProtocolDid) {
    EXPECT_EQ(constants_of("0.12.3").vm_resource_fee_cost.n_steps, (Ratio{1, 100}));
    EXPECT_FALSE(constants_of("0.12.3").calldata_da_discount);
    EXPECT_TRUE(constants_of("0.13.0").calldata_da_discount);
    EXPECT_EQ(constants_of("0.13.0").vm_resource_fee_cost.n_steps, (Ratio{5, 1000}));
    EXPECT_EQ(constants_of("0.13.1").vm_resource_fee_cost.n_steps, (Ratio{25, 10000}));
    EXPECT_TRUE(constants_of("0.13.1").ignore_inner_event_resources);
    EXPECT_FALSE(constants_of("0.13.1.1").ignore_inner_event_resources);
    EXPECT_FALSE(constants_of("0.13.3").enable_reverts);
    EXPECT_TRUE(constants_of("0.13.4").enable_reverts);
    EXPECT_EQ(constants_of("0.13.3").min_sierra_version_for_sierra_gas, (SierraVersion{100, 0, 0}));
    EXPECT_EQ(constants_of("0.13.4").min_sierra_version_for_sierra_gas, (SierraVersion{1, 7, 0}));
    EXPECT_FALSE(constants_of("0.14.2").enable_casm_hash_migration);
    EXPECT_EQ(constants_of("0.14.2").allocation_cost.blob_cost.l2_gas, 402000U);
    EXPECT_EQ(constants_of("0.14.0").sierra_gas_in_l1_gas(), (Ratio{1, 40000}));
    EXPECT_EQ(constants_of("0.13.0").sierra_gas_in_l1_gas(), (Ratio{1, 20000}));
    EXPECT_EQ(constants_of("0.14.0").infinite_gas_for_vm_mode(), 10'000'000'000U);
    EXPECT_EQ(constants_of("0.14.1").os_constants.validated, Felt::from_ascii("VALID"));
}

struct SyscallGas {
    SyscallSelector selector;
    // 0.13.0, 0.13.3, 0.13.4, 0.13.5, 0.14.1, 0.14.2, 0.14.3, 0.14.4.
    std::array<std::uint64_t, 8> base;
    std::uint64_t linear_0_14_4 = 0;
};

TEST(VersionedConstants, DeriveTheGasOfSystemCalls) {
    using enum SyscallSelector;
    constexpr std::array<std::string_view, 8> versions{"0.13.0", "0.13.3", "0.13.4", "0.13.5",
                                                       "0.14.1", "0.14.2", "0.14.3", "0.14.4"};
    const std::vector<SyscallGas> expected{
        {CallContract, {61000, 61000, 87650, 87650, 91560, 91560, 91560, 91360}},
        {LibraryCall, {61000, 61000, 85250, 85250, 89160, 89160, 89160, 88660}},
        {Deploy, {80000, 80000, 142810, 142810, 147120, 147120, 147120, 147120}, 4850},
        {EmitEvent, {11000, 11000, 10000, 10000, 10000, 10000, 10000, 10000}},
        {GetBlockHash, {15000, 15000, 10540, 10540, 10840, 10840, 10840, 10810}},
        {GetClassHashAt, {0, 0, 10000, 10000, 10000, 10000, 10000, 10000}},
        {GetExecutionInfo, {11000, 11000, 10000, 10000, 12640, 12640, 12640, 11240}},
        {Keccak, {10000, 10000, 10000, 10000, 10000, 10000, 10000, 10000}},
        {KeccakRound, {180000, 180000, 171707, 171707, 171707, 171707, 171707, 165137}},
        {MetaTxV0, {0, 0, 10000, 10000, 167950, 167950, 167950, 168550}, 4850},
        {ReplaceClass, {15000, 15000, 10470, 10470, 10670, 10670, 10670, 10000}},
        {SendMessageToL1, {15000, 15000, 14170, 14170, 14470, 14470, 14470, 12770}, 600},
        {StorageRead, {15000, 15000, 10000, 10000, 10000, 18070, 24070, 24070}},
        {StorageWrite, {15000, 15000, 10000, 10000, 10000, 44970, 59970, 59970}},
        {Sha256ProcessBlock, {0, 862060, 841095, 841095, 841295, 841295, 841295, 839995}},
        {Sha512ProcessBlock, {0, 0, 10000, 10000, 10000, 10000, 2413810, 2413810}},
        {Secp256k1Add, {42630, 42630, 43030, 43030, 43230, 43230, 43230, 42030}},
        {Secp256k1GetPointFromX, {41400, 41400, 41600, 41600, 41800, 41800, 41800, 40500}},
        {Secp256k1GetXy, {25070, 25070, 21470, 21470, 21670, 21670, 21670, 20470}},
        {Secp256k1Mul, {8133250, 8143270, 8143650, 8143650, 8143850, 8143850, 8143850, 8142650}},
        {Secp256k1New, {50350, 50350, 48550, 48550, 48750, 48750, 48750, 46950}},
        {Secp256r1Add, {62890, 62890, 63290, 63290, 63490, 63490, 63490, 62490}},
        {Secp256r1GetPointFromX, {54280, 54280, 54480, 54480, 54680, 54680, 54680, 53380}},
        {Secp256r1GetXy, {25270, 25270, 21670, 21670, 21870, 21870, 21870, 20670}},
        {Secp256r1Mul,
         {13501270, 13511290, 13511670, 13511670, 13511870, 13511870, 13511870, 13510870}},
        {Secp256r1New, {63230, 63230, 61430, 61430, 61630, 61630, 61630, 59830}},
        {GetTxInfo, {}},  // Cairo 0 alone has it: no gas
    };
    for (const auto& [selector, bases, linear] : expected) {
        for (std::size_t i = 0; i < versions.size(); ++i)
            EXPECT_EQ(constants_of(versions[i]).os_constants.gas_costs.syscall(selector).base,
                      bases[i])
                << syscall_name(selector) << " at " << versions[i];
        EXPECT_EQ(constants_of("0.14.4").os_constants.gas_costs.syscall(selector).linear_factor,
                  linear);
    }
    EXPECT_EQ(constants_of("0.13.4").os_constants.gas_costs.syscall(Deploy).linear_factor, 0U);
    EXPECT_EQ(constants_of("0.13.5").os_constants.gas_costs.syscall(Deploy).linear_factor, 4850U);
    EXPECT_EQ(constants_of("0.14.3").os_constants.gas_costs.syscall(SendMessageToL1).linear_factor,
              0U);
}

TEST(VersionedConstants, RefuseAFileThatIsNotUnderstoodWhole) {
    const std::string good = data_file("0_14_1.json");
    ASSERT_TRUE(parse_versioned_constants("0.14.1", good));

    const auto error_after = [&good](std::string_view from, std::string_view to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        const auto result = parse_versioned_constants("0.14.1", text);
        return result.has_error() ? result.error().message() : "accepted";
    };
    EXPECT_NE(
        error_after("\"enable_tip\"", "\"enable_tips\"").find("constants.enable_tip: missing"),
        std::string::npos);
    EXPECT_NE(error_after("\"enable_tip\": true", "\"enable_tip\": true, \"new_flag\": 1")
                  .find("new_flag: unknown field"),
              std::string::npos);
    EXPECT_NE(error_after("\"stored_block_hash_buffer\": 10", "\"stored_block_hash_buffer\": 11")
                  .find("stored_block_hash_buffer: not 10"),
              std::string::npos);
    EXPECT_NE(error_after("\"EmitEvent\"", "\"EmitEvents\"").find("EmitEvent: missing"),
              std::string::npos);
    EXPECT_NE(error_after("\"step_gas_cost\": 100,", "\"step_gas_cost\": -1,").find("not a number"),
              std::string::npos);
    EXPECT_NE(parse_versioned_constants("0.14.1", good.substr(0, 1000))
                  .error()
                  .message()
                  .find("malformed"),
              std::string::npos);
}

TEST(ResourcesParams, RoundEachLinearComponentUp) {
    const auto& params =
        constants_of("0.14.0")
            .os_resources.execute_txs_inner[static_cast<std::size_t>(TransactionType::invoke)];
    ASSERT_EQ(params.scaling_factor, 2U);
    const auto odd = params.linear(3);
    EXPECT_EQ(odd.n_steps, (params.calldata_factor.n_steps * 3 + 1) / 2);
    EXPECT_EQ(odd[vm::BuiltinName::poseidon],
              (params.calldata_factor[vm::BuiltinName::poseidon] * 3 + 1) / 2);
    EXPECT_EQ(params.linear(0), vm::ExecutionResources{});
}

}  // namespace
}  // namespace blockexecd::executor

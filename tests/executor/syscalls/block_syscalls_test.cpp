// SPDX-License-Identifier: Apache-2.0
// What a Cairo 1 contract is told of its block and transaction.
#include "executor/syscalls/block_syscalls.hpp"

#include <gmock/gmock.h>

#include "tests/executor/syscalls/cairo1_fixture.hpp"

namespace blockexecd::executor::test {
namespace {

using testing::ElementsAre;

class BlockSyscalls : public Cairo1Syscalls {
  protected:
    using Cairo1Syscalls::Cairo1Syscalls;

    // The pointer that get_execution_info answers.
    vm::Relocatable execution_info() {
        EXPECT_TRUE(call("GetExecutionInfo", {}));
        return response(2).relocatable();
    }
    [[nodiscard]] std::vector<Felt> block_info(const vm::Relocatable& execution_info) const {
        return felts(cell(execution_info).relocatable(), 3);
    }
    [[nodiscard]] vm::Relocatable transaction_info_at(const vm::Relocatable& execution_info) const {
        return cell(execution_info + 1).relocatable();
    }
    [[nodiscard]] std::vector<Felt> array_at(const vm::Relocatable& at) const {
        const auto start = cell(at).relocatable();
        return felts(start, cell(at + 1).relocatable().offset - start.offset);
    }
    void set_all_bounds() {
        transaction.resource_bounds = {
            .l1_gas = {1, 2}, .l2_gas = {3, 4}, .l1_data_gas = ResourceBounds{5, 6}};
    }
};

TEST_F(BlockSyscalls, ExecutionInfoNamesCallerContractAndSelector) {
    begin();
    const auto at = execution_info();
    EXPECT_EQ(cell(at + 2), vm::Value(kCaller));
    EXPECT_EQ(cell(at + 3), vm::Value(kContract));
    EXPECT_EQ(cell(at + 4), vm::Value(Felt(0x5e1)));
    EXPECT_THAT(block_info(at), ElementsAre(Felt(12345), Felt(1'700'000'123), Felt(0x5e9)));
}

TEST_F(BlockSyscalls, ValidationSeesARoundedBlockWithoutSequencer) {
    begin(ExecutionMode::validate);
    EXPECT_THAT(block_info(execution_info()),
                ElementsAre(Felt(12300), Felt(1'699'999'200), Felt(0)));
}

TEST_F(BlockSyscalls, ExecutionInfoIsMadeOnce) {
    begin();
    const auto first = execution_info();
    const auto n_segments = machine->memory().segment_count();
    EXPECT_EQ(execution_info(), first);
    EXPECT_EQ(machine->memory().segment_count(), n_segments);
}

TEST_F(BlockSyscalls, SegmentsAreMadeInTheReferencesOrder) {
    set_all_bounds();
    begin();
    const auto at = execution_info();
    const auto transaction_at = transaction_info_at(at);
    const auto base = cell(at).relocatable().segment;
    EXPECT_EQ(cell(transaction_at + 3).relocatable().segment, base + 1);   // signature
    EXPECT_EQ(cell(transaction_at + 8).relocatable().segment, base + 2);   // resource bounds
    EXPECT_EQ(cell(transaction_at + 11).relocatable().segment, base + 3);  // paymaster data
    EXPECT_EQ(cell(transaction_at + 15).relocatable().segment,
              base + 4);  // account deployment data
    EXPECT_EQ(cell(transaction_at + 17).relocatable().segment, base + 5);  // proof facts
    EXPECT_EQ(transaction_at.segment, base + 6);
    EXPECT_EQ(at.segment, base + 7);
}

TEST_F(BlockSyscalls, AVersion3TransactionShowsItsBounds) {
    set_all_bounds();
    transaction.tip = 9;
    transaction.paymaster_data = {Felt(21)};
    transaction.nonce_data_availability_mode = 1;
    begin();
    const auto at = transaction_info_at(execution_info());
    EXPECT_THAT(felts(at, 3), ElementsAre(Felt(3), Felt(0xacc), Felt(0)));
    EXPECT_THAT(array_at(at + 3), ElementsAre(Felt(11), Felt(12)));
    EXPECT_THAT(felts(at + 5, 3), ElementsAre(Felt(0x7a), Felt::from_ascii("SN_TEST"), Felt(3)));
    EXPECT_THAT(array_at(at + 8), ElementsAre(Felt::from_ascii("L1_GAS"), Felt(1), Felt(2),
                                              Felt::from_ascii("L2_GAS"), Felt(3), Felt(4),
                                              Felt::from_ascii("L1_DATA"), Felt(5), Felt(6)));
    EXPECT_EQ(cell(at + 10), vm::Value(Felt(9)));
    EXPECT_THAT(array_at(at + 11), ElementsAre(Felt(21)));
    EXPECT_THAT(felts(at + 13, 2), ElementsAre(Felt(1), Felt(0)));
}

TEST_F(BlockSyscalls, AnOlderTransactionShowsItsFeeAndElevenZeros) {
    transaction.version = 1;
    transaction.max_fee = (u128{1} << 64) + 5;
    begin();
    const auto at = transaction_info_at(execution_info());
    EXPECT_THAT(felts(at, 3), ElementsAre(Felt(1), Felt(0xacc), Felt::from_u128(5, 1)));
    EXPECT_EQ(felts(at + 8, 11), std::vector<Felt>(11, Felt(0)));
}

TEST_F(BlockSyscalls, AQuerysVersionHasBit128) {
    transaction.only_query = true;
    begin();
    EXPECT_EQ(cell(transaction_info_at(execution_info())),
              vm::Value(Felt::from_canonical({3, 0, 1, 0})));
}

TEST_F(BlockSyscalls, AccountsBoundToVersion1SeeItWhileTheTipIsLow) {
    info.call.class_hash = block.constants->os_constants.v1_bound_accounts_cairo1.at(0);
    begin();
    EXPECT_EQ(cell(transaction_info_at(execution_info())), vm::Value(Felt(1)));
    transaction.tip = block.constants->os_constants.v1_bound_accounts_max_tip + 1;
    begin();
    EXPECT_EQ(cell(transaction_info_at(execution_info())), vm::Value(Felt(3)));
}

TEST_F(BlockSyscalls, DataGasAccountsDoNotSeeItsBound) {
    set_all_bounds();
    info.call.class_hash = block.constants->os_constants.data_gas_accounts.at(0);
    begin();
    EXPECT_EQ(array_at(transaction_info_at(execution_info()) + 8).size(), 6U);
}

TEST_F(BlockSyscalls, ABlockHashIsReadFromStorageTenBlocksLater) {
    below.storage[{Felt(1), Felt(12335)}] = Felt(0xb10c);
    begin();
    ASSERT_TRUE(call("GetBlockHash", {Felt(12335)}));
    EXPECT_EQ(response(2), vm::Value(Felt(0xb10c)));
    EXPECT_THAT(info.storage_access_tracker.accessed_blocks, ElementsAre(12335));
    EXPECT_THAT(info.storage_access_tracker.read_block_hash_values, ElementsAre(Felt(0xb10c)));
    EXPECT_EQ(failure_of("GetBlockHash", {Felt(12336)}), "Block number out of range");
}

TEST_F(BlockSyscalls, TheFirstBlocksHaveNoHashesToShow) {
    block.block_number = 9;
    begin();
    EXPECT_EQ(failure_of("GetBlockHash", {Felt(0)}), "Block number out of range");
}

TEST_F(BlockSyscalls, ValidationMayNotAskForRecentBlocks) {
    begin(ExecutionMode::validate);
    EXPECT_EQ(error_of("GetBlockHash", {Felt(12336)}),
              "Unauthorized syscall get_block_hash on recent blocks in execution mode Validate.");
}

TEST_F(BlockSyscalls, ABlockNumberHas64Bits) {
    begin();
    EXPECT_EQ(error_of("GetBlockHash", {Felt::from_u128(0, 1)}),
              "Invalid syscall input: 0x10000000000000000; Block number must fit within 64 bits.");
}

}  // namespace
}  // namespace blockexecd::executor::test

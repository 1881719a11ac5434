// SPDX-License-Identifier: Apache-2.0
// Simulations that a node recorded with everything that they read: the same gas, call by call and
// in total, the same results, and just those reads. The block's header says 0.14.4, but the gas is
// that of the prices before 0.14.2 raised storage accesses and 0.14.4 lowered calls: the node ran
// a build of that time (February 2026). So the reads and the program's own gas are checked under
// the constants of 0.14.1, and what 0.14.4 adds is checked call by call.
#include <gtest/gtest.h>

#include "executor/constants/versioned_constants.hpp"
#include "executor/state/in_memory_state.hpp"
#include "executor/transactions/execute_transaction.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/real/real_data.hpp"

namespace blockexecd::executor::test {
namespace {

using Json = boost::json::value;

class Simulation : public RealData {
  protected:
    Simulation() : RealData("rpc-records") {}
    void SetUp() override {
        RealData::SetUp();
        if (IsSkipped())
            return;
        context.block_number = 1097766;
        context.use_kzg_da = true;
        context.strk_prices = {.l1_gas = 0xe8d4a51000, .l1_data_gas = 0x3e8, .l2_gas = 0x1dcd65000};
        context.eth_prices = {.l1_gas = 0x3b9aca00, .l1_data_gas = 1, .l2_gas = 0x7a1200};
        context.chain_id = Felt::from_ascii("SN_SEPOLIA");
    }

    static StateMaps reads_of(const Json& json) {
        StateMaps maps;
        for (const auto& item : json.at("class_hashes").as_array())
            maps.class_hashes[to_felt(item.at("contract_address"))] =
                to_felt(item.at("class_hash"));
        for (const auto& item : json.at("declared_contracts").as_array())
            maps.declared_contracts[to_felt(item.at("class_hash"))] =
                item.at("is_declared").as_bool();
        for (const auto& item : json.at("nonces").as_array())
            maps.nonces[to_felt(item.at("contract_address"))] = to_felt(item.at("nonce"));
        for (const auto& item : json.at("storage").as_array())
            maps.storage[{to_felt(item.at("contract_address")), to_felt(item.at("key"))}] =
                to_felt(item.at("value"));
        return maps;
    }

    static Transaction transaction_of(const Json& json) {
        Transaction transaction;
        transaction.sender_address = to_felt(json.at("sender_address"));
        transaction.nonce = to_felt(json.at("nonce"));
        transaction.calldata = to_felts(json.at("calldata"));
        transaction.signature = to_felts(json.at("signature"));
        const auto bounds = [&](std::string_view name) {
            const auto& one = json.at("resource_bounds").at(name);
            return ResourceBounds{to_u64(one.at("max_amount")),
                                  to_u128(one.at("max_price_per_unit"))};
        };
        transaction.resource_bounds = {.l1_gas = bounds("l1_gas"),
                                       .l2_gas = bounds("l2_gas"),
                                       .l1_data_gas = bounds("l1_data_gas")};
        return transaction;
    }

    static void compare(const Json& recorded, const CallInfo& computed, std::uint64_t& n_calls) {
        ++n_calls;
        EXPECT_EQ(computed.call.class_hash, to_felt(recorded.at("class_hash")));
        EXPECT_EQ(computed.call.storage_address, to_felt(recorded.at("contract_address")));
        EXPECT_EQ(computed.call.caller_address, to_felt(recorded.at("caller_address")));
        EXPECT_EQ(computed.call.entry_point_selector, to_felt(recorded.at("entry_point_selector")));
        EXPECT_EQ(computed.call.calldata, to_felts(recorded.at("calldata")));
        EXPECT_EQ(computed.execution.retdata, to_felts(recorded.at("result")));
        EXPECT_EQ(computed.execution.failed, recorded.at("is_reverted").as_bool());
        EXPECT_EQ(computed.execution.gas_consumed,
                  to_u64(recorded.at("execution_resources").at("l2_gas")));
        const auto& calls = recorded.at("calls").as_array();
        ASSERT_EQ(computed.inner_calls.size(), calls.size());
        for (std::size_t i = 0; i < calls.size(); ++i)
            compare(calls[i], computed.inner_calls[i], n_calls);
    }

    void read(const std::string& file) {
        const auto json = read_json(folder / file);
        for (const auto& interaction : json.at("interactions").as_array())
            if (interaction.at("method").as_string() == "starknet_simulateTransactions")
                record = interaction;
        ASSERT_TRUE(record.is_object());
        const auto& result = record.at("response").at("result");
        trace = result.at("simulated_transactions").at(0).at("transaction_trace");
        reads = reads_of(result.at("initial_reads"));
        before.storage = reads.storage;
        before.nonces = reads.nonces;
        before.class_hashes = reads.class_hashes;
        for (const auto& [class_hash, declared] : reads.declared_contracts)
            before.add_class(class_hash, read_real_class(folder.parent_path() / "classes/sierra",
                                                         folder / "casm", class_hash));
        transaction = transaction_of(record.at("sorted_params").at("transactions").at(0));
        // The record sorts what was sent; the trace has it as it was.
        transaction.calldata = to_felts(trace.at("execute_invocation").at("calldata"));
    }

    void simulate(std::string_view version, CachedState& state) {
        context.constants = versioned_constants_for(version).value();
        std::uint64_t steps = 0;
        auto executed = execute_transaction(
            {.transaction = transaction,
             .block = context,
             .declared_class = nullptr,
             .flags = {.charge_fee = false, .validate = false, .strict_nonce_check = false}},
            state, arena, steps);
        ASSERT_TRUE(executed.has_value()) << executed.error().message();
        ASSERT_FALSE(executed->is_reverted()) << *executed->revert_error;
        info = std::move(*executed);
    }

    void expect_as_recorded(const std::string& file) {
        read(file);
        CachedState state(&before);
        simulate("0.14.1", state);
        if (HasFatalFailure())
            return;
        std::uint64_t n_calls = 0;
        compare(trace.at("execute_invocation"), info.execute_call_info.value(), n_calls);
        EXPECT_EQ(info.receipt.gas, to_gas_vector(trace.at("execution_resources")));
        const auto computed = state.initial_reads();
        EXPECT_EQ(computed.storage, reads.storage);
        EXPECT_EQ(computed.nonces, reads.nonces);
        EXPECT_EQ(computed.class_hashes, reads.class_hashes);
        EXPECT_EQ(computed.declared_contracts, reads.declared_contracts);
        print_comparison("calls of a simulation, its gas and its initial reads", n_calls, 0);
    }

    Json record;
    Json trace;
    StateMaps reads;
    InMemoryState before;
    Transaction transaction;
    TransactionExecutionInfo info;
    BlockContext context;
    vm::Arena arena;
};

TEST_F(Simulation, GivesTheRecordedGasAndInitialReads) {
    expect_as_recorded("test_simulate_and_get_initial_reads.json");
}

TEST_F(Simulation, OfAnotherRecordGivesTheRecordedGasAndInitialReads) {
    expect_as_recorded("test_execute_with_prefetch.json");
}

// 240 steps and a range check for a storage read, before at the minimum of 100 steps; 901 steps
// for a call, before 903.
TEST_F(Simulation, ByThePricesOf0144DiffersByItsTwoStorageReadsAndItsCall) {
    read("test_simulate_and_get_initial_reads.json");
    CachedState state(&before);
    simulate("0.14.4", state);
    if (HasFatalFailure())
        return;
    const auto recorded = [](const Json& call) {
        return to_u64(call.at("execution_resources").at("l2_gas"));
    };
    constexpr std::uint64_t kTwoReads = 2 * (240 * 100 + 70 - 100 * 100);
    constexpr std::uint64_t kCall = (903 - 901) * 100;
    const auto& root = trace.at("execute_invocation");
    const auto& computed = info.execute_call_info.value();
    EXPECT_EQ(computed.inner_calls.at(0).execution.gas_consumed,
              recorded(root.at("calls").at(0)) + kTwoReads);
    EXPECT_EQ(computed.execution.gas_consumed, recorded(root) + kTwoReads - kCall);
}

}  // namespace
}  // namespace blockexecd::executor::test

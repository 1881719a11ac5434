// SPDX-License-Identifier: Apache-2.0
// Call trees of mainnet transactions as a fork of blockifier recorded them: every call counted gas,
// whatever its class's Sierra version, nothing was signed and no fee was charged. Only trees whose
// classes are all present are run; storage reads are fed in the order that they were recorded in.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <iostream>
#include <map>
#include <set>

#include "executor/calls/entry_point.hpp"
#include "executor/calls/error_trace.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/state/cached_state.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/blocks/execution_info_json.hpp"
#include "tests/executor/real/real_data.hpp"
#include "tests/executor/support/call_info_diff.hpp"

namespace blockexecd::executor::test {
namespace {

using testing::IsEmpty;

// The state that a recorded call tree shows: classes by address, and the values that each contract
// read, in order.
class RecordedReads final : public StateReader {
  public:
    // False if a class of the tree is absent.
    bool add(const CallInfo& call, const std::filesystem::path& real) {
        const auto& class_hash = call.call.class_hash;
        const auto file = class_hash.to_hex() + ".json";
        // The ETH token's CASM is beside the block that needs it.
        const std::array casm_folders{real / "classes/casm", real / "mainnet-876462/casm"};
        const auto* const casm = std::ranges::find_if(casm_folders, [&](const auto& folder) {
            return std::filesystem::exists(folder / file);
        });
        if (!std::filesystem::exists(real / "classes/sierra" / file) || casm == casm_folders.end())
            return false;
        auto& compiled = compiled_[class_hash];
        if (compiled == nullptr)
            compiled = read_real_class(real / "classes/sierra", *casm, class_hash);
        class_hashes_[call.call.storage_address] = class_hash;
        auto& reads = reads_[call.call.storage_address];
        const auto& values = call.storage_access_tracker.storage_read_values;
        reads.insert(reads.end(), values.begin(), values.end());
        return std::ranges::all_of(call.inner_calls,
                                   [&](const CallInfo& inner) { return add(inner, real); });
    }

    vm::Result<Felt> storage_at(const ContractAddress& address, const StorageKey&) override {
        auto& reads = reads_[address];
        if (reads.empty())
            return Felt();
        const Felt value = reads.front();
        reads.pop_front();
        return value;
    }
    vm::Result<Nonce> nonce_at(const ContractAddress&) override { return Nonce(); }
    vm::Result<ClassHash> class_hash_at(const ContractAddress& address) override {
        return class_hashes_[address];
    }
    vm::Result<std::shared_ptr<const CompiledClass>> compiled_class(
        const ClassHash& class_hash) override {
        return compiled_[class_hash];
    }
    vm::Result<CompiledClassHash> compiled_class_hash(const ClassHash&) override {
        return CompiledClassHash();
    }

  private:
    std::map<ClassHash, std::shared_ptr<const CompiledClass>> compiled_;
    std::map<ContractAddress, ClassHash> class_hashes_;
    std::map<ContractAddress, std::deque<Felt>> reads_;
};

constexpr std::uint64_t kOldestForksGas = 100'000'000;

// The serializer of that fork: fields that came later are absent.
CallInfo recorded_call(boost::json::value json) {
    const std::function<void(boost::json::object&)> complete = [&](boost::json::object& call) {
        call["syscalls_usage"] = boost::json::object();
        for (auto& inner : call["inner_calls"].as_array())
            complete(inner.as_object());
    };
    complete(json.as_object());
    return read_call_info(json);
}

// System calls were not recorded.
void forget_system_calls(CallInfo& call) {
    call.syscalls_usage = {};
    std::ranges::for_each(call.inner_calls, forget_system_calls);
}

class MainnetExecutionInfo : public RealData {
  protected:
    MainnetExecutionInfo() : RealData("mainnet-execution-info") {}
};

TEST_F(MainnetExecutionInfo, CallTreesOfPresentClassesAreAsRecorded) {
    auto constants = *versioned_constants_for("0.13.1").value();
    constants.min_sierra_version_for_sierra_gas = {};
    BlockContext block;
    block.constants = &constants;
    block.chain_id = Felt::from_ascii("SN_MAIN");
    Transaction transaction;
    transaction.version = 1;
    vm::Arena arena;
    std::uint64_t n_compared = 0;
    std::uint64_t n_skipped = 0;
    std::uint64_t n_without_gas = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().filename() == "index.json")
            continue;
        SCOPED_TRACE(entry.path().filename().string());
        const auto json = read_json(entry.path());
        const auto& execute = json.at("execute_call_info");
        RecordedReads below;
        const auto recorded = execute.is_null() ? CallInfo() : recorded_call(execute);
        if (execute.is_null() || !below.add(recorded, folder.parent_path())) {
            ++n_skipped;
            continue;
        }
        CachedState state(&below);
        auto call = recorded.call;
        transaction.sender_address = call.storage_address;
        transaction.hash = Felt::from_hex(entry.path().stem().string()).value();
        auto gas = call.initial_gas;
        auto context = make_execution_context(block, transaction_info(transaction),
                                              ExecutionMode::execute, false, gas, arena);
        auto result = execute_call(call, state, context, gas);
        ASSERT_TRUE(result.has_value())
            << transaction_error_trace(ErrorStackHeader::execution, {}, result.error());
        forget_system_calls(*result);
        // The oldest records are of a fork with other prices of builtins.
        if (recorded.call.initial_gas == kOldestForksGas) {
            result->execution.gas_consumed = recorded.execution.gas_consumed;
            ++n_without_gas;
        }
        EXPECT_THAT(diff_call_infos("execute", recorded, *result), IsEmpty());
        ++n_compared;
    }
    std::cout << "skipped: a class of the tree is absent\n";
    print_comparison("call trees", n_compared, n_skipped);
    print_comparison("gas of call trees", n_compared - n_without_gas, n_skipped + n_without_gas);
    EXPECT_EQ(n_compared, 6U);
    EXPECT_EQ(n_without_gas, 2U);
}

class Mainnet742001 : public RealData {
  protected:
    Mainnet742001() : RealData("mainnet-742001") {}
};

// The two transactions whose classes are present reverted: what is left of them are validations,
// which check signatures that were not recorded.
TEST_F(Mainnet742001, HasNoCallTreeThatCanBeRun) {
    std::uint64_t n_present = 0;
    std::uint64_t n_skipped = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const auto json = read_json(entry.path());
        const auto& info = json.at("execution_info");
        ++n_skipped;
        std::set<std::string> absent;
        const std::function<void(const boost::json::value&)> look = [&](const auto& call) {
            const auto file = std::string(call.at("call").at("class_hash").as_string()) + ".json";
            if (!std::filesystem::exists(folder.parent_path() / "classes/sierra" / file))
                absent.insert(file);
            for (const auto& inner : call.at("inner_calls").as_array())
                look(inner);
        };
        for (const auto* stage : {"validate_call_info", "execute_call_info"})
            if (!info.at(stage).is_null())
                look(info.at(stage));
        if (absent.empty()) {
            ++n_present;
            EXPECT_TRUE(info.at("execute_call_info").is_null());
        }
    }
    print_comparison("call trees", 0, n_skipped);
    EXPECT_EQ(n_present, 2U);
}

}  // namespace
}  // namespace blockexecd::executor::test

// SPDX-License-Identifier: Apache-2.0
// Runs the calls of the recorded chains, one after the other, and compares each whole call tree
// with the reference's. What a transaction does around its calls (fees, limits, nonces) is not
// looked at here.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "executor/calls/entry_point.hpp"
#include "executor/calls/error_trace.hpp"
#include "executor/classes/class_codec.hpp"
#include "executor/classes/class_definition.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/state/in_memory_state.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/blocks/chain_archive.hpp"
#include "tests/executor/blocks/execution_info_json.hpp"
#include "tests/executor/support/call_info_diff.hpp"

namespace blockexecd::executor::test {
namespace {

std::shared_ptr<const CompiledClass> load_class(const std::filesystem::path& folder,
                                                const std::string& hash) {
    const auto cairo0 = folder / (hash + ".json");
    const auto definition = [&] {
        if (std::filesystem::exists(cairo0))
            return parse_cairo0_class({hash, read_text(cairo0)});
        const auto sierra = read_text(folder / (hash + ".sierra.json"));
        const auto casm = read_text(folder / (hash + ".casm.json"));
        return parse_cairo1_class({hash, sierra}, {hash, casm});
    }();
    return compile_class(definition.value()).value();
}

// The state before a block, its context, and a worker's memory.
class RecordedChain {
  public:
    explicit RecordedChain(const std::string& name) : archive(chains_folder() / name) {
        const auto folder = archive.folder() / "classes";
        for (const auto& file : std::filesystem::directory_iterator(folder)) {
            const auto file_name = file.path().filename().string();
            const auto hash = file_name.substr(0, file_name.find('.'));
            if (!(*state.compiled_class(*Felt::from_hex(hash))))
                state.add_class(*Felt::from_hex(hash), load_class(folder, hash));
        }
        state.apply(archive.state_update(0).diff);
    }

    [[nodiscard]] BlockContext block_context(const BlockHeader& header) const {
        BlockContext context;
        context.block_number = header.number;
        context.block_timestamp = header.timestamp;
        context.sequencer_address = header.sequencer_address;
        context.eth_prices = header.eth_prices;
        context.strk_prices = header.strk_prices;
        context.use_kzg_da = header.l1_da_mode == DataAvailabilityMode::blob;
        context.chain_id = Felt::from_ascii(archive.info().chain_id);
        context.eth_fee_token_address = archive.info().eth_fee_token_address;
        context.strk_fee_token_address = archive.info().strk_fee_token_address;
        context.constants = versioned_constants_for(header.starknet_version).value();
        return context;
    }

    ChainArchive archive;
    InMemoryState state;
    vm::Arena arena;
};

class RecordedCalls : public testing::TestWithParam<std::string> {
  protected:
    // Runs one stage's call over the state and compares.
    void run_stage(const std::string& path, const std::optional<CallInfo>& recorded,
                   const Transaction& transaction, const BlockContext& block, ExecutionMode mode,
                   CachedState& state) {
        if (!recorded)
            return;
        auto gas = recorded->call.initial_gas;
        auto context = make_execution_context(block, transaction_info(transaction), mode, false,
                                              gas, chain.arena);
        auto call = recorded->call;
        const bool is_deployment =
            call.entry_point_type == EntryPointType::constructor && call.caller_address.is_zero();
        const auto result =
            is_deployment
                ? execute_deployment({call.class_hash, std::nullopt, call.storage_address, Felt{}},
                                     call.calldata, state, context, gas)
                : execute_call(call, state, context, gas);
        ++n_calls;
        if (result.has_error()) {
            ADD_FAILURE() << path << ": "
                          << transaction_error_trace(ErrorStackHeader::execution, {},
                                                     result.error())
                                 .substr(0, 2000);
            return;
        }
        const auto differences = diff_call_infos(path, *recorded, *result);
        for (std::size_t i = 0; i < std::min<std::size_t>(differences.size(), 10); ++i)
            ADD_FAILURE() << differences[i];
    }

    RecordedChain chain{GetParam()};
    std::uint64_t n_calls = 0;
};

TEST_P(RecordedCalls, GiveTheReferencesCallTrees) {
    for (BlockNumber number = 1; number <= chain.archive.last_block(); ++number) {
        const auto block = chain.archive.block(number);
        const auto context = chain.block_context(block.header);
        const auto recorded = read_execution_infos(chain.archive.folder() / "execution_infos" /
                                                   (std::to_string(number) + ".json"));
        const auto diff = chain.archive.state_update(number).diff;
        CachedState state(&chain.state);
        for (const auto& [cell, value] : diff.storage)
            if (cell.address == Felt(1))
                state.set_storage_at(cell.address, cell.key, value);
        for (std::size_t i = 0; i < recorded.size(); ++i) {
            const auto path =
                "block " + std::to_string(number) + " transaction " + std::to_string(i) + " ";
            const auto& transaction = block.transactions[i];
            const auto& infos = recorded[i];
            const bool deploys = transaction.type == TransactionType::deploy_account;
            if (deploys)
                run_stage(path + "execute", infos.execute_call_info, transaction, context,
                          ExecutionMode::validate, state);
            run_stage(path + "validate", infos.validate_call_info, transaction, context,
                      ExecutionMode::validate, state);
            if (!deploys)
                run_stage(path + "execute", infos.execute_call_info, transaction, context,
                          ExecutionMode::execute, state);
            run_stage(path + "fee_transfer", infos.fee_transfer_call_info, transaction, context,
                      ExecutionMode::execute, state);
            if (HasFailure())
                return;
        }
        chain.state.apply(diff);
    }
    EXPECT_GT(n_calls, 100U);
}

INSTANTIATE_TEST_SUITE_P(Chains, RecordedCalls,
                         testing::Values("mixed-small", "legacy-small", "mixed-0.13.1.1"),
                         [](const auto& info) {
                             auto name = info.param;
                             std::ranges::replace_if(
                                 name, [](char c) { return c == '-' || c == '.'; }, '_');
                             return name;
                         });

}  // namespace
}  // namespace blockexecd::executor::test

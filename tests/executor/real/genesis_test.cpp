// SPDX-License-Identifier: Apache-2.0
// The first blocks of mainnet (before versions, accounts and fees) and of Sepolia (0.12.3),
// executed from the empty state: state diffs and roots, events, messages, fees, and the resources
// of each transaction.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "executor/blocks/block_setup.hpp"
#include "executor/blocks/finalize_block.hpp"
#include "executor/calls/frame_resources.hpp"
#include "executor/commitments/state_commitment.hpp"
#include "executor/state/in_memory_state.hpp"
#include "executor/transactions/execute_transaction.hpp"
#include "executor/types/address.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/commitments/gateway.hpp"
#include "tests/executor/real/real_data.hpp"

namespace blockexecd::executor::test {
namespace {

// What a block's receipts count, as the data shows it.
enum class ReceiptResources : std::uint8_t {
    // Mainnet at first: the instructions of the programs alone. Memory holes are not in the
    // database that the blocks were taken from: they are not compared.
    programs,
    // 0.12.3: also what the Starknet OS does for their system calls and for the transaction; memory
    // holes are counted as steps.
    programs_and_os,
};

// The OS's work for the system calls of a call tree.
vm::ExecutionResources os_resources(const CallInfo& call, const VersionedConstants& constants) {
    auto resources = syscall_resources(call.syscalls_usage, constants);
    for (const auto& inner : call.inner_calls)
        resources += os_resources(inner, constants);
    return resources;
}

vm::ExecutionResources without(vm::ExecutionResources resources,
                               const vm::ExecutionResources& part) {
    resources.n_steps -= part.n_steps;
    resources.n_memory_holes -= part.n_memory_holes;
    for (std::size_t i = 0; i < vm::kBuiltinCount; ++i)
        resources.builtins[i] -= part.builtins[i];
    return resources;
}

// The gateway's readers leave them out.
std::vector<vm::ExecutionResources> recorded_resources(const std::filesystem::path& file) {
    std::vector<vm::ExecutionResources> list;
    const auto block = read_json(file);
    for (const auto& receipt : block.at("transaction_receipts").as_array())
        list.push_back(to_vm_resources(receipt.at("execution_resources")));
    return list;
}

// A chain from its first block, over a state that only its own results make.
class GenesisChain : public RealData {
  protected:
    using RealData::RealData;

    void begin(std::string chain_id, ReceiptResources resources) {
        chain = {.chain_id = std::move(chain_id),
                 .eth_fee_token_address = *Felt::from_hex(
                     "0x49d36570d4e46f48e99674bd3fcc84644ddd6b96f7c741b1562b82f9e004dc7"),
                 .strk_fee_token_address = {},
                 .synthetic_block_hashes = false};
        resources_ = resources;
    }
    // The class of the folder. One that is absent, or whose program is compressed, gives a class
    // that can be declared, and deployed without a constructor.
    std::shared_ptr<const CompiledClass> class_of(const ClassHash& class_hash, ClassKind kind) {
        auto& known = classes_[class_hash];
        if (known != nullptr)
            return known;
        const auto file = folder / "class" / (class_hash.to_hex() + ".json");
        if (std::filesystem::exists(file)) {
            const auto json = read_json(file);
            if (!json.as_object().contains("program") || json.at("program").is_object())
                return known = read_real_class(folder / "class",
                                               folder.parent_path() / "classes/casm", class_hash);
        }
        unread.insert(class_hash);
        auto stub = std::make_shared<CompiledClass>();
        stub->kind = kind;
        stub->class_hash = class_hash;
        return known = std::move(stub);
    }

    // Executes transactions [first, last) of the block over the block's state.
    void execute(const BlockContext& context, const Block& block, CachedState& block_state,
                 std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            SCOPED_TRACE("block " + std::to_string(block.header.number) + ", transaction " +
                         std::to_string(i));
            const Transaction& transaction = block.transactions[i];
            if (transaction.type == TransactionType::deploy)
                block_state.set_compiled_class(transaction.class_hash,
                                               class_of(transaction.class_hash, ClassKind::cairo0));
            const TransactionInput input{
                .transaction = transaction,
                .block = context,
                .declared_class =
                    transaction.type == TransactionType::declare
                        ? class_of(transaction.class_hash,
                                   transaction.version < 2 ? ClassKind::cairo0 : ClassKind::cairo1)
                        : nullptr,
                .flags = flags_of_block(transaction)};
            CachedState state(&block_state);
            std::uint64_t steps = 0;
            const auto info = execute_transaction(input, state, arena, steps);
            ASSERT_TRUE(info.has_value()) << info.error().message();
            state.commit_to(block_state);
            compare(block.receipts[i], transaction, i, *info);
            compare_resources(recorded_.at(i), *info, *context.constants);
            ++executed;
        }
    }

    void compare(const Receipt& recorded, const Transaction& transaction, std::uint64_t index,
                 const TransactionExecutionInfo& info) {
        const Receipt computed = chain_receipt(transaction, index, info);
        EXPECT_EQ(computed.transaction_hash, recorded.transaction_hash);
        EXPECT_EQ(computed.execution_status, recorded.execution_status) << computed.revert_error;
        // Who offers no fee pays none, whatever the execution costs.
        const auto fee = flags_of_block(transaction).charge_fee ? computed.actual_fee : Felt();
        EXPECT_EQ(fee.to_hex(), recorded.actual_fee.to_hex());
        EXPECT_EQ(computed.events, recorded.events);
        EXPECT_EQ(computed.l2_to_l1_messages, recorded.l2_to_l1_messages);
    }

    void compare_resources(const vm::ExecutionResources& recorded,
                           const TransactionExecutionInfo& info,
                           const VersionedConstants& constants) const {
        const auto& computation = info.receipt.computation;
        const auto resources =
            resources_ == ReceiptResources::programs
                ? without(computation.tx_vm_resources,
                          os_resources(info.execute_call_info.value(), constants))
                : computation.total_vm_resources();
        const auto holes = resources_ == ReceiptResources::programs ? 0 : resources.n_memory_holes;
        EXPECT_EQ(resources.n_steps + holes, recorded.n_steps);
        EXPECT_EQ(recorded.n_memory_holes, 0U);
        for (std::size_t i = 0; i < vm::kBuiltinCount; ++i)
            EXPECT_EQ(resources.builtins[i], recorded.builtins[i]) << vm::kBuiltinNames[i];
    }

    void expect_resources(const std::filesystem::path& file) {
        recorded_ = recorded_resources(file);
    }

    // The block's diff is the recorded one, and gives the recorded root.
    void close(const BlockContext& context, CachedState& block_state, const StateUpdate& recorded) {
        auto diff = finalize_block(block_state, state, context, {});
        ASSERT_TRUE(diff.has_value()) << diff.error().message();
        EXPECT_EQ(diff->storage, recorded.diff.storage);
        EXPECT_EQ(diff->nonces, recorded.diff.nonces);
        EXPECT_EQ(diff->deployed_contracts, recorded.diff.deployed_contracts);
        EXPECT_EQ(diff->replaced_classes, recorded.diff.replaced_classes);
        EXPECT_EQ(diff->declared_classes, recorded.diff.declared_classes);
        for (const auto& [class_hash, compiled] : block_state.declared_classes())
            state.add_class(class_hash, compiled);
        state.apply(*diff);
        commitment.apply(*diff);
        EXPECT_EQ(commitment.roots(StateRootRule::contracts_alone).state_root.to_hex(),
                  recorded.new_root.to_hex());
        ++roots;
    }

    ChainInfo chain;
    InMemoryState state;
    StateCommitment commitment;
    vm::Arena arena;
    std::set<ClassHash> unread;
    std::uint64_t executed = 0;
    std::uint64_t roots = 0;

  private:
    ReceiptResources resources_ = ReceiptResources::programs;
    std::vector<vm::ExecutionResources> recorded_;
    FlatMap<ClassHash, std::shared_ptr<const CompiledClass>> classes_;
};

class MainnetGenesis : public GenesisChain {
  protected:
    MainnetGenesis() : GenesisChain("mainnet-0-9") {}
};

TEST_F(MainnetGenesis, ExecutesToTheRecordedStateMessagesAndResources) {
    begin("SN_MAIN", ReceiptResources::programs);
    std::uint64_t messages = 0;
    for (BlockNumber number = 0; number <= 9; ++number) {
        const auto file = folder / "decoded" / (std::to_string(number) + ".json");
        const Block block = gateway::read_block(file).block;
        expect_resources(file);
        const auto context = make_block_context(chain, block.header);
        ASSERT_TRUE(context.has_value()) << context.error().message();
        CachedState block_state(&state);
        execute(*context, block, block_state, 0, block.transactions.size());
        close(*context, block_state, gateway::read_state_update(file));
        for (const auto& receipt : block.receipts)
            messages += receipt.l2_to_l1_messages.size();
    }
    print_comparison("transactions (receipts without memory holes)", executed, 0);
    print_comparison("memory holes (the database has none)", 0, executed);
    print_comparison("messages", messages, 0);
    print_comparison("state diffs and roots", roots, 0);
    EXPECT_EQ(executed, 162U);
    EXPECT_EQ(messages, 36U);
    EXPECT_EQ(roots, 10U);
    EXPECT_TRUE(unread.empty());
}

class SepoliaGenesis : public GenesisChain {
  protected:
    SepoliaGenesis() : GenesisChain("sepolia-0-7") {}

    // What transactions [first, last) did to the account that they deploy and call, and the
    // contract that it deploys, as the state update says, and to the sequencer, as the fees say:
    // the account's class is absent.
    static void apply_recorded(const BlockContext& context, const Block& block,
                               const StateDiff& diff, CachedState& block_state, std::size_t first,
                               std::size_t last) {
        const auto& token = context.eth_fee_token_address;
        const auto sequencer = fee_token_balance_key(context.sequencer_address);
        for (std::size_t i = first; i < last; ++i) {
            const auto& account = block.transactions[i].sender_address;
            for (const auto& [cell, value] : diff.storage)
                if (cell.address == account ||
                    (cell.address == token && cell.key == fee_token_balance_key(account)))
                    block_state.set_storage_at(cell.address, cell.key, value);
            block_state.set_nonce_at(account, diff.nonces.at(account));
            for (const auto& address : {account, kUniversalDeployer})
                ASSERT_TRUE(
                    block_state.set_class_hash_at(address, diff.deployed_contracts.at(address)));
            block_state.set_storage_at(
                token, sequencer,
                block_state.storage_at(token, sequencer).value() + block.receipts[i].actual_fee);
        }
    }

    static inline const ContractAddress kUniversalDeployer =
        *Felt::from_hex("0x41a78e741e5af2fec34b695679bc6891742439f7afb8484ecd7766661ad02bf");
};

TEST_F(SepoliaGenesis, ExecutesToTheRecordedStateEventsFeesAndResources) {
    begin("SN_SEPOLIA", ReceiptResources::programs_and_os);
    std::uint64_t skipped = 0;
    for (BlockNumber number = 0; number <= 7; ++number) {
        const auto file = std::to_string(number) + ".json";
        const Block block = gateway::read_block(folder / "block" / file).block;
        expect_resources(folder / "block" / file);
        const StateUpdate update = gateway::read_state_update(folder / "state_update" / file);
        const auto context = make_block_context(chain, block.header);
        ASSERT_TRUE(context.has_value()) << context.error().message();
        CachedState block_state(&state);
        if (number < 7) {
            execute(*context, block, block_state, 0, block.transactions.size());
        } else {
            execute(*context, block, block_state, 0, 5);
            apply_recorded(*context, block, update.diff, block_state, 5, 7);
            skipped += 2;
            execute(*context, block, block_state, 7, block.transactions.size());
        }
        close(*context, block_state, update);
        if (HasFatalFailure())
            return;
    }
    print_comparison("transactions (steps and memory holes as one sum)", executed, skipped);
    print_comparison("memory holes by themselves (receipts add them to the steps)", 0, executed);
    print_comparison("prices of builtins in 0.12.3 (they decide none of the fees)", 0, executed);
    print_comparison("state diffs and roots", roots, 0);
    EXPECT_EQ(executed, 33U);
    EXPECT_EQ(skipped, 2U) << "the class of their account is absent";
    EXPECT_EQ(roots, 8U);
}

}  // namespace
}  // namespace blockexecd::executor::test

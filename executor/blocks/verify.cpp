// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/verify.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "executor/blocks/known_exceptions.hpp"
#include "executor/blocks/verify_state_diff.hpp"
#include "executor/commitments/block_hash.hpp"

namespace blockexecd::executor {
namespace {

std::string to_text(const Felt& felt) {
    return felt.to_hex();
}
std::string to_text(std::uint64_t number) {
    return std::to_string(number);
}
std::string to_text(const std::string& text) {
    return text;
}
std::string to_text(ExecutionStatus status) {
    return status == ExecutionStatus::succeeded ? "SUCCEEDED" : "REVERTED";
}

// Collects what differs of one transaction, or of the block itself.
class Comparison {
  public:
    Comparison(Verdict& verdict, BlockNumber block) : verdict_(verdict), block_(block) {}
    Comparison(Verdict& verdict, BlockNumber block, std::uint64_t index,
               const TransactionHash& hash)
        : verdict_(verdict), block_(block), index_(index), hash_(hash) {}

    void differ(std::string field, std::string expected, std::string actual) {
        verdict_.mismatches.push_back(
            {block_, index_, hash_, std::move(field), std::move(expected), std::move(actual)});
        ++n_differences_;
    }
    template <class T>
    void compare(const std::string& field, const T& expected, const T& actual) {
        if (!(expected == actual))
            differ(field, to_text(expected), to_text(actual));
    }
    // Element by element, then what one side has more.
    void compare(const std::string& field, const std::vector<Felt>& expected,
                 const std::vector<Felt>& actual) {
        for (std::size_t i = 0; i < std::max(expected.size(), actual.size()); ++i) {
            const std::string element = field + "[" + std::to_string(i) + "]";
            if (i >= expected.size())
                differ(element, "absent", to_text(actual[i]));
            else if (i >= actual.size())
                differ(element, to_text(expected[i]), "absent");
            else
                compare(element, expected[i], actual[i]);
        }
    }
    template <class Key, class KeyText>
    void compare(const std::map<Key, Felt>& expected, const std::map<Key, Felt>& actual,
                 KeyText field_of) {
        for (const auto& [key, value] : expected) {
            const auto found = actual.find(key);
            if (found == actual.end())
                differ(field_of(key), to_text(value), "absent");
            else
                compare(field_of(key), value, found->second);
        }
        for (const auto& [key, value] : actual)
            if (!expected.contains(key))
                differ(field_of(key), "absent", to_text(value));
    }
    [[nodiscard]] std::uint64_t n_differences() const { return n_differences_; }

  private:
    Verdict& verdict_;
    BlockNumber block_;
    std::optional<std::uint64_t> index_;
    TransactionHash hash_;
    std::uint64_t n_differences_ = 0;
};

void compare_gas(Comparison& comparison, const std::string& field,
                 const std::optional<GasVector>& expected, const std::optional<GasVector>& actual) {
    if (!expected)
        return;  // an old version: not recorded
    const GasVector gas = actual.value_or(GasVector{});
    comparison.compare(field + ".l1_gas", expected->l1_gas, gas.l1_gas);
    comparison.compare(field + ".l1_data_gas", expected->l1_data_gas, gas.l1_data_gas);
    comparison.compare(field + ".l2_gas", expected->l2_gas, gas.l2_gas);
}

void compare_resources(Comparison& comparison, const vm::ExecutionResources& expected,
                       const vm::ExecutionResources& actual) {
    const std::string field = "execution_resources.";
    comparison.compare(field + "n_steps", expected.n_steps, actual.n_steps);
    comparison.compare(field + "n_memory_holes", expected.n_memory_holes, actual.n_memory_holes);
    for (std::size_t i = 0; i < vm::kBuiltinCount; ++i)
        comparison.compare(
            field + "builtin_instance_counter." + std::string(vm::kBuiltinNames[i]) + "_builtin",
            expected.builtins[i], actual.builtins[i]);
}

void compare_events(Comparison& comparison, const std::vector<Event>& expected,
                    const std::vector<Event>& actual) {
    comparison.compare("events.size", expected.size(), actual.size());
    for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
        const std::string field = "events[" + std::to_string(i) + "]";
        comparison.compare(field + ".from_address", expected[i].from_address,
                           actual[i].from_address);
        comparison.compare(field + ".keys", expected[i].keys, actual[i].keys);
        comparison.compare(field + ".data", expected[i].data, actual[i].data);
    }
}

void compare_messages(Comparison& comparison, const std::vector<MessageToL1>& expected,
                      const std::vector<MessageToL1>& actual) {
    comparison.compare("l2_to_l1_messages.size", expected.size(), actual.size());
    for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
        const std::string field = "l2_to_l1_messages[" + std::to_string(i) + "]";
        comparison.compare(field + ".from_address", expected[i].from_address,
                           actual[i].from_address);
        comparison.compare(field + ".to_address", expected[i].to_address, actual[i].to_address);
        comparison.compare(field + ".payload", expected[i].payload, actual[i].payload);
    }
}

void compare_receipt(Comparison& comparison, const Receipt& expected, const Receipt& actual) {
    comparison.compare("transaction_hash", expected.transaction_hash, actual.transaction_hash);
    comparison.compare("transaction_index", expected.transaction_index, actual.transaction_index);
    comparison.compare("execution_status", expected.execution_status, actual.execution_status);
    comparison.compare("revert_error", expected.revert_error, actual.revert_error);
    comparison.compare("actual_fee", expected.actual_fee, actual.actual_fee);
    compare_events(comparison, expected.events, actual.events);
    compare_messages(comparison, expected.l2_to_l1_messages, actual.l2_to_l1_messages);
    compare_resources(comparison, expected.execution_resources, actual.execution_resources);
    compare_gas(comparison, "total_gas_consumed", expected.total_gas_consumed,
                actual.total_gas_consumed);
    compare_gas(comparison, "data_availability", expected.data_availability,
                actual.data_availability);
}

void compare_receipts(Verdict& verdict, const Block& recorded, const BlockResult& computed) {
    const BlockNumber number = recorded.header.number;
    Comparison(verdict, number)
        .compare("transaction_receipts.size", recorded.receipts.size(),
                 computed.transactions.size());
    const std::size_t count = std::min(recorded.receipts.size(), computed.transactions.size());
    bool without_gas = false;
    for (std::size_t i = 0; i < count; ++i) {
        const Receipt& expected = recorded.receipts[i];
        Comparison comparison(verdict, number, i, expected.transaction_hash);
        compare_receipt(comparison, expected, computed.transactions[i].receipt);
        if (comparison.n_differences() == 0)
            ++verdict.matched_transactions;
        without_gas |= !expected.total_gas_consumed || !expected.data_availability;
    }
    if (recorded.header.l2_gas_consumed &&
        recorded.receipts.size() == computed.transactions.size()) {
        std::uint64_t l2_gas = 0;
        for (const auto& transaction : computed.transactions)
            l2_gas += transaction.info.receipt.gas.l2_gas;
        Comparison(verdict, number)
            .compare("l2_gas_consumed", *recorded.header.l2_gas_consumed, l2_gas);
    }
    verdict.compared.emplace_back("receipts");
    if (without_gas)
        verdict.skipped.emplace_back("receipts.total_gas_consumed: not recorded by this version");
}

void compare_state_diff(Verdict& verdict, BlockNumber block, const StateDiff& expected,
                        const StateDiff& actual) {
    Comparison comparison(verdict, block);
    const auto named = [](std::string_view name) {
        return [prefix = "state_diff." + std::string(name)](const Felt& key) {
            return prefix + "[" + key.to_hex() + "]";
        };
    };
    comparison.compare(expected.storage, actual.storage, [](const StorageCell& cell) {
        return "state_diff.storage_diffs[" + cell.address.to_hex() + "][" + cell.key.to_hex() + "]";
    });
    comparison.compare(expected.nonces, actual.nonces, named("nonces"));
    comparison.compare(expected.deployed_contracts, actual.deployed_contracts,
                       named("deployed_contracts"));
    comparison.compare(expected.replaced_classes, actual.replaced_classes,
                       named("replaced_classes"));
    comparison.compare(expected.declared_classes, actual.declared_classes,
                       named("declared_classes"));
    comparison.compare(expected.migrated_compiled_classes, actual.migrated_compiled_classes,
                       named("migrated_compiled_classes"));
    const auto as_map = [](const std::set<ClassHash>& classes) {
        std::map<ClassHash, Felt> map;
        for (const auto& class_hash : classes)
            map[class_hash] = class_hash;
        return map;
    };
    comparison.compare(as_map(expected.deprecated_declared_classes),
                       as_map(actual.deprecated_declared_classes), named("old_declared_contracts"));
    verdict.compared.emplace_back("state_diff");
}

// What the block commits to, from the transactions as they are and from what we computed.
void compare_commitments(Verdict& verdict, const ChainInfo& chain, const Block& recorded,
                         const BlockResult& computed, const RunJobs& run_jobs) {
    const BlockHeader& header = recorded.header;
    if (!header.transaction_commitment) {
        verdict.skipped.emplace_back("commitments: not recorded by this version");
        verdict.skipped.emplace_back("block_hash: needs the commitments");
        return;
    }
    std::vector<Receipt> receipts;
    for (const auto& transaction : computed.transactions)
        receipts.push_back(transaction.receipt);
    const auto commitments = block_commitments(header.starknet_version, recorded.transactions,
                                               receipts, computed.state_diff, run_jobs);
    Comparison comparison(verdict, header.number);
    if (commitments.has_error()) {
        comparison.differ("commitments", "commitments of version " + header.starknet_version,
                          commitments.error().message());
        return;
    }
    const auto compare = [&](const std::string& field, const std::optional<Felt>& expected,
                             const std::optional<Felt>& actual) {
        if (expected && actual)
            comparison.compare(field, *expected, *actual);
        else
            verdict.skipped.push_back(field + ": this version has none");
    };
    compare("transaction_commitment", header.transaction_commitment, commitments->transaction);
    compare("event_commitment", header.event_commitment, commitments->event);
    compare("receipt_commitment", header.receipt_commitment, commitments->receipt);
    compare("state_diff_commitment", header.state_diff_commitment, commitments->state_diff);
    if (header.state_diff_length)
        comparison.compare("state_diff_length", *header.state_diff_length,
                           commitments->state_diff_length);
    verdict.compared.emplace_back("commitments");

    if (chain.synthetic_block_hashes) {
        verdict.skipped.emplace_back("block_hash: this chain's are made up");
        return;
    }
    const auto hash =
        block_hash(header, recorded.transactions.size(), *commitments, chain.chain_id);
    if (hash.has_error())
        comparison.differ("block_hash", header.hash.to_hex(), hash.error().message());
    else
        comparison.compare("block_hash", header.hash, *hash);
    verdict.compared.emplace_back("block_hash");
}

}  // namespace

Verdict verify_block(const ChainInfo& chain, const Block& recorded, const StateUpdate& update,
                     const BlockResult& computed, const RunJobs& run_jobs) {
    Verdict verdict;
    compare_receipts(verdict, recorded, computed);
    // A chain may begin with a bare state: nothing computes it, and its block is no result of it.
    if (recorded.header.number == 0 && recorded.transactions.empty()) {
        verdict.skipped.emplace_back("state_diff: block 0 has no transactions, its state is given");
        verdict.skipped.emplace_back(
            "commitments: block 0 has no transactions, its state is given");
        return verdict;
    }
    compare_state_diff(verdict, recorded.header.number, update.diff, computed.state_diff);
    compare_commitments(verdict, chain, recorded, computed, run_jobs);
    verdict.skipped.emplace_back("state_root: needs the whole state");
    except_known(chain.chain_id, verdict);
    return verdict;
}

Verdict verify_state_diff(std::string_view chain_id, BlockNumber block, const StateDiff& recorded,
                          const StateDiff& computed) {
    Verdict verdict;
    compare_state_diff(verdict, block, recorded, computed);
    except_known(chain_id, verdict);
    return verdict;
}

}  // namespace blockexecd::executor

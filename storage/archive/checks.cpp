// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/checks.hpp"

#include "executor/commitments/block_hash.hpp"
#include "executor/commitments/starknet_version.hpp"
#include "executor/commitments/state_commitment.hpp"
#include "executor/transactions/transaction_hash.hpp"
#include "storage/archive/json_reader.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

Error differs(const std::string& file, std::string_view path, const std::string& given,
              const std::string& other) {
    return archive_error(file, path, "is " + given + ", " + other);
}

}  // namespace

Result<void> check_links(const ArchivedBlock& archived, const BlockHeader* previous) {
    const auto& header = archived.block.header;
    const auto& update = archived.update;
    if (previous != nullptr) {
        const auto before = "block " + std::to_string(previous->number);
        if (header.parent_hash != previous->hash)
            return differs(archived.block_file, "parent_block_hash", header.parent_hash.to_hex(),
                           before + " has the hash " + previous->hash.to_hex());
        if (update.old_root != previous->state_root)
            return differs(archived.update_file, "old_root", update.old_root.to_hex(),
                           before + " has the state root " + previous->state_root.to_hex());
        if (header.timestamp < previous->timestamp)
            return differs(archived.block_file, "timestamp", std::to_string(header.timestamp),
                           "earlier than that of " + before + " (" +
                               std::to_string(previous->timestamp) + ")");
    }
    if (update.block_hash != header.hash)
        return differs(archived.update_file, "block_hash", update.block_hash.to_hex(),
                       "the block has the hash " + header.hash.to_hex());
    if (update.new_root != header.state_root)
        return differs(archived.update_file, "new_root", update.new_root.to_hex(),
                       "the block has the state root " + header.state_root.to_hex());
    return {};
}

Result<void> check_hashes(const ArchivedBlock& archived, const ChainInfo& chain) {
    const auto& [header, transactions, receipts] = archived.block;
    const auto version = parse_starknet_version(header.starknet_version);
    if (!version)
        return archive_error(
            archived.block_file, "starknet_version",
            "expected three or four numbers, found \"" + header.starknet_version + "\"");
    for (std::size_t i = 0; i < transactions.size(); ++i)
        if (!is_transaction_hash_valid(transactions[i], chain.chain_id, header.number))
            return differs(
                archived.block_file, "transactions[" + std::to_string(i) + "].transaction_hash",
                transactions[i].hash.to_hex(),
                "the transaction's fields hash to " +
                    transaction_hash(transactions[i], Felt::from_ascii(chain.chain_id)).to_hex());

    const auto& update = archived.update;
    if (update.contracts_root && update.classes_root) {
        const auto rule = *version >= StarknetVersion{0, 14, 0, 0} ? StateRootRule::both_roots
                                                                   : StateRootRule::contracts_alone;
        const auto root = state_root(*update.contracts_root, *update.classes_root, rule);
        if (root != update.new_root)
            return differs(archived.update_file, "new_root", update.new_root.to_hex(),
                           "contracts_root and classes_root hash to " + root.to_hex());
    }
    if (chain.synthetic_block_hashes)
        return {};

    const auto commitments =
        block_commitments(header.starknet_version, transactions, receipts, update.diff);
    if (!commitments)
        return archive_error(archived.block_file, {}, commitments.error().message());
    const auto check = [&](std::string_view path, const std::optional<Felt>& given,
                           const std::optional<Felt>& computed) -> Result<void> {
        if (given && computed && *given != *computed)
            return differs(archived.block_file, path, given->to_hex(),
                           "the content hashes to " + computed->to_hex());
        return {};
    };
    BX_CHECK(
        check("transaction_commitment", header.transaction_commitment, commitments->transaction));
    BX_CHECK(check("event_commitment", header.event_commitment, commitments->event));
    BX_CHECK(check("receipt_commitment", header.receipt_commitment, commitments->receipt));
    BX_CHECK(check("state_diff_commitment", header.state_diff_commitment, commitments->state_diff));
    if (header.state_diff_length && commitments->state_diff &&
        *header.state_diff_length != commitments->state_diff_length)
        return differs(
            archived.block_file, "state_diff_length", std::to_string(*header.state_diff_length),
            "the state update has " + std::to_string(commitments->state_diff_length) + " entries");
    const auto hash = block_hash(header, transactions.size(), *commitments, chain.chain_id);
    if (!hash)
        return archive_error(archived.block_file, "block_hash", hash.error().message());
    return check("block_hash", header.hash, *hash);
}

}  // namespace blockexecd::storage

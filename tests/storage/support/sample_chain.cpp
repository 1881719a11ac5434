// SPDX-License-Identifier: Apache-2.0
#include "tests/storage/support/sample_chain.hpp"

#include <chrono>

#include "storage/database/writes.hpp"
#include "storage/schema/codec.hpp"

namespace blockexecd::storage::test {

using namespace executor;

std::vector<SampleBlock> sample_chain(std::size_t blocks, std::uint64_t seed) {
    Random random(seed);
    std::vector<SampleBlock> chain(blocks);
    for (std::size_t number = 0; number < blocks; ++number) {
        auto& [block, update] = chain[number];
        block.header = random_header(random);
        block.header.number = number;
        block.header.hash = Felt(seed << 32 | (number + 1));
        for (std::size_t i = 0; number > 0 && i < 2; ++i) {
            auto transaction = random_transaction(random);
            if (transaction.type == TransactionType::declare)
                transaction.type = TransactionType::invoke;  // declares would need classes
            block.transactions.push_back(transaction);
            block.receipts.push_back(random_receipt(random));
        }
        update.block_hash = block.header.hash;
        update.new_root = block.header.state_root;
        update.diff = random_state_diff(random);
    }
    return chain;
}

std::shared_ptr<Database> open_database(const std::filesystem::path& path) {
    DatabaseSettings settings;
    settings.path = path;
    settings.block_cache_bytes = 8 << 20;
    settings.write_buffer_bytes = 4 << 20;
    return Database::open(settings).value();
}

void store(Database& database, const std::vector<SampleBlock>& chain) {
    rocksdb::WriteBatch batch;
    const auto first = chain.front().block.header.number;
    for (const auto& [block, update] : chain)
        put_block(batch, database, block, update, block.header.number == first).value();
    put_range(batch, database, {first, chain.back().block.header.number}).value();
    for (const auto mode : {StateMode::recorded, StateMode::computed})
        put_watermark(batch, database, mode, first).value();
    batch
        .Put(database.column(Column::meta), meta_key::chain,
             encode(ChainInfo{"SN_TEST", 1, 2, false}))
        .PermitUncheckedError();
    const auto lock = database.lock_writer();
    database.write(batch, false).value();
}

BlockOutcome sample_outcome(const SampleBlock& sample, StateMode mode) {
    const auto number = sample.block.header.number;
    Random random(2 * number + static_cast<std::uint64_t>(mode));
    BlockOutcome outcome;
    outcome.block = number;
    outcome.block_hash = sample.block.header.hash;
    for (std::size_t i = 0; i < sample.block.transactions.size(); ++i)
        outcome.receipts.push_back(random_receipt(random));
    outcome.state_diff = random_state_diff(random);
    outcome.verdict = random_verdict(random);
    for (const auto& [cell, value] : outcome.state_diff.storage) {
        executor::AccessSet access;
        access.reads.storage = {cell};
        access.reads.nonces = {cell.address};
        access.writes.storage = {cell};
        outcome.access_sets.push_back(std::move(access));
    }
    outcome.timings.started_unix_ms =
        static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
    outcome.timings.executed_steps = 1000 + number;
    return outcome;
}

}  // namespace blockexecd::storage::test
